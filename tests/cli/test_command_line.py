"""The suite from the outside: what it prints, what it writes, and what it ends with."""

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from running import COMMAND, MUTANTS, run

from s3_reporter_conformance.spec.gherkin import all_requirements

ROOT = Path(__file__).parents[2]

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

OVER_REFERENCE = """
from dataclasses import replace
from s3_reporter_conformance.reference import S3Reporter

class HalfWaits(S3Reporter):
    '''Waits half as long as it is told, which equal jitter may.'''
    def __init__(self, options, output_dir):
        super().__init__({**options, "base_delay": options.get("base_delay", 1) / 2}, output_dir)

class TwoRetries(S3Reporter):
    def __init__(self, options, output_dir):
        super().__init__({**options, "max_retries": 2, "base_delay": 0.01}, output_dir)
"""


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
    assert report["schema_version"] == 2
    assert report["suite"]["name"] == "s3-reporter-conformance"
    assert report["reporter"]["name"] == "reference"
    assert report["backend"].startswith("moto ")
    requirements = all_requirements()
    assert [entry["id"] for entry in report["requirements"]] == [r.id for r in requirements]
    not_run = {
        name for name, status in statuses(tmp_path / "report.json").items() if status == "not-run"
    }
    # Spark has a test environment of its own.
    assert not_run <= {"EXT-HADOOP-02"}
    assert report["summary"]["passed"] == len(requirements) - len(not_run)
    assert ("not run, since an extra is not installed" in done.stdout) is bool(not_run)
    for requirement in requirements:
        if requirement.id in not_run:
            continue
        assert re.search(rf"pass  {requirement.id}  {re.escape(requirement.name)}\n", done.stdout)


def test_a_wrong_content_type_is_told_with_what_was_seen(tmp_path: Path) -> None:
    done = run(
        *("verify", "python:mutants.conversion:JsonAsText", "-k", "FMT", "--report", "report.json"),
        folder=tmp_path,
        environment=MUTANTS,
    )
    assert done.returncode == 1
    assert "Does not conform: failed FMT-03\n" in done.stdout
    for words in (
        'Then the object\'s content type is "application/json"\n',
        "expected    content type application/json\n",
        "seen        content type text/plain\n",
        "requests    0.",
        "HEAD /reports -> 200\n",
        "PUT /reports/",
        "attempt 1             -> 200\n",
        "returned    s3://reports/scans/",
    ):
        assert words in done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is False
    failed = next(entry for entry in report["requirements"] if entry["id"] == "FMT-03")
    assert (failed["status"], failed["level"], failed["feature"]) == ("failed", "core", None)
    assert failed["path"] == "format=json"
    assert "seen        content type text/plain" in failed["message"]


def failing(folder: Path, reporter: str, *arguments: str) -> set[str]:
    """The requirements that a reporter fails."""
    (folder / "mine.py").write_text(OVER_REFERENCE)
    run("verify", f"python:mine:{reporter}", *arguments, "--report", "report.json", folder=folder)
    found = statuses(folder / "report.json")
    return {name for name, status in found.items() if status == "failed"}


def test_jitter_has_its_own_bounds(tmp_path: Path) -> None:
    asked = ("--features", "retry-options", "-k", "ERR-07 or EXT-RETRY-03", "--jitter")
    assert failing(tmp_path, "HalfWaits", *asked, "none") == {"ERR-07", "EXT-RETRY-03"}
    assert failing(tmp_path, "HalfWaits", *asked, "equal") == set()
    assert failing(tmp_path, "HalfWaits", *asked, "full") == set()


