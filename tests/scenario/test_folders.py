"""The contents of a folder are seen as far as they can be, and removed."""

import os
from pathlib import Path

import pytest

from s3_reporter_conformance.disk.folders import entries, read_files, remove


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


def test_so_much_is_read_and_no_more(folder: Path) -> None:
    with (folder / "huge").open("wb") as file:
        file.truncate(1 << 40)
    (folder / "zz").write_bytes(b"after it")
    read = read_files(folder)
    assert sorted(read) == ["huge", "zz"]
    assert sum(map(len, read.values())) == 256 << 20


def test_so_many_are_looked_at_and_no_more(folder: Path) -> None:
    for number in range(10_001):
        os.mknod(folder / f"{number}")
    assert len(list(entries(folder))) == 10_000


def test_a_folder_of_any_depth_is_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    # Longer than a path may be, but not so deep that pytest could not remove it after a failure.
    for _ in range(700):
        Path("folder").mkdir()
        os.chdir("folder")
    Path("file").touch()
    monkeypatch.chdir(folder.parent)
    remove(folder)
    assert list(folder.parent.iterdir()) == []


def test_what_nobody_may_enter_is_removed(folder: Path) -> None:
    (folder / "locked").mkdir()
    (folder / "locked" / "file").touch()
    (folder / "locked").chmod(0)
    remove(folder)
    assert not folder.exists()


def test_what_a_link_leads_to_stays(folder: Path) -> None:
    (folder.parent / "kept").mkdir()
    (folder / "link").symlink_to(folder.parent / "kept")
    (folder.parent / "outer").symlink_to(folder)
    remove(folder.parent / "outer")
    assert folder.exists()
    remove(folder)
    remove(folder)
    assert [each.name for each in folder.parent.iterdir()] == ["kept"]
