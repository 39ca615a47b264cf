"""The folder of a run, and those that killed runs left."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from s3_reporter_conformance.runner.run_folder import RunFolder

OWNER = """
from s3_reporter_conformance.runner.run_folder import RunFolder
print(RunFolder().path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_the_folder_of_a_killed_run_is_removed_and_that_of_another_stays(temporary: Path) -> None:
    of_the_user = temporary / "s3-reporter-conformance-checkout"
    of_the_user.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        left = Path(other.stdout.readline().strip())
        (left / "sealed").mkdir(mode=0o500)
        mine = RunFolder()
        assert {*temporary.iterdir()} == {of_the_user, left, mine.path}
        other.kill()
    RunFolder().remove()
    assert {*temporary.iterdir()} == {of_the_user, mine.path}
    mine.remove()
    assert {*temporary.iterdir()} == {of_the_user}


def test_a_folder_that_another_run_removes_at_once_is_made_anew(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = tempfile.mkdtemp
    made: list[Path] = []

    def made_and_removed(prefix: str) -> str:
        made.append(Path(make(prefix=prefix)))
        if len(made) == 1:
            made[0].rmdir()
        return str(made[-1])

    monkeypatch.setattr(tempfile, "mkdtemp", made_and_removed)
    mine = RunFolder()
    assert [*temporary.iterdir()] == [mine.path] == made[1:]
    mine.remove()
