"""The gate is red whenever something became worse, and green otherwise."""

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from making_reports import make_report
from running import MUTANTS, run

from s3_reporter_conformance.errors import UsageError
from s3_reporter_conformance.verdict.baseline import judge

BASELINE = make_report(
    KEY_01="passed", KEY_02="failed", KEY_03="known-deviation", EXT_NAME_01="passed"
)


@pytest.mark.parametrize(
    ("current", "red", "better"),
    [
        (BASELINE, [], []),
        (
            make_report(KEY_01="passed", KEY_02="passed", KEY_03="passed", EXT_NAME_01="passed"),
            [],
            [
                "KEY-02 passes now; it was failed before",
                "KEY-03 passes now; it was known-deviation before",
            ],
        ),
        (
            make_report(KEY_01="failed", KEY_02="failed", KEY_03="failed", EXT_NAME_01="passed"),
            ["KEY-01 passed before and is failed now"],
            [],
        ),
        (
            make_report(
                KEY_01="passed", KEY_02="failed", KEY_03="failed", EXT_NAME_01="not-claimed"
            ),
            [
                "EXT-NAME-01 passed before and is not-claimed now",
                "fewer requirements ran than before: 3 instead of 4",
            ],
            [],
        ),
        (
            make_report(KEY_01="passed", KEY_02="not-run", KEY_03="failed", EXT_NAME_01="passed"),
            ["fewer requirements ran than before: 3 instead of 4"],
            [],
        ),
        (
            make_report(
                "0.2.0", KEY_01="passed", KEY_03="failed", EXT_NAME_01="passed", NEW_01="failed"
            ),
            ["KEY-02 is gone: the suite of this report, version 0.2.0, does not have it"],
            [],
        ),
        (
            make_report(
                KEY_01="adapter-error",
                KEY_02="adapter-error",
                KEY_03="adapter-error",
                EXT_NAME_01="adapter-error",
            ),
            [
                "KEY-01 passed before and is adapter-error now",
                "EXT-NAME-01 passed before and is adapter-error now",
                "fewer requirements ran than before: 0 instead of 4",
            ],
            [],
        ),
        (
            make_report(
                KEY_01="passed",
                KEY_02="failed",
                KEY_03="failed",
                EXT_NAME_01="passed",
                NEW_01="passed",
            ),
            [],
            ["NEW-01 passes now; it was not there before"],
        ),
    ],
)
def test_what_the_gate_says(current: dict[str, Any], red: list[str], better: list[str]) -> None:
    gate = judge(BASELINE, current)
    assert (list(gate.regressions), list(gate.improvements)) == (red, better)


def test_a_baseline_that_guards_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="there is nothing to guard"):
        judge(make_report(KEY_01="failed"), BASELINE)
    with pytest.raises(UsageError, match="there is nothing to guard"):
        judge(make_report(), BASELINE)


def test_the_gate_from_outside(tmp_path: Path) -> None:
    selected = ("verify", "-k", "KEY-03 or KEY-04", "--report")
    run(*selected, "base.json", folder=tmp_path)
    run(*selected, "same.json", folder=tmp_path)
    run("verify", "-k", "KEY-04", "--report", "less.json", folder=tmp_path)
    green = run("gate", "same.json", "--baseline", "base.json", folder=tmp_path)
    assert "baseline  reference 0.1.0 on moto" in green.stdout
    assert "Green: as good as the baseline, and better in 0 ways" in green.stdout
    assert green.returncode == 0
    red = run("gate", "less.json", "--baseline", "base.json", folder=tmp_path)
    assert "  KEY-03 passed before and is not-selected now\n" in red.stdout
    assert "Red: worse than the baseline in 2 ways" in red.stdout
    assert red.returncode == 1


@pytest.mark.parametrize("text", ["", "{}", json.dumps(make_report(KEY_01="failed"))])
def test_no_baseline_is_no_pass(tmp_path: Path, text: str) -> None:
    (tmp_path / "now.json").write_text(json.dumps(BASELINE))
    (tmp_path / "base.json").write_text(text)
    for arguments in (
        ["now.json", "--baseline", "base.json"],
        ["now.json", "--baseline", "nosuch.json"],
        ["nosuch.json", "--baseline", "now.json"],
        ["now.json"],
    ):
        done = run("gate", *arguments, folder=tmp_path)
        assert (done.returncode, done.stdout.count("Green")) == (4, 0)
        assert "Traceback" not in done.stderr


# Every way to be green by mistake


