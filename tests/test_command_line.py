"""The suite from the outside: what it prints, what it writes, and what it ends with."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from s3_reporter_conformance.reporters.manifest import EXTENDED_FEATURES
from s3_reporter_conformance.requirements import all_requirements

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-m", "s3_reporter_conformance"]

TOUCHED_BY_DIFFERENCES = " or ".join(
    (
        *("ARC", "SEQ", "LOC-0", "INT", "CFG-01", "CFG-06"),
        *("FMT-01", "FMT-02", "FMT-03", "FMT-04", "KEY-01", "KEY-06", "KEY-07", "KEY-08"),
        *("ERR-01", "ERR-05", "ERR-07", "ERR-12", "ERR-16", "ERR-19", "ERR-20", "ERR-22", "ERR-24"),
    )
)

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
    ("reporter", "failing", "passing"),
    [
        ("WrongContentType", "ARC-03 FMT-03 FMT-04 INT-03", "FMT-01 FMT-02"),
        ("JsonInYaml", "FMT-02 FMT-06 FMT-10 SEQ-02", "FMT-01 FMT-04 KEY-02"),
        ("LostData", "ARC-03 FMT-01 FMT-02 FMT-05 FMT-06", "FMT-03 LOC-01"),
        ("Latin1", "FMT-07 FMT-08", "FMT-01 FMT-02"),
        ("NoSlash", "KEY-03", "KEY-01 KEY-02 KEY-04 KEY-05 KEY-06 KEY-07 KEY-08 INT-02"),
        ("UploadTime", "KEY-01 KEY-02 KEY-05 KEY-07 INT-05", "KEY-03 KEY-04 INT-04"),
        ("AlwaysJsonExtension", "KEY-02", "KEY-01 KEY-03 FMT-02"),
        ("NewKeyInEachRetry", "KEY-08 EXT-IDEMPOTENT-01", "KEY-01 ERR-01"),
        ("AlwaysReady", "CFG-09 CFG-10 CFG-11 CFG-18 CFG-19 EXT-PREFLIGHT-01", "CFG-01"),
        ("NeverReady", "CFG-01 FMT-01 KEY-01 ERR-05 LOC-01 SEQ-07 ARC-01 INT-01", "CFG-09"),
        ("Deaf", "CFG-03 CFG-05 CFG-08 CFG-15 CFG-16 SEQ-04", "CFG-01 CFG-09 CFG-12"),
        ("EnvironmentWins", "CFG-12 CFG-13", "CFG-01 CFG-08 CFG-15"),
        ("AlwaysDefaultProfile", "CFG-01 CFG-14 EXT-PROFILE-01", "CFG-02 CFG-17"),
        ("RetriesEverything", "ERR-08 ERR-09 ERR-10 ERR-19 ERR-20", "ERR-05 ERR-12 ERR-16"),
        ("KnowsOnlySlowDown", "ERR-06 EXT-TRANSIENT-01", "ERR-02 ERR-05"),
        ("OneRetryTooMany", "ERR-05 ERR-07 EXT-RETRY-02", "ERR-02 ERR-04 ERR-11"),
        ("OneRetryTooFew", "ERR-04 ERR-05 ERR-07 EXT-RETRY-01", "ERR-02 ERR-03 EXT-RETRY-02"),
        ("EndlessRetry", "ERR-05 ERR-07 ERR-11 EXT-RETRY-02", "ERR-01 ERR-02 ERR-08"),
        ("OneMoreWait", "ERR-24", "ERR-05 ERR-07 EXT-RETRY-03"),
        ("Unguarded", "EXT-GUARD-01", "CFG-09 CFG-10 CFG-11 ERR-05"),
        ("NoGrowth", "ERR-07 EXT-RETRY-03", "ERR-05 EXT-RETRY-04"),
        ("NoCap", "EXT-RETRY-04", "ERR-07 EXT-RETRY-03"),
        ("StackedRetries", "EXT-STACK-01", "ERR-05 CFG-01"),
        ("Raises", "ERR-05 ERR-08 ERR-12 ERR-22 SEQ-07", "ERR-01 ERR-16 ERR-23"),
        ("UrlAfterFailure", "ERR-05 ERR-08 ERR-09 ERR-10 SEQ-08", "ERR-01 ERR-15"),
        ("VagueMessage", "ERR-11 ERR-12 ERR-13 ERR-14 ERR-19", "ERR-05 ERR-08 ERR-16"),
        ("Silent", "ERR-15 ERR-16 ERR-17 ERR-18 EXT-LOCALFAIL-01", "ERR-05 ERR-12"),
        ("Leaky", "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03", "ERR-12 ERR-16"),
        ("CopyFirst", "SEQ-05 SEQ-06", "SEQ-07 LOC-01"),
        ("CopyOnlyOnSuccess", "SEQ-07 SEQ-08", "SEQ-05 LOC-01"),
        ("CopyElsewhere", "LOC-01 LOC-02 LOC-05 SEQ-01 SEQ-07 EXT-NAME-01", "FMT-01 ERR-01"),
        ("EmptyCopy", "LOC-01 LOC-03 LOC-04 SEQ-08 EXT-ATOMIC-02", "FMT-01 ERR-01"),
        ("OldCopyKept", "LOC-05 LOC-06 LOC-07", "LOC-01 SEQ-05"),
        ("OtherKeyInUrl", "ERR-01 SEQ-01 SEQ-03 LOC-01 INT-03", "KEY-01 ERR-05"),
        ("OtherRegionInUrl", "ERR-01 SEQ-02 SEQ-04 LOC-02", "CFG-01 ERR-05"),
        ("PutTwice", "ARC-02 ERR-01 KEY-08 INT-01", "ERR-05 FMT-01 SEQ-01"),
        ("LatestAsWell", "ARC-02 INT-01 INT-02", "ERR-01 FMT-01 KEY-01 SEQ-01"),
        ("DeletedAgain", "ARC-02 ARC-03 ERR-01 FMT-01 INT-01 KEY-01", "ERR-05 ERR-12"),
    ],
)
def test_a_wrong_reporter_fails_for_its_own_reason(
    tmp_path: Path, reporter: str, failing: str, passing: str
) -> None:
    (tmp_path / "mine.py").write_text((HERE / "wrong_reporters.py").read_text())
    expected = dict.fromkeys(failing.split(), "failed")
    expected |= dict.fromkeys(passing.split(), "passed")
    done = run(
        *("verify", f"python:mine:{reporter}", "--features", ",".join(EXTENDED_FEATURES)),
        *("-k", " or ".join(expected), "--report", "report.json"),
        folder=tmp_path,
    )
    found = statuses(tmp_path / "report.json")
    assert {name: found[name] for name in expected} == expected
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("reporter", "statement"),
    [
        ("Plain", []),
        ("PrettyAndFlow", []),
        ("IsoTimestamp", []),
        ("HttpsUrl", []),
        ("EndpointUrl", []),
        ("ManagedUpload", []),
        ("FileBody", []),
        ("Chatty", []),
        ("EqualJitter", ["--jitter", "equal"]),
        ("FullJitter", ["--jitter", "full"]),
        ("TwoRetries", ["--max-retries", "2"]),
        ("HandMade", []),
    ],
)
def test_a_right_reporter_conforms(tmp_path: Path, reporter: str, statement: list[str]) -> None:
    (tmp_path / "mine.py").write_text((HERE / "right_reporters.py").read_text())
    # What a difference could be seen by; the plain one runs through everything.
    selection = [] if reporter == "Plain" else ["-k", TOUCHED_BY_DIFFERENCES]
    done = run("verify", f"python:mine:{reporter}", *selection, *statement, folder=tmp_path)
    verdict = "Partial: what ran passed" if selection else "Conforms: every core requirement passed"
    assert verdict in done.stdout, done.stdout
    assert done.returncode == 0


def failing(folder: Path, reporter: str, *arguments: str) -> set[str]:
    """The requirements that one of the wrong reporters fails."""
    (folder / "mine.py").write_text((HERE / "wrong_reporters.py").read_text())
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
        (["frob"], "'frob' names no reporter: expected 'reference', 'python:"),
        (["python:broken"], "names no reporter"),
        (["nosuch.toml"], "nosuch.toml cannot be read: No such file"),
        (["command:true", "--in-process"], "--in-process is for python: and ash:"),
        (["--update-known-deviations"], "needs --known-deviations FILE"),
        (["--known-deviations", "nosuch.toml"], "nosuch.toml cannot be read: No such file"),
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
    assert "seen      none: the reporter declared itself not ready" in done.stdout
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
        "Path through the diagram error_handling\n  Begin the API call\n",
        "  Max retries reached?\n    | Yes\n  Return an error status\n",
        "Reading 3: Exponential backoff\n",
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
    assert "error_handling        22 of 22       11 of 11\n" in done.stdout
    assert "Every edge and every prime path is covered." in done.stdout
    details = run("coverage", "--details", folder=tmp_path).stdout
    assert "  edge error_type - Throttling -> backoff\n    ERR-02" in details


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
