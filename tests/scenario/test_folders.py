"""The contents of a folder are seen as far as they can be, and removed."""

import os
from pathlib import Path

import pytest

from s3_reporter_conformance.disk.folders import read_files, remove


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


def test_files_are_read_by_their_relative_paths(folder: Path) -> None:
    (folder / "b" / "c").mkdir(parents=True)
    (folder / "b" / "c" / "file").write_bytes(b"deep")
    (folder / "a").write_bytes(b"flat")
    assert read_files(folder) == {"a": b"flat", "b/c/file": b"deep"}
    assert read_files(folder, deep=False) == {"a": b"flat"}
    assert read_files(folder / "nowhere") == {}


def test_what_never_ends_is_not_read(folder: Path) -> None:
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "itself").symlink_to("itself")
    (folder / "all").symlink_to("/")
    os.mkfifo(folder / "pipe")
    assert read_files(folder) == {}
    (folder.parent / "link").symlink_to(folder)
    (folder / "file").touch()
    assert read_files(folder.parent / "link") == {}


def test_what_a_link_leads_to_stays(folder: Path) -> None:
    (folder.parent / "kept").mkdir()
    (folder / "link").symlink_to(folder.parent / "kept")
    (folder.parent / "outer").symlink_to(folder)
    remove(folder.parent / "outer")
    assert folder.exists()
    remove(folder)
    remove(folder)
    assert [each.name for each in folder.parent.iterdir()] == ["kept"]
