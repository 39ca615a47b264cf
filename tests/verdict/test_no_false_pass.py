"""Every way to be green by mistake, tried."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from running import run, run_here

BROKEN = """
import os
from reporters import Broken

class Dies(Broken):
    def report(self, results):
        os._exit(0)
"""
NOTHING_ASKED = "No verdict: no run could be judged"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("-m", "drawn and unusual"), 5, "No verdict: nothing was run"),
        (("python:broken:Dies", "--level", "extended"), 5, "No verdict: nothing was run"),
        (("command:sh -c 'exit 0'", "-k", "KEY"), 3, NOTHING_ASKED),
        (("python:broken:Dies", "-k", "KEY-01", "-n", "2"), 3, NOTHING_ASKED),
        (
            ("python:broken:Dies", "--in-process", "-k", "KEY", "-n", "2"),
            3,
            "the process that called the reporter ended: exit code",
        ),
    ],
)
def test_what_was_not_asked_is_no_pass(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    # Were it left where it is, a gate would read it after a run that got no further.
    (tmp_path / "report.json").write_text("EARLIER")
    (tmp_path / "broken.py").write_text(BROKEN)
    done = run_here("verify", *arguments, "--report", "report.json", folder=tmp_path)
    said = " ".join((done.stdout + done.stderr).split())
    assert words in said
    assert (done.returncode, "Conforms" in said, "Traceback" in said) == (code, False, False)
    assert "EARLIER" not in (tmp_path / "report.json").read_text()


@pytest.mark.skipif(
    not (files("s3_reporter_conformance") / "features").is_dir(),
    reason="needs the suite as the wheel installs it, which tox does",
)
@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("object_naming", "Feature:", "Once upon a time:", "features/object_naming.feature"),
        ("local_output", "@LOC-03 ", "@KEY-03 ", "used twice: KEY-03"),
    ],
)
def test_a_damaged_suite_is_no_pass(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    feature = _copy_of_the_suite(tmp_path / "copy") / "features" / f"{file}.feature"
    feature.write_text(feature.read_text().replace(old, new))
    environment = {"PYTHONPATH": str(tmp_path / "copy")}
    done = run("verify", "-k", "ARC", "-n", "2", folder=tmp_path, environment=environment)
    said = " ".join((done.stdout + done.stderr).split())
    assert words in said
    assert done.returncode in {3, 4}
    assert not {"Conforms", "Traceback"} & set(said.split())


def _copy_of_the_suite(folder: Path) -> Path:
    """A copy of the installed package, wherever its parts are."""
    package = folder / "s3_reporter_conformance"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(str(files("s3_reporter_conformance")), package, ignore=ignored)
    for part in ("docs", "features", "reference", "specification", "steps"):
        source = files(f"s3_reporter_conformance.{part}")
        shutil.copytree(str(source), package / part, dirs_exist_ok=True, ignore=ignored)
    return package