def test_a_reporter_states_how_often_it_retries(tmp_path: Path) -> None:
    asked = ("-k", "ERR-03 or ERR-04 or ERR-05", "--max-retries")
    assert failing(tmp_path, "TwoRetries", *asked, "2") == set()
    assert failing(tmp_path, "TwoRetries", *asked, "3") == {"ERR-04", "ERR-05"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["python:nosuch:Thing"], 3, "No module named 'nosuch'"),
        (["python:broken:Nothing"], 3, "has no attribute 'Nothing'"),
        (["python:broken:Raises", "-k", "CFG-0"], 3, "raised RuntimeError: no luck"),
        (["python:broken:Exits", "-k", "CFG-0"], 3, "exited with code 3 while"),
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
        (["frob"], "'frob' is not a valid reporter: expected 'reference', 'python:"),
        (["python:broken"], "is not a valid reporter"),
        (["nosuch.toml"], "nosuch.toml cannot be read: No such file"),
        (["command:true", "--in-process"], "--in-process is for python: and ash:"),
        (["--update-known-deviations"], "needs --known-deviations FILE"),
        (["--known-deviations", "nosuch.toml"], "nosuch.toml cannot be read: No such file"),
        (["--backend", "floppy"], "unknown backend 'floppy': expected moto"),
        (["--features", "retry-options,frob"], "unknown feature frob: there are"),
        (["--timeout", "0"], "not in the range"),
        (["--report", "nosuch/report.json"], "nosuch/report.json cannot be written: No such"),
        (["-k", "(("], "the selection cannot be understood"),
        (["-m", "(("], "the selection cannot be understood"),
        (["--level", "frob"], "'frob' is not one of 'core', 'extended'"),
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
    def status(*arguments: str) -> str:
        run(
            *("verify", *arguments, "-k", "HADOOP or KEY-03", "--report", "report.json"),
            folder=tmp_path,
            environment=MUTANTS,
        )
        return statuses(tmp_path / "report.json")["EXT-HADOOP-01"]

    feature = ("--features", "hadoop-safe-keys")
    assert status("python:mutants.naming:TimestampAsItIs") == "not-claimed"
    assert status("python:mutants.naming:TimestampAsItIs", *feature) == "failed"
    assert status("python:mutants.naming:NoSlash", *feature) == "passed"


def test_a_selection_is_by_names_not_by_values(tmp_path: Path) -> None:
    # Among the examples of others are InvalidAccessKeyId and "key: value".
    run("verify", "-k", "KEY-08 or key-03", "--report", "report.json", folder=tmp_path)
    found = statuses(tmp_path / "report.json")
    assert {name for name, status in found.items() if status != "not-selected"} == {
        "KEY-03",
        "KEY-08",
    }
    done = run("verify", "-k", "KEY", folder=tmp_path)
    assert "ERR-10" not in done.stdout
    assert re.search(r"core +\d+ requirements: 8 passed, \d+ not selected", done.stdout)


def test_a_selection_is_by_level_and_by_diagram(tmp_path: Path) -> None:
    def ran(*arguments: str) -> set[str]:
        run("verify", *arguments, "--report", "report.json", folder=tmp_path)
        found = statuses(tmp_path / "report.json")
        return {name for name, status in found.items() if status == "passed"}

    everything = {requirement.id for requirement in all_requirements()}
    areas = ("-m", "architecture or preflight")
    architecture = {name for name in everything if name.startswith("ARC")}
    preflight = {name for name in everything if name.startswith("EXT-PREFLIGHT")}
    assert ran(*areas) == architecture | preflight
    assert ran(*areas, "--level", "core") == architecture
    assert ran(*areas, "--level", "extended", "-k", "01") == {"EXT-PREFLIGHT-01"}
    assert ran("-m", "nosuch") == set()


def test_a_run_can_stop_at_the_first_failure(folder: Path) -> None:
    arguments = ("-m", "architecture", "--fail-fast", "--report", "report.json")
    done = run("verify", "python:broken:Broken", *arguments, folder=folder)
    assert "Does not conform: failed ARC-01" in done.stdout
    found = statuses(folder / "report.json")
    assert [found[name] for name in ("ARC-01", "ARC-02", "CFG-01")] == [
        "failed",
        "not-run",
        "not-selected",
    ]
    assert done.returncode == 1


def test_a_parallel_run_can_stop_at_the_first_failure(folder: Path) -> None:
    arguments = ("-m", "architecture or configuration", "--fail-fast", "-n", "2")
    done = run("verify", "python:broken:Broken", *arguments, folder=folder)
    assert "Does not conform: failed " in done.stdout
    assert " not run" in done.stdout
    assert "ended early" not in done.stdout
    assert done.returncode == 1


def test_what_is_known_to_fail_does_not_stop_a_run(folder: Path) -> None:
    asked = ("verify", "python:broken:Broken", "-k", "ARC-02 or ARC-03")
    known = ("--known-deviations", "known.toml")
    run(*asked, *known, "--update-known-deviations", folder=folder)
    done = run(*asked, *known, "--fail-fast", folder=folder)
    assert "Deviates as known: ARC-02, ARC-03; all else that ran passed" in done.stdout
    assert done.returncode == 0


