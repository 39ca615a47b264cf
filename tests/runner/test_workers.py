"""A run that is shared among processes tells what one process would, and leaves none behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from operator import attrgetter
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from running import COMMAND, processes, run_here, wait_until

from s3_reporter_conformance.runner import workers
from s3_reporter_conformance.runner.resources import SCENARIO
from s3_reporter_conformance.spec.gherkin import all_scenarios

SOME = ("-m", "report_sequence")
SLOW = """
import time
from s3_reporter_conformance.reference import S3Reporter

class Slow(S3Reporter):
    def report(self, results):
        time.sleep(1800)
        return super().report(results)
"""


def report_of(folder: Path, *arguments: str) -> Any:
    done = run_here("verify", *arguments, "--report", "report.json", folder=folder)
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads((folder / "report.json").read_text())
    rules = [(each["id"], each["status"], each["whenever"]) for each in report["rules"]]
    runs = [(each["id"], each["status"], each["kept"], each["facts"]) for each in report["runs"]]
    return rules, runs


def test_workers_change_no_result(tmp_path: Path) -> None:
    wrong = ("python:mutants:NoSlash", "-k", "KEY-03 or SEQ-04 or SEQ-06")
    assert report_of(tmp_path, *wrong, "-n", "0") == report_of(tmp_path, *wrong, "-n", "6")


@pytest.fixture
def slow(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A run of three workers, each of which waits for a reporter."""
    (tmp_path / "slow.py").write_text(SLOW)
    (tmp_path / "temporary").mkdir()
    with subprocess.Popen(
        [*COMMAND, "verify", "python:slow:Slow", *SOME, "-n", "3"],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            # The fork server, and of each call, its keeper and the reporter.
            wait_until(lambda: len(processes(f"HOME={tmp_path}/temporary")) == 7)
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("group", [True, False], ids=["interrupt of the group", "termination"])
def test_an_interrupted_run_leaves_nobody_behind(
    slow: "subprocess.Popen[str]", tmp_path: Path, group: bool
) -> None:
    if group:
        os.killpg(slow.pid, signal.SIGINT)
    else:
        slow.terminate()
    printed, _ = slow.communicate()
    assert "Interrupted: the reporter is stopped" in printed
    assert "No verdict: interrupted after 0 of " in printed
    assert "adapter error" not in printed
    assert slow.returncode == 130
    wait_until(lambda: not processes(str(tmp_path)))
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_whoever_presses_ctrl_c_again_and_again_changes_nothing(
    slow: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    while slow.poll() is None:
        os.killpg(slow.pid, signal.SIGINT)
        time.sleep(0.04)
    assert slow.returncode == 130
    wait_until(lambda: not processes(str(tmp_path)))
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_run_leaves_nobody_behind(slow: "subprocess.Popen[str]", tmp_path: Path) -> None:
    slow.kill()
    wait_until(lambda: not processes(str(tmp_path)))


class _Stubborn:
    """Catches whatever asks it to end."""

    def make(self, number: int, tell: Callable[[int], None]) -> None:
        tell(number)
        try:
            time.sleep(1800)
        except KeyboardInterrupt:
            tell(-1)

    def lost(self, number: int, problem: str) -> None:
        raise AssertionError(number, problem)


def test_a_process_ends_although_a_reporter_in_it_caught_the_interrupt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_TIME_TO_CLEAN_UP", 1800)
    session: Any = Mock()
    told = workers.perform(session, _Stubborn(), range(4), workers=2)
    assert {next(told), next(told)} == {0, 1}
    told.close()
    assert active_children() == []


@pytest.mark.parametrize("moments", [["__init__"], ["hand"], ["__init__", "hand"]])
def test_an_interrupt_leaves_no_process_whenever_it_comes(
    monkeypatch: pytest.MonkeyPatch, moments: list[str]
) -> None:
    def interrupted(method: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            method(*arguments)
            signal.raise_signal(signal.SIGINT)

        return call

    for moment in moments:
        method = f"_Worker.{moment}"
        monkeypatch.setattr(
            f"{workers.__name__}.{method}", interrupted(attrgetter(method)(workers))
        )
    session: Any = Mock()
    with pytest.raises(KeyboardInterrupt):
        list(workers.perform(session, _Stubborn(), range(4), workers=2))
    assert active_children() == []


def test_runs_that_wait_begin_behind_the_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    scenarios = all_scenarios()
    session: Any = Mock(items=[Mock(stash={SCENARIO: each}) for each in scenarios])
    monkeypatch.setattr(workers, "perform", lambda _session, _job, numbers, _workers: numbers)
    shared: Any = workers.make_runs(session, workers=2)
    assert sorted(shared) == [*workers.make_runs(session, workers=0)] == [*range(len(scenarios))]
    end = 2 + sum(each.waits for each in scenarios[2:])
    first, waiting, others = shared[:2], shared[2:end], shared[end:]
    assert first == [0, 1]
    assert {"ERR-07", "EXT-LIMIT-01", "EXT-RETRY-02"} < {scenarios[each].rule for each in waiting}
    assert others == sorted(others)
