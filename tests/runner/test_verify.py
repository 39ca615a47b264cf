"""Verifying a reporter, whichever adapter connects it."""

import json
import logging
import os
import signal
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pytest
from running import REFERENCE_COMMAND, broken, run_here, statuses

from s3_reporter_conformance.adapters.registry import REFERENCE
from s3_reporter_conformance.runner.selection import Selection
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.runner.verify import verify
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import ExitCode

A_JSON_REPORT = "a-json-report"
BOTH = f"{A_JSON_REPORT} or neither-region-nor-bucket"
FROM_REFERENCE = "from s3_reporter_conformance.reference import S3Reporter"


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
    assert broken_by(tmp_path, "HalfWaits", *asked, "none") == {"ERR-07", "EXT-RETRY-02"}
    assert broken_by(tmp_path, "HalfWaits", *asked, "equal") == set()
    assert broken_by(tmp_path, "HalfWaits", *asked, "full") == set()


def test_a_reporter_states_how_often_it_retries(tmp_path: Path) -> None:
    asked = ("-k", "ERR-03", "--max-retries")
    assert broken_by(tmp_path, "TwoRetries", *asked, "2") == set()
    assert broken_by(tmp_path, "TwoRetries", *asked, "3") == {"ERR-02"}
    assert broken_by(tmp_path, "TwoRetries", *asked, "1") == {"ERR-03"}


def test_a_command_is_verified_like_a_class(tmp_path: Path) -> None:
    asked = ("-k", f"{BOTH} or ERR-09", "-n", "4", "--report", "report.json")
    done = run_here("verify", REFERENCE_COMMAND, *asked, folder=tmp_path)
    assert broken(tmp_path / "report.json") == set()
    found = statuses(tmp_path / "report.json")
    assert {found[name] for name in ("CFG-02", "ERR-09", "KEY-03", "LOC-01")} == {"passed"}
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
    asked = ("-k", "ERR-03", "-m", "drawn", "--report", "report.json")
    done = run_here("verify", "command:sh endless.sh", *asked, folder=tmp_path)
    assert "ERR-03" in broken(tmp_path / "report.json")
    assert done.returncode == 1


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


def test_a_known_deviation_is_still_judged(tmp_path: Path) -> None:
    known = ("verify", "python:reporters:Broken", "-k", BOTH)
    listed = (*known, "--known-deviations", "known.toml")
    done = run_here(*listed, "--update-known-deviations", folder=tmp_path)
    assert "known.toml: added CFG-02: give it a reason and an issue; added " in done.stdout
    assert done.returncode == 1
    done = run_here(*listed, "--report", "report.json", folder=tmp_path)
    said = " ".join(done.stdout.split())
    assert "Deviates as known: CFG-02, SEQ-01; all other rules that decide hold" in said
    assert done.returncode == 0
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is False
    assert {rule["id"] for rule in report["rules"] if rule["status"] == "known-deviation"} >= {
        "CFG-02",
        "SEQ-01",
    }
    assert broken(tmp_path / "report.json") == set()


def test_in_process_a_debugger_reaches_the_reporter(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        f"{FROM_REFERENCE}\nimport os\nclass Mine(S3Reporter):\n"
        "    def report(self, results):\n"
        "        print('in', os.getpid())\n"
        "        return super().report(results)\n"
    )
    asked = ("verify", "python:mine:Mine", "-k", A_JSON_REPORT, "--in-process")
    done = run_here(*asked, folder=tmp_path)
    assert f"in {os.getpid()}\n" in done.stdout
    assert done.returncode == 0


def test_one_verification_after_the_other_in_one_process() -> None:
    def verified(reporter: str) -> tuple[set[str], ExitCode, str]:
        printed: list[str] = []
        done = verify(Settings(reporter), Selection(BOTH), echo=printed.append)
        assert done.report.reporter.adapter.endswith(reporter.rpartition(":")[2])
        wrong = {rule.id for rule in done.verdict.wrong}
        said = " ".join(click.unstyle("\n".join(printed)).split())
        return wrong, done.exit_code, said

    for reporter, wrong, code, last in (
        ("python:reporters:Broken", {"CFG-02", "SEQ-01"}, 1, "it breaks CFG-02, SEQ-01"),
        (REFERENCE, set(), 0, "Partial: the rules that were judged hold"),
        ("python:mutants:NoSlash", {"KEY-03"}, 1, "Does not conform: it breaks KEY-03"),
        ("python:reporters:Exits", set(), 3, "No verdict"),
        (REFERENCE, set(), 0, "Partial: the rules that were judged hold"),
    ):
        found, exit_code, said = verified(reporter)
        assert (found, exit_code) == (wrong, code)
        assert last in said


@pytest.mark.parametrize("in_process", [False, True])
def test_a_run_leaves_the_process_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, in_process: bool
) -> None:
    def state() -> dict[str, Any]:
        return {
            "environment": dict(os.environ),
            "signals": [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)],
            "path": list(sys.path),
            "modules": "mine" in sys.modules,
            "log": (logging.getLogger().level, list(logging.getLogger().handlers)),
            "warnings": list(warnings.filters),
            "folder": Path.cwd(),
        }

    monkeypatch.setenv("PYTEST_ADDOPTS", "--nonsense")
    monkeypatch.setenv("AWS_PROFILE", "nosuch")
    (tmp_path / "mine.py").write_text(FROM_REFERENCE)
    before = state()
    settings = Settings("python:mine:S3Reporter", in_process=in_process)
    done = verify(settings, Selection(BOTH), echo=lambda _: None)
    assert [run.status for run in done.verdict.runs if run.calls] == [Status.PASSED] * 2
    assert state() == before


def test_it_can_run_beside_the_main_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(
            verify, Settings(), Selection(A_JSON_REPORT), echo=lambda _: None
        ).result()
    assert done.exit_code == 0
