"""The suite as a process: its terminal, its environment, and its traces."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from running import COMMAND, MUTANTS, run, statuses
from surroundings import VARIABLES, Place, Trap
from terminal import run_in_terminal

from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios


def test_the_reference_conforms(tmp_path: Path) -> None:
    done = run("verify", "--strict", "--report", "report.json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "Conforms: every core rule holds" in done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["conformant"], report["strict"]) == (True, True)
    assert report["schema_version"] == 3
    assert report["suite"]["name"] == "s3-reporter-conformance"
    assert report["reporter"]["name"] == "reference"
    assert report["backend"].startswith("moto ")
    assert [rule["id"] for rule in report["rules"]] == [rule.id for rule in all_rules()]
    assert [run["id"] for run in report["runs"]] == [each.id for each in all_scenarios()]
    found = statuses(tmp_path / "report.json")
    of_tools = {rule.id for rule in all_rules() if rule.feature == "live-scan"}
    assert {name for name, status in found.items() if status == "not-claimed"} == of_tools
    # Spark has a test environment of its own.
    others = {name for name, status in found.items() if status != "passed"} - of_tools
    assert others <= {"EXT-HADOOP-02"}
    assert ("not installed" in done.stdout) is bool(others)
    judged = sum(rule["judged"] for rule in report["rules"])
    assert judged == sum(len(run["kept"]) for run in report["runs"])


def test_a_terminal_gets_colors_unless_they_are_refused(tmp_path: Path) -> None:
    def printed(*arguments: str, **environment: str) -> bytes:
        words = ("verify", "-k", "a-json-report", "--quiet", *arguments)
        return run_in_terminal(*words, folder=tmp_path, environment=environment)

    colored = printed()
    assert b"\x1b[" in colored
    assert b"\r0 of 1 runs, 00:00 so far" in colored
    assert b"\x1b[" not in printed("--no-color")
    assert b"\x1b[" not in printed(NO_COLOR="1")


def test_settings_of_the_user_change_nothing(tmp_path: Path) -> None:
    """All at once; `tests/reliability` tries each alone."""
    trap = Trap()
    place = Place(tmp_path / "place", trap)
    for row in VARIABLES:
        place.surround(row)
    asked = ("verify", "-m", "configuration", "--strict")
    done = run(*asked, folder=place.folder, environment=place.environment)
    selected = sum(each.area == "configuration" for each in all_scenarios())
    assert f" runs: {selected} passed, " in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    assert not trap.sprung
    assert not place.trace.exists()
    trap.close()


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for reporter in ("reference", "python:reporters:Sleeps", "python:nosuch:Thing"):
        run(
            *("verify", reporter, "-k", "a-json-report", "--timeout", "2"),
            folder=tmp_path,
            environment={**MUTANTS, "TMPDIR": str(temporary)},
        )
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="writes to /dev/full")
def test_a_full_disk_is_no_fault_of_the_suite(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "list"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "Error: there is no space left for the output" in done.stderr
    assert "the suite itself failed" not in done.stderr
    assert done.returncode == 4


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["verify", "--help"]])
def test_what_runs_nothing_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from s3_reporter_conformance.cli.main import main\n"
        "try:\n"
        f"    main({arguments})\n"
        "finally:\n"
        "    print(*sys.modules, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    imported = set(done.stderr.split())
    assert "s3_reporter_conformance.cli.main" in imported
    assert not imported & {"boto3", "jinja2", "moto", "pytest", "tomlkit"}
    assert ("gherkin" in imported) is ("list" in arguments)