BROKEN = """
import os

class Dies:
    def __init__(self, options, output_dir):
        pass
    def validate(self):
        return True
    def report(self, results):
        os._exit(0)

class CannotBeMade(Dies):
    def __init__(self, options, output_dir):
        os._exit(0)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.py").write_text(BROKEN)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("-k", "NOSUCH-01"), 5, "No verdict: nothing was run"),
        (("-m", "core and extended"), 5, "No verdict: nothing was run"),
        (("python:broken:Dies", "--level", "extended"), 5, "No verdict: nothing was run"),
        (
            ("python:broken:CannotBeMade", "-k", "KEY"),
            3,
            "No verdict: the reporter could not be asked about everything",
        ),
        (
            ("command:sh -c 'exit 0'", "-k", "KEY"),
            3,
            "No verdict: the reporter could not be asked about everything",
        ),
        (
            ("python:broken:Dies", "-k", "KEY-01", "-n", "2"),
            3,
            "No verdict: the reporter could not be asked about everything",
        ),
        (
            ("python:broken:Dies", "--in-process", "-k", "KEY", "-n", "2"),
            3,
            "the process that called the reporter ended: exit code",
        ),
        (("--report", "nosuch/report.json"), 4, "nosuch/report.json cannot be written: No such"),
        (("--junitxml", "nosuch/report.xml"), 4, "nosuch/report.xml cannot be written: No such"),
        (("--baseline", "nosuch.json"), 4, "nosuch.json cannot be read: No such file"),
        (("-n", "-1"), 4, "-1 is neither a number of processes nor auto"),
        (("-n", "many"), 4, "many is neither a number of processes nor auto"),
    ],
)
def test_what_was_not_asked_is_no_pass(
    folder: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = run("verify", *arguments, folder=folder)
    said = " ".join((done.stdout + done.stderr).split())
    assert words in said
    assert (done.returncode, "Conforms" in said, "Traceback" in said) == (code, False, False)


@pytest.mark.skipif(
    not (files("s3_reporter_conformance") / "features").is_dir(),
    reason="needs the suite as the wheel installs it, which tox does",
)
@pytest.mark.parametrize("parallel", [(), ("-n", "2")], ids=["series", "parallel"])
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("no folder", "No module named 's3_reporter_conformance.features'"),
        ("no Gherkin", "features/object_naming.feature"),
        ("no files", "there are no features"),
        ("twice", "ids used twice: KEY-03"),
        ("elsewhere twice", "ids used twice: KEY-03"),
        ("no step", "no steps"),
    ],
)
def test_a_damaged_suite_is_no_pass(
    tmp_path: Path, damage: str, words: str, parallel: tuple[str, ...]
) -> None:
    copy = tmp_path / "copy"
    features = _copy_of_the_suite(copy) / "features"
    naming = features / "object_naming.feature"
    text = naming.read_text()
    match damage:
        case "no folder":
            shutil.rmtree(features)
        case "no files":
            for path in features.rglob("*.feature"):
                path.unlink()
        case "no Gherkin":
            naming.write_text("Once upon a time")
        case "twice":
            naming.write_text(text.replace("@KEY-04", "@KEY-03"))
        case "elsewhere twice":
            other = features / "local_output.feature"
            other.write_text(other.read_text().replace("@LOC-03", "@KEY-03"))
        case "no step":
            naming.write_text(f"{text}\n    @KEY-99 @core @path:json\n    Scenario: No\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {"PYTHONPATH": str(copy)}
    done = run("verify", "-k", "ARC", *parallel, folder=empty, environment=environment)
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


def test_without_the_plugin_nothing_runs(tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "pytest", "-p", "no:s3_reporter_conformance.pytest_plugin"),
        *("--noconftest", "--pyargs", "s3_reporter_conformance.features"),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def test_what_a_user_has_for_pytest_changes_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("import pytest\npytest.exit('no', 0)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --collect-only -p nosuch\n")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--version'\n")
    environment = {
        "PYTEST_ADDOPTS": "--collect-only -p no:s3_reporter_conformance.pytest_plugin",
        "PYTEST_PLUGINS": "nosuch",
    }
    for parallel in ((), ("-n", "2")):
        selected = ("-k", "KEY-03 or KEY-04", *parallel)
        done = run("verify", *selected, folder=tmp_path, environment=environment)
        said = " ".join(done.stdout.split())
        assert re.search(r"core \d+ requirements: 2 passed, \d+ not selected", said)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_report_of_an_earlier_run_does_not_count(folder: Path) -> None:
    """Were it left where it is, a gate would read it after a run that got no further."""
    (folder / "report.json").write_text(json.dumps(BASELINE))
    run(
        *("verify", "python:broken:Dies", "--in-process", "-k", "KEY-01"),
        *("--report", "report.json"),
        folder=folder,
    )
    assert not (folder / "report.json").read_text()


def test_a_baseline_decides_and_may_be_the_report_itself(tmp_path: Path) -> None:
    selected = ("-k", "KEY-03 or KEY-04", "--report", "report.json")
    wrong = ("verify", "python:mutants.naming:NoSlash", *selected)
    missing = run("verify", *selected, "--baseline", "report.json", folder=tmp_path)
    assert missing.returncode == 4
    first = run(*wrong, folder=tmp_path, environment=MUTANTS)
    assert first.returncode == 1
    same = run(*wrong, "--baseline", "report.json", folder=tmp_path, environment=MUTANTS)
    assert "Green: as good as the baseline, and better in 0 ways" in same.stdout
    assert same.returncode == 0
    better = run("verify", *selected, "--baseline", "report.json", folder=tmp_path)
    assert "KEY-03 passes now; it was failed before" in better.stdout
    assert better.returncode == 0
    worse = run(*wrong, "--baseline", "report.json", folder=tmp_path, environment=MUTANTS)
    assert "KEY-03 passed before and is failed now" in worse.stdout
    assert worse.returncode == 1


def test_a_baseline_does_not_hide_that_nothing_was_run(tmp_path: Path) -> None:
    run("verify", "-k", "KEY-03", "--report", "base.json", folder=tmp_path)
    done = run("verify", "-k", "NOSUCH", "--baseline", "base.json", folder=tmp_path)
    assert "Red: worse than the baseline" in done.stdout
    assert done.returncode == 1
