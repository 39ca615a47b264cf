"""The suite from the outside: what it prints, what it writes, and what it ends with."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from s3_reporter_conformance.requirements import all_requirements

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-m", "s3_reporter_conformance"]

BROKEN = """
import os, time

class Broken:
    def __init__(self, options, output_dir):
        pass
    def validate(self):
        return True
    def report(self, results):
        return "no"

class Raises(Broken):
    def __init__(self, options, output_dir):
        raise RuntimeError("no luck")

class Exits(Broken):
    def report(self, results):
        os._exit(3)

class Sleeps(Broken):
    def report(self, results):
        time.sleep(600)

class RaisesInReport(Broken):
    def report(self, results):
        raise KeyError("bucket")
"""


def run(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a folder that holds nothing of the project."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def statuses(path: Path) -> dict[str, str]:
    """The statuses of a report by requirement."""
    report: dict[str, Any] = json.loads(path.read_text())
    return {entry["id"]: entry["status"] for entry in report["requirements"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.py").write_text(BROKEN)
    return tmp_path


def test_the_reference_conforms(tmp_path: Path) -> None:
    done = run("verify", "--report", "report.json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Conforms: every core requirement passed" in done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is True
    assert report["schema_version"] == 1
    assert report["suite"]["name"] == "s3-reporter-conformance"
    assert report["reporter"]["name"] == "reference"
    assert report["backend"].startswith("moto ")
    requirements = all_requirements()
    assert report["summary"]["passed"] == len(requirements)
    assert [entry["id"] for entry in report["requirements"]] == [r.id for r in requirements]
    for requirement in requirements:
        assert re.search(rf"pass  {requirement.id}  {re.escape(requirement.name)}\n", done.stdout)


def test_a_wrong_content_type_is_told_with_what_was_seen(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text((HERE / "wrong_reporters.py").read_text())
    done = run(
        *("verify", "python:mine:WrongContentType", "-k", "FMT", "--report", "report.json"),
        folder=tmp_path,
    )
    assert done.returncode == 1
    assert "Does not conform: failed FMT-03, FMT-04\n" in done.stdout
    for words in (
        'Then the object\'s content type is "application/json"\n',
        "expected  content type application/json\n",
        "seen      content type text/plain\n",
        "requests  0.",
        "HEAD /reports-",
        "PUT\n",
        "-> 200\n",
        "returned  s3://reports-",
    ):
        assert words in done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is False
    failed = next(entry for entry in report["requirements"] if entry["id"] == "FMT-03")
    assert (failed["status"], failed["level"], failed["feature"]) == ("failed", "core", None)
    assert failed["path"] == "format=json"
    assert "seen      content type text/plain" in failed["message"]


@pytest.mark.parametrize(
    ("reporter", "selection", "failing"),
    [
        ("WrongContentType", "FMT or KEY-01", "FMT-03 FMT-04"),
        ("JsonInYaml", "FMT or KEY", "FMT-02 FMT-06 FMT-08 FMT-10 FMT-12"),
        (
            "LostData",
            "FMT or KEY-01",
            "FMT-01 FMT-02 FMT-05 FMT-06 FMT-07 FMT-08 FMT-09 FMT-10 FMT-11 FMT-12",
        ),
        ("Latin1", "FMT or KEY", "FMT-07 FMT-08"),
        ("NoSlash", "KEY or CFG-01", "KEY-01 KEY-02 KEY-03 KEY-06"),
        ("UploadTime", "KEY or FMT-01", "KEY-01 KEY-02 KEY-05 KEY-07"),
        ("AlwaysJsonExtension", "KEY or FMT-02", "KEY-02 KEY-05"),
        ("NewKeyInEachRetry", "KEY", "KEY-01 KEY-02 KEY-08"),
        ("AlwaysReady", "CFG or KEY-01", "CFG-09 CFG-10 CFG-11 CFG-18 CFG-19"),
        ("NeverReady", "CFG-01 or CFG-09 or FMT-01", "CFG-01 FMT-01"),
        ("Deaf", "CFG", "CFG-03 CFG-04 CFG-05 CFG-06 CFG-07 CFG-08 CFG-15 CFG-16"),
        ("EnvironmentWins", "CFG", "CFG-12 CFG-13"),
        ("AlwaysDefaultProfile", "CFG", "CFG-01 CFG-03 CFG-05 CFG-07 CFG-14"),
    ],
)
def test_a_wrong_reporter_fails_for_its_own_reason(
    tmp_path: Path, reporter: str, selection: str, failing: str
) -> None:
    (tmp_path / "mine.py").write_text((HERE / "wrong_reporters.py").read_text())
    done = run(
        *("verify", f"python:mine:{reporter}", "-k", selection, "--report", "report.json"),
        folder=tmp_path,
    )
    found = statuses(tmp_path / "report.json")
    assert [name for name, status in found.items() if status == "failed"] == failing.split()
    assert set(found.values()) <= {"passed", "failed", "not-selected", "not-claimed"}
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["python:nosuch:Thing"], 3, "No module named 'nosuch'"),
        (["python:broken:Nothing"], 3, "has no attribute 'Nothing'"),
        (["python:broken:Raises", "-k", "CFG-0"], 3, "raised RuntimeError: no luck"),
        (["python:broken:Exits", "-k", "CFG-0"], 3, "ended with exit code 3 while"),
        (["python:broken:Sleeps", "--timeout", "0.3"], 3, "did not finish within 0.3 s"),
        (["python:broken:Sleeps", "--timeout", "0.3"], 3, "hung 3 times in a row"),
        (["python:broken:RaisesInReport", "-k", "FMT-03"], 1, "raised KeyError: 'bucket'"),
        (["python:broken:Broken", "-k", "FMT-03"], 1, "the reporter returned 'no'"),
        (["-k", "nothing"], 5, "nothing was run"),
        (["-k", "CFG-01"], 0, "Partial: what ran passed"),
    ],
)
def test_what_cannot_pass_is_told_in_words(
    folder: Path, arguments: list[str], code: int, words: str
) -> None:
    done = run("verify", *arguments, folder=folder)
    assert words in " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (code, "")
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frob"], "'frob' names no reporter: expected 'reference' or 'python:"),
        (["python:broken"], "names no reporter"),
        (["--backend", "floppy"], "unknown backend 'floppy': there is moto"),
        (["--features", "retry-options,frob"], "unknown feature frob: there are"),
        (["--timeout", "0"], "not in the range"),
        (["--report", "nosuch/report.json"], "cannot be written to nosuch/report.json: No such"),
        (["-k", "(("], "the selection cannot be understood"),
        (["--frob"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_a_usage_error(
    folder: Path, arguments: list[str], words: str
) -> None:
    done = run("verify", *arguments, folder=folder)
    assert words in done.stderr
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_no_command_is_a_usage_error(tmp_path: Path) -> None:
    assert run(folder=tmp_path).returncode == 4
    assert run("frob", folder=tmp_path).returncode == 4


def test_an_undeclared_feature_is_not_claimed(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text((HERE / "wrong_reporters.py").read_text())
    selection = ("-k", "HADOOP or KEY-03", "--report", "report.json")
    run("verify", "python:mine:S3Reporter", *selection, folder=tmp_path)
    assert statuses(tmp_path / "report.json")["EXT-HADOOP-01"] == "not-claimed"
    feature = ("--features", "hadoop-safe-keys")
    run("verify", "python:mine:S3Reporter", *selection, *feature, folder=tmp_path)
    assert statuses(tmp_path / "report.json")["EXT-HADOOP-01"] == "passed"
    done = run("verify", "python:mine:NoSlash", *selection, *feature, folder=tmp_path)
    assert statuses(tmp_path / "report.json")["EXT-HADOOP-01"] == "failed"
    assert "with ':'" in done.stdout


def test_settings_of_the_user_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("raise RuntimeError('loaded')")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    environment = {
        "PYTEST_ADDOPTS": "--deselect everything --nonsense",
        "PYTEST_PLUGINS": "nosuchplugin",
        "AWS_REGION": "us-west-1",
        "AWS_PROFILE": "nosuch",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "ASH_S3_BUCKET_NAME": "mine",
        "http_proxy": "http://127.0.0.1:1",
        "HTTP_PROXY": "http://127.0.0.1:1",
    }
    done = run("verify", "-k", "CFG", folder=tmp_path, environment=environment)
    assert "core       40 requirements: 20 passed, 20 not selected" in done.stdout
    assert done.returncode == 0


def test_nothing_is_left_behind(folder: Path) -> None:
    temporary = folder / "temporary"
    temporary.mkdir()
    for reporter in ("reference", "python:broken:Sleeps", "python:nosuch:Thing"):
        run(
            *("verify", reporter, "-k", "CFG-01", "--timeout", "2"),
            folder=folder,
            environment={"TMPDIR": str(temporary)},
        )
    assert list(temporary.iterdir()) == []


def test_plain_pytest_runs_the_same_suite(folder: Path) -> None:
    def pytest_run(reporter: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-p", "s3_reporter_conformance.pytest_plugin"),
                *("--pyargs", "s3_reporter_conformance.features", "-k", "FMT-03 or HADOOP"),
                *("--reporter", reporter, "--backend", "moto", "-rs", "-p", "no:cacheprovider"),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    assert re.search(r"3 passed, \d+ deselected", pytest_run("reference").stdout)
    wrong = pytest_run("python:broken:Broken").stdout
    assert re.search(r"1 failed, 2 skipped, \d+ deselected", wrong)
    assert "seen      none: the reporter returned 'no'" in wrong
    assert "not claimed: python:broken:Broken does not declare hadoop-safe-keys" in wrong
    assert "adapter error" in pytest_run("python:nosuch:Thing").stdout
    assert pytest_run("frob").returncode == 4


def test_plain_pytest_runs_in_a_checkout() -> None:
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("pytest")),
            "features",
            "-k",
            "FMT-03",
            "-p",
            "no:cacheprovider",
        ],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert re.search(r"1 passed, \d+ deselected", done.stdout)