def test_what_failed_the_last_time_is_run_alone(tmp_path: Path) -> None:
    source = "from mutants.naming import NoSlash as Mine"
    asked = ("verify", "python:mine:Mine", "-k", "KEY-03 or KEY-04")

    def counts(*arguments: str) -> str:
        done = run(*asked, *arguments, folder=tmp_path, environment=MUTANTS)
        match = re.search(r"core +\d+ requirements: (.*), \d+ not selected", done.stdout)
        assert match, done.stdout
        return match[1]

    (tmp_path / "mine.py").write_text(source)
    assert counts("--last-failed") == "1 passed, 1 failed"
    assert counts("--last-failed") == "1 failed"
    other = run("verify", "-k", "KEY-03 or KEY-04", "--last-failed", folder=tmp_path)
    assert "nothing is known to have failed the last time" in other.stdout
    assert "2 passed" in other.stdout
    (tmp_path / "mine.py").write_text(
        "from s3_reporter_conformance.reference import S3Reporter as Mine"
    )
    assert counts("-k", "KEY-04") == "1 passed"
    assert counts("--last-failed") == "1 passed"
    assert counts("--last-failed") == "2 passed"


def test_quiet_tells_only_what_is_wrong(folder: Path) -> None:
    asked = ("-k", "CFG-01 or CFG-09 or FMT-03", "--quiet")
    right = run("verify", *asked, folder=folder)
    assert "pass" not in right.stdout.partition("Summary")[0]
    assert "Partial: what ran passed" in right.stdout
    wrong = run("verify", "python:broken:Broken", *asked, folder=folder)
    assert "FAIL  CFG-09" in wrong.stdout


def test_a_terminal_gets_colors_unless_they_are_refused(tmp_path: Path) -> None:
    def printed(*arguments: str, **environment: str) -> bytes:
        terminal, its_end = pty.openpty()
        subprocess.run(
            [*COMMAND, "verify", "-k", "KEY-08", "--quiet", *arguments],
            cwd=tmp_path,
            env={**os.environ, "TERM": "xterm", **environment},
            stdout=its_end,
            stdin=subprocess.DEVNULL,
            check=True,
            timeout=100,
        )
        os.close(its_end)
        try:
            return os.read(terminal, 100_000)
        finally:
            os.close(terminal)

    assert b"\x1b[" in printed()
    assert b"\x1b[" not in printed("--no-color")
    assert b"\x1b[" not in printed(NO_COLOR="1")


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
    assert re.search(r"core +\d+ requirements: 20 passed, \d+ not selected", done.stdout)
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

    right = pytest_run("reference").stdout
    assert re.search(r"= 3 passed, 1 skipped, \d+ deselected", right)
    assert "pyspark not installed: pip install" in right
    wrong = pytest_run("python:broken:Broken").stdout
    assert re.search(r"1 failed, 3 skipped, \d+ deselected", wrong)
    assert "seen        none: the reporter returned 'no'" in wrong
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
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert re.search(r"1 passed, \d+ deselected", done.stdout)


REFERENCE_COMMAND = f"command:{shlex.quote(sys.executable)} -m s3_reporter_conformance.reference"


def test_a_command_is_verified_like_a_class(tmp_path: Path) -> None:
    selection = ("-k", "CFG-01 or CFG-09 or ERR-05 or FMT-12 or LOC-01 or SEQ-07 or ARC-01")
    done = run("verify", REFERENCE_COMMAND, *selection, folder=tmp_path)
    assert "7 passed" in done.stdout
    assert done.returncode == 0


def test_a_command_that_never_stops_to_retry_does_not_conform(tmp_path: Path) -> None:
    (tmp_path / "endless.sh").write_text(
        """case "$(cat)" in
            *'"operation": "validate"'*) echo '{"ready": true}'; exit;;
        esac
        while true; do
            curl --silent --output /dev/null --request PUT --data x "$AWS_ENDPOINT_URL/bucket/key"
        done"""
    )
    done = run("verify", "command:sh endless.sh", "-k", "ERR-05", folder=tmp_path)
    assert "Does not conform: failed ERR-05" in done.stdout
    assert done.returncode == 1


