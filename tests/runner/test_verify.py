"""What a run makes of a reporter, by whatever way it is plugged in."""

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
from running import REFERENCE_COMMAND, run_here, statuses

from s3_reporter_conformance.adapters.finding import REFERENCE
from s3_reporter_conformance.runner.selection import Selection
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.runner.verify import verify
from s3_reporter_conformance.schemas import read_toml
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import ExitCode


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What failed is remembered in the current folder."""
    monkeypatch.chdir(tmp_path)


def failing(folder: Path, reporter: str, *arguments: str) -> set[str]:
    """The requirements that a reporter fails."""
    asked = (f"python:reporters:{reporter}", *arguments, "--report", "report.json")
    run_here("verify", *asked, folder=folder)
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


def test_a_command_is_verified_like_a_class(tmp_path: Path) -> None:
    selection = ("-k", "CFG-01 or CFG-09 or ERR-05 or FMT-12 or LOC-01 or SEQ-07 or ARC-01")
    done = run_here("verify", REFERENCE_COMMAND, *selection, "-n", "4", folder=tmp_path)
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
    done = run_here("verify", "command:sh endless.sh", "-k", "ERR-05", folder=tmp_path)
    assert "Does not conform: failed ERR-05" in done.stdout
    assert done.returncode == 1


def test_a_manifest_speaks_for_its_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "mine.py").write_text("from reporters import Broken")
    (tmp_path / "reporter.toml").write_text(
        'name = "broken"\nversion = "7"\nadapter = "python:mine:Broken"\n'
        'features = ["hadoop-safe-keys"]\n'
    )
    (tmp_path / "command.toml").write_text('name = "sh"\nadapter = "command:sh ./reply.sh"\n')
    (tmp_path / "reply.sh").write_text("""echo '{"ready": false}'""")
    asked = ("-k", "EXT-HADOOP-01 or KEY-08", "--report", "report.json")
    done = run_here("verify", "../reporter.toml", *asked, folder=elsewhere)
    assert "reporter  broken 7\n" in done.stdout
    assert statuses(elsewhere / "report.json")["EXT-HADOOP-01"] == "failed"
    done = run_here("verify", "../command.toml", *asked, folder=elsewhere)
    assert "Does not conform: failed KEY-08" in done.stdout
    assert statuses(elsewhere / "report.json")["EXT-HADOOP-01"] == "not-claimed"


def test_known_deviations_still_run(tmp_path: Path) -> None:
    known = ("verify", "python:reporters:Broken", "-k", "FMT-03 or CFG-09")
    listed = (*known, "--known-deviations", "known.toml")
    done = run_here(*listed, "--update-known-deviations", folder=tmp_path)
    assert "known.toml: added CFG-09: give it a reason and an issue; added FMT-03" in done.stdout
    assert done.returncode == 1
    done = run_here(*listed, "--report", "report.json", folder=tmp_path)
    assert "Deviates as known: CFG-09, FMT-03; all else that ran passed" in done.stdout
    assert "known.toml: file an issue for CFG-09, FMT-03, and name it" in done.stdout
    assert done.returncode == 0
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["conformant"] is False
    assert report["summary"]["known-deviation"] == 2
    passing = run_here(
        *("verify", "reference", "-k", "FMT-03", "--known-deviations", "known.toml"),
        folder=tmp_path,
    )
    assert "Does not conform: passed, although known not to: FMT-03" in passing.stdout
    assert passing.returncode == 1
    crash = run_here(
        *("verify", "python:reporters:Exits", "-k", "FMT-03", "--known-deviations", "known.toml"),
        folder=tmp_path,
    )
    assert "No verdict" in crash.stdout
    assert crash.returncode == 3


def in_process(folder: Path, words: str) -> str:
    """Verify a reporter that prints some words and its process, in this process."""
    (folder / "mine.py").write_text(
        "import logging, os\nfrom s3_reporter_conformance.reference import S3Reporter\n"
        "class Mine(S3Reporter):\n"
        "    def report(self, results):\n"
        f"        print('{words}', os.getpid())\n"
        "        return super().report(results)\n"
    )
    done = run_here("verify", "python:mine:Mine", "-k", "CFG-01", "--in-process", folder=folder)
    assert done.returncode == 0
    return done.stdout


def test_in_process_a_debugger_reaches_the_reporter(tmp_path: Path) -> None:
    assert f"once {os.getpid()}\n" in in_process(tmp_path, "once")
    again = tmp_path / "again"
    again.mkdir()
    assert f"twice {os.getpid()}\n" in in_process(again, "twice")


def test_one_run_after_the_other_in_one_process() -> None:
    selection = Selection("KEY-03 or FMT-03 or CFG-09")

    def run(reporter: str) -> tuple[dict[str, Status], ExitCode, str]:
        printed: list[str] = []
        done = verify(Settings(reporter), selection, echo=printed.append)
        ran = {q.id: r.status for q, r in done.verdict.results}
        ran = {name: status for name, status in ran.items() if status is not Status.NOT_SELECTED}
        assert done.report.reporter.adapter.endswith(reporter.rpartition(":")[2])
        return ran, done.exit_code, click.unstyle("\n".join(printed))

    wrong = dict.fromkeys(("CFG-09", "FMT-03", "KEY-03"), Status.FAILED)
    right = dict.fromkeys(wrong, Status.PASSED)
    for reporter, expected, code, last in (
        ("python:reporters:Broken", wrong, 1, "Does not conform: failed CFG-09, FMT-03, KEY-03"),
        (REFERENCE, right, 0, "Partial: what ran passed, but not everything was selected"),
        ("python:mutants.naming:NoSlash", {**right, "KEY-03": Status.FAILED}, 1, "failed KEY-03"),
        ("python:reporters:Exits", {**dict.fromkeys(wrong, Status.ADAPTER_ERROR)}, 3, "No verdict"),
        (REFERENCE, right, 0, "Partial: what ran passed, but not everything was selected"),
    ):
        ran, exit_code, printed = run(reporter)
        assert ran == expected
        assert exit_code == code
        assert last in printed.splitlines()[-1]


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
    (tmp_path / "mine.py").write_text("from s3_reporter_conformance.reference import S3Reporter")
    before = state()
    settings = Settings("python:mine:S3Reporter", in_process=in_process)
    done = verify(settings, Selection("CFG-01 or ERR-19"), echo=lambda _: None)
    assert done.verdict.counts[Status.PASSED] == 2
    assert state() == before


def test_it_can_run_beside_the_main_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(verify, Settings(), Selection("CFG-01"), echo=lambda _: None).result()
    assert done.exit_code == 0


def test_a_manifest_is_read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "reporter.toml"
    path.write_text(f'name = "mine"\nadapter = "{REFERENCE}"\n')
    read = []

    def counted(path: Path, *how: Any) -> dict[str, Any]:
        read.append(path)
        return read_toml(path, *how)

    monkeypatch.setattr("s3_reporter_conformance.adapters.finding.read_toml", counted)
    done = verify(Settings(str(path)), Selection("CFG-01"), echo=lambda _: None)
    assert done.report.reporter.name == "mine"
    assert read == [path]
