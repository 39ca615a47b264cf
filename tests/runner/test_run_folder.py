"""The folder of a run, and those that killed runs left."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from s3_reporter_conformance.runner.run_folder import run_folder

OWNER = """
from s3_reporter_conformance.runner.run_folder import run_folder
with run_folder() as folder:
    print(folder, flush=True)
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
        with run_folder() as mine:
            assert {*temporary.iterdir()} == {of_the_user, left, mine}
        other.kill()
    with run_folder() as mine:
        assert {*temporary.iterdir()} == {of_the_user, mine}
    assert {*temporary.iterdir()} == {of_the_user}
