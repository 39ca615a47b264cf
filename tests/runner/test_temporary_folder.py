"""The folder for what a run writes."""

import os
import tempfile
from pathlib import Path

import pytest

from s3_reporter_conformance.disk import files
from s3_reporter_conformance.disk.files import temporary_folder


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that stands in for memory, with 2 GB of space, from which programs can be run."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(files, "_MEMORY", tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda _: state(2 << 30))
    return tmp_path


def state(space: int, flags: int = 0) -> os.statvfs_result:
    return os.statvfs_result((4096, 4096, *[space // 4096] * 6, flags, 255))


def test_a_run_writes_to_memory(memory: Path) -> None:
    assert temporary_folder() == memory


def test_a_run_writes_to_a_folder_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch, memory: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(memory.parent))
    assert temporary_folder() == memory.parent


@pytest.mark.parametrize(
    "lacking", [state(1 << 30), state(2 << 30, os.ST_NOEXEC)], ids=["space", "programs"]
)
def test_a_run_spares_memory_that_lacks(
    monkeypatch: pytest.MonkeyPatch, memory: Path, lacking: os.statvfs_result
) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: lacking)
    assert temporary_folder() == Path(tempfile.gettempdir()) != memory


def test_a_run_spares_memory_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, memory: Path
) -> None:
    monkeypatch.setattr(files, "_MEMORY", memory / "none")
    assert temporary_folder() == Path(tempfile.gettempdir())