def test_an_adapter_error_says_how_to_repeat_the_call(tmp_path: Path) -> None:
    reporter = "command:sh -c 'echo hm >&2; exit 2'"
    arguments = ("--features", "hadoop-safe-keys", "--max-retries", "2")
    done = run("verify", reporter, "-k", "EXT-HADOOP-01", *arguments, folder=tmp_path)
    assert done.returncode == 3
    line = next(line for line in done.stdout.splitlines() if line.startswith("      repeat"))
    words = shlex.split(line)[1:]
    assert words == [
        *("s3-reporter-conformance", "call", reporter, "EXT-HADOOP-01"),
        *("--features=hadoop-safe-keys", "--max-retries=2"),
    ]
    repeated = run(*words[1:], folder=tmp_path)
    assert '"contract": 1, "operation": "validate"' in repeated.stdout
    assert "1-validate-2-stderr\n    hm\n" in repeated.stdout
    assert repeated.returncode == 3


def test_call_shows_what_went_to_and_fro(tmp_path: Path) -> None:
    done = run("call", REFERENCE_COMMAND, "cfg-15", folder=tmp_path)
    assert "aws_region = ''" in done.stdout
    assert "AWS_REGION=ap-southeast-2" in done.stdout
    assert '"returned": "s3://reports-' in done.stdout
    assert "1/1 pass  CFG-15" in done.stdout
    assert done.returncode == 0
    assert run("call", "reference", "KEY-99", folder=tmp_path).returncode == 4
    unclaimed = run("call", "python:broken:Broken", "EXT-NAME-01", folder=tmp_path)
    assert "does not declare local-name" in unclaimed.stderr
    assert unclaimed.returncode == 4


def test_smoke_tells_a_broken_adapter_from_a_wrong_reporter(folder: Path) -> None:
    right = run("smoke", REFERENCE_COMMAND, folder=folder)
    assert '{"ready": false, "message": "set aws_region' in right.stdout
    assert '{"returned": "s3://reports-' in right.stdout
    assert right.stdout.count("-> as expected") == 2
    assert "The adapter works, and the reporter answers as it should." in right.stdout
    assert right.returncode == 0
    wrong = run("smoke", "python:broken:Broken", folder=folder)
    assert "-> unexpected: ready, although there is no region and no bucket" in wrong.stdout
    assert "-> unexpected: no object in the bucket. It returned 'no'" in wrong.stdout
    assert "The adapter works. The reporter does not conform" in wrong.stdout
    assert wrong.returncode == 1
    for reporter in ("command:false", "python:broken:Raises", "python:nosuch:Thing"):
        broken = run("smoke", reporter, folder=folder)
        assert "The adapter is broken: nothing can be said of the reporter." in broken.stdout
        assert (broken.returncode, broken.stderr) == (3, "")


def test_init_writes_a_manifest_and_never_over_another(tmp_path: Path) -> None:
    done = run("init", folder=tmp_path)
    assert "s3-reporter-conformance smoke reporter.toml" in done.stdout
    text = (tmp_path / "reporter.toml").read_text()
    (tmp_path / "reporter.toml").write_text(
        text.replace('"command:node reporter.mjs"', '"python:broken:Broken"')
    )
    again = run("init", folder=tmp_path)
    assert "reporter.toml is there already" in again.stderr
    assert again.returncode == 4
    assert "python:broken:Broken" in (tmp_path / "reporter.toml").read_text()
    assert run("init", "nosuch/reporter.toml", folder=tmp_path).returncode == 4


