"""Verifying a reporter, whichever adapter connects it."""

import errno
import json
import logging
import os
import signal
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from running import A_JSON_REPORT, BOTH, broken, run_here, runs_with, statuses

from s3_reporter_conformance.runner.selection import Selection
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.runner.verify import verify
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.words.errors import UncertainError

FROM_REFERENCE = "from s3_reporter_conformance.reference import S3Reporter"
QUICK = f"""
{FROM_REFERENCE}

class Quick(S3Reporter):
    def __init__(self, options, output_dir):
        super().__init__({{**options, "base_delay": 0.05}}, output_dir)
"""


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Change to another folder: failed runs are remembered in the current one."""
    monkeypatch.chdir(tmp_path)


def broken_by(folder: Path, reporter: str, *arguments: str) -> set[str]:
    """The rules that a reporter breaks."""
    asked = (f"python:reporters:{reporter}", *arguments, "--report", "report.json")
    run_here("verify", *asked, folder=folder)
    return broken(folder / "report.json")


def test_jitter_has_its_own_bounds(tmp_path: Path) -> None:
    asked = ("--features", "retry-options", "-k", "ERR-07", "--jitter")
    assert broken_by(tmp_path, "HalfWaits", *asked, "none") == {"ERR-07"}
    assert broken_by(tmp_path, "HalfWaits", *asked, "equal") == set()
    assert broken_by(tmp_path, "HalfWaits", *asked, "full") == set()


def test_a_reporter_states_how_often_it_retries(tmp_path: Path) -> None:
    asked = ("-k", "ERR-03", "--max-retries")
    assert broken_by(tmp_path, "TwoRetries", *asked, "2") == set()
    assert broken_by(tmp_path, "TwoRetries", *asked, "3") == {"ERR-02"}
    assert broken_by(tmp_path, "TwoRetries", *asked, "1") == {"ERR-03"}


def test_a_manifest_speaks_for_its_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "mine.py").write_text(FROM_REFERENCE)
    (tmp_path / "reporter.toml").write_text(
        'name = "mine"\nversion = "7"\nadapter = "python:mine:S3Reporter"\n'
        'features = ["hadoop-safe-keys"]\n'
    )
    (tmp_path / "command.toml").write_text('name = "sh"\nadapter = "command:sh ./reply.sh"\n')
    (tmp_path / "reply.sh").write_text("""echo '{"ready": false}'""")
    asked = ("-k", A_JSON_REPORT, "--report", "report.json")
    done = run_here("verify", "../reporter.toml", *asked, folder=elsewhere)
    assert "reporter  mine 7\n" in done.stdout
    assert statuses(elsewhere / "report.json")["EXT-HADOOP-01"] == "passed"
    done = run_here("verify", "../command.toml", *asked, folder=elsewhere)
    assert "Does not conform: it breaks CFG-01" in done.stdout
    assert statuses(elsewhere / "report.json")["EXT-HADOOP-01"] == "not-claimed"


def test_a_disk_that_fills_during_a_run_is_not_held_against_a_reporter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("s3_reporter_conformance.runner.results.expect_space", full)
    done = run_here("verify", "python:reporters:Broken", "-k", A_JSON_REPORT, folder=tmp_path)
    assert "temporary files cannot be written: [Errno 28] No space left" in done.stdout
    assert "No verdict" in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize("alone", [True, False])
def test_a_run_that_does_not_tell_is_made_once_more_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, alone: bool
) -> None:
    this = os.getpid()

    def told(_: Run) -> None:
        if not alone or os.getpid() != this:
            raise UncertainError

    monkeypatch.setattr("s3_reporter_conformance.judging.waits.not_growing", told)
    asked = ("-k", "ERR-07", "-n", "2", "--report", "report.json", "--verbose")
    done = run_here("verify", *asked, folder=tmp_path)
    assert statuses(tmp_path / "report.json")["ERR-07"] == ("passed" if alone else "not-certain")
    assert ("could not tell" in " ".join(done.stdout.split())) is not alone
    assert done.stdout.count("pass  exponential-backoff") == 2
    assert done.returncode == 0


def test_each_call_for_the_waits_meets_the_same_answers(tmp_path: Path) -> None:
    (tmp_path / "quick.py").write_text(QUICK)
    asked = ("python:quick:Quick", "-k", runs_with("until its waits can be measured"))
    run_here("verify", *asked, "--report", "report.json", folder=tmp_path)
    runs = json.loads((tmp_path / "report.json").read_text())["runs"]
    repeated = [run for run in runs if run["calls"] > 1]
    assert {run["values"].get("format") for run in repeated} >= {"json", "yaml"}
    assert {run["observed"]["backoff"] for run in repeated} == {"measured"}


def test_a_known_deviation_is_still_judged(tmp_path: Path) -> None:
    known = ("verify", "python:reporters:Broken", "-k", BOTH)
    listed = (*known, "--known-deviations", "known.toml")
    done = run_here(*listed, "--update-known-deviations", folder=tmp_path)
    assert "known.toml:\n  added CFG-02: give it an issue\n  added " in done.stdout
    assert done.returncode == 1
    done = run_here(*listed, "--fail-fast", "--report", "report.json", folder=tmp_path)
    said = " ".join(done.stdout.split())
    assert "Deviates as known: CFG-02, SEQ-01; all other rules that were judged hold, but " in said
    assert done.returncode == 0
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is False
    assert {rule["id"] for rule in report["rules"] if rule["status"] == "known-deviation"} >= {
        "CFG-02",
        "SEQ-01",
    }
    assert broken(tmp_path / "report.json") == set()


@pytest.mark.parametrize("in_process", [False, True])
def test_a_run_leaves_the_process_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    in_process: bool,
) -> None:
    def state() -> dict[str, Any]:
        return {
            "environment": dict(os.environ),
            "signals": [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)],
            "path": list(sys.path),
            "log": (logging.getLogger().level, list(logging.getLogger().handlers)),
            "warnings": list(warnings.filters),
            "folder": Path.cwd(),
        }

    monkeypatch.setenv("PYTEST_ADDOPTS", "--nonsense")
    monkeypatch.setenv("AWS_PROFILE", "nosuch")
    (tmp_path / "mine.py").write_text(
        f"{FROM_REFERENCE}\nimport os\nclass Mine(S3Reporter):\n"
        "    def report(self, results):\n"
        "        print('in', os.getpid())\n"
        "        return super().report(results)\n"
    )
    before = state()
    settings = Settings("python:mine:Mine", in_process=in_process)
    done = verify(settings, Selection(BOTH), echo=lambda _: None)
    assert [run.status for run in done.verdict.runs if run.calls] == [Status.PASSED] * 2
    assert state() == before
    # In process, a debugger reaches the reporter.
    assert (f"in {os.getpid()}\n" in capsys.readouterr().out) is in_process