def test_a_manifest_speaks_for_its_folder(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (folder / "reporter.toml").write_text(
        'name = "broken"\nversion = "7"\nadapter = "python:broken:Broken"\n'
        'features = ["hadoop-safe-keys"]\n'
    )
    (folder / "command.toml").write_text('name = "sh"\nadapter = "command:sh ./reply.sh"\n')
    (folder / "reply.sh").write_text("""echo '{"ready": false}'""")
    asked = ("-k", "EXT-HADOOP-01 or KEY-08", "--report", "report.json")
    done = run("verify", "../reporter.toml", *asked, folder=elsewhere)
    assert "reporter  broken 7\n" in done.stdout
    assert statuses(elsewhere / "report.json")["EXT-HADOOP-01"] == "failed"
    done = run("verify", "../command.toml", *asked, folder=elsewhere)
    assert "Does not conform: failed KEY-08" in done.stdout
    assert statuses(elsewhere / "report.json")["EXT-HADOOP-01"] == "not-claimed"


def test_known_deviations_still_run(folder: Path) -> None:
    known = ("verify", "python:broken:Broken", "-k", "FMT-03 or CFG-09")
    listed = (*known, "--known-deviations", "known.toml")
    done = run(*listed, "--update-known-deviations", folder=folder)
    assert "known.toml: added CFG-09: give it a reason and an issue; added FMT-03" in done.stdout
    assert done.returncode == 1
    done = run(*listed, "--report", "report.json", folder=folder)
    assert "Deviates as known: CFG-09, FMT-03; all else that ran passed" in done.stdout
    assert done.returncode == 0
    report = json.loads((folder / "report.json").read_text())
    assert report["conformant"] is False
    assert report["summary"]["known-deviation"] == 2
    passing = run(
        *("verify", "reference", "-k", "FMT-03", "--known-deviations", "known.toml"), folder=folder
    )
    assert "Does not conform: passed, although known not to: FMT-03" in passing.stdout
    assert passing.returncode == 1
    crash = run(
        *("verify", "python:broken:Exits", "-k", "FMT-03", "--known-deviations", "known.toml"),
        folder=folder,
    )
    assert "No verdict" in crash.stdout
    assert crash.returncode == 3


def test_in_process_a_debugger_reaches_the_reporter(folder: Path) -> None:
    (folder / "mine.py").write_text(
        "import os\nfrom s3_reporter_conformance.reference import S3Reporter\n"
        "class Mine(S3Reporter):\n"
        "    def report(self, results):\n"
        "        print('pid', os.getppid())\n"
        "        return super().report(results)\n"
    )
    done = run("verify", "python:mine:Mine", "-k", "CFG-01", "--in-process", folder=folder)
    assert f"pid {os.getpid()}\n" in done.stdout
    assert done.returncode == 0


def test_list_shows_what_there_is(tmp_path: Path) -> None:
    done = run("list", folder=tmp_path)
    assert done.returncode == 0
    for requirement in all_requirements():
        assert f"  {requirement.id:<18}{requirement.name}" in done.stdout
    assert run("list", "--feature", "preflight", folder=tmp_path).stdout.count("EXT-") == 3
    assert "KEY-" not in run("list", "--diagram", "configuration", folder=tmp_path).stdout
    assert "EXT-" not in run("list", "--level", "core", folder=tmp_path).stdout


def test_explain_tells_all_of_a_requirement(tmp_path: Path) -> None:
    done = run("explain", "err-07", folder=tmp_path)
    assert done.returncode == 0
    for words in (
        "ERR-07  Exponential backoff\n",
        "Rule\n  The waits between attempts grow\n",
        "Often wrong\n  every wait is as long as the first",
        "    Then the waits between the attempts grow\n",
        "Path retries-exhausted through the diagram error_handling\n  S3 throttles every attempt",
        "\n\n  Begin the API call\n",
        "  Max retries reached?\n    | Yes\n  Return an error status\n",
        "Interpretation 3: Exponential backoff\n",
        "-k ERR-07\n",
    ):
        assert words in done.stdout


@pytest.mark.parametrize("requirement", [r.id for r in all_requirements() if r.examples > 3])
def test_explain_explains_every_kind(tmp_path: Path, requirement: str) -> None:
    done = run("explain", requirement, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_coverage_is_complete(tmp_path: Path) -> None:
    done = run("coverage", folder=tmp_path)
    assert done.returncode == 0
    assert "error_handling        22 of 22       11 of 11       10 of 10\n" in done.stdout
    assert "Every edge and every prime path is covered." in done.stdout
    details = run("coverage", "--details", folder=tmp_path).stdout
    assert "  edge error_type - Throttling -> backoff\n    ERR-02" in details
    assert "  named path one-retry-exhausted\n    EXT-RETRY-01\n" in details


@pytest.mark.parametrize(
    "arguments",
    [["explain", "KEY-99"], ["explain"], ["list", "--diagram", "x"], ["list", "--feature", "x"]],
)
def test_asking_for_what_there_is_not_is_a_usage_error(
    tmp_path: Path, arguments: list[str]
) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
