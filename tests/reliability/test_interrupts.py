"""A run that is broken off at any moment leaves nothing behind, and no report that is whole."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from running import COMMAND, processes, run, wait_until
from somebodys_server import client, started_server

# Quick runs, and some that wait.
ASKED = "ARC or CFG-03 or ERR-02 or ERR-03 or ERR-07 or LOC-01 or SEQ-01"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# As long as a run takes to begin, in seconds, and some of its runs.
LONGEST = 4.0
MOMENTS = range(6)


@dataclass(frozen=True)
class Ended:
    """The remains of a run that was broken off."""

    code: int
    printed: str
    complained: str
    report: str


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def break_off(
    folder: Path, workers: int, how: signal.Signals, chance: Random, backend: str = "moto"
) -> Ended:
    """Start a run, and break it off at a moment that chance gives."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    asked = ("verify", "reference", "-k", ASKED, "-n", str(workers), "--backend", backend)
    complaints = folder / "complaints"
    with (
        complaints.open("wb") as stderr,
        subprocess.Popen(
            [*COMMAND, *asked, "--report", str(report)],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder / "temporary")},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout
        time.sleep(chance.uniform(0, LONGEST))
        # Ctrl-C and the end of a terminal reach every process, other signals just one.
        if how in {signal.SIGINT, signal.SIGHUP}:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        printed = process.stdout.read()
        code = process.wait(60)
    return Ended(
        code, printed, complaints.read_text(), report.read_text() if report.exists() else ""
    )


def moments(*words: object) -> Iterator[Random]:
    """As many moments as there are to try; the same in every run of the tests."""
    for moment in MOMENTS:
        yield Random(f"{words} {moment}")  # noqa: S311 -- moments


@pytest.mark.parametrize("workers", [0, 4])
@pytest.mark.parametrize("how", ENDINGS, ids=lambda each: each.name)
def test_a_run_that_is_ended_leaves_nothing(
    temporary: Path, how: signal.Signals, workers: int
) -> None:
    for chance in moments(how, workers):
        ended = break_off(temporary.parent, workers, how, chance)
        wait_until(lambda: not processes(str(temporary)))
        assert list(temporary.iterdir()) == [], ended
        if not ended.printed:
            # Python itself was starting.
            assert ended.code in {-how, -signal.SIGINT, 130}, ended
            continue
        assert "Traceback" not in ended.complained
        report = json.loads(ended.report) if ended.report else None
        if report and not report["aborted"]:
            # It had come to its end; Python itself was ending.
            assert ended.code in {0, -how, 130}, ended
            continue
        # After one within an `exec`, Python ends by the signal, which shells call 130, too.
        assert ended.code in {130, -signal.SIGINT}, ended
        if report:
            assert report["aborted"] == "interrupted"
            assert report["conclusion"].startswith("No verdict: the run was interrupted")
            assert report["conformant"] is False


@pytest.mark.parametrize("workers", [0, 4])
def test_the_next_run_removes_the_remains_of_killed_ones(temporary: Path, workers: int) -> None:
    left: list[str] = []
    for chance in moments("SIGKILL", workers):
        ended = break_off(temporary.parent, workers, signal.SIGKILL, chance)
        assert ended.code == -signal.SIGKILL
        wait_until(lambda: not processes(str(temporary)))
        left = max(left, sorted(each.name for each in temporary.iterdir()), key=len)
        # An empty file is no report: whoever reads it is told.
        assert ended.report == ""
    assert len(left) == 1, left
    environment = {"TMPDIR": str(temporary)}
    done = run("verify", "-k", "a-json-report", folder=temporary.parent, environment=environment)
    assert done.returncode == 0
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("how", "workers"),
    [(signal.SIGINT, 0), (signal.SIGTERM, 4), (signal.SIGKILL, 4)],
    ids=["interrupted", "ended, with workers", "killed, with workers"],
)
def test_no_bucket_stays_on_a_server_of_somebody_else(
    temporary: Path, how: signal.Signals, workers: int
) -> None:
    with started_server() as url:
        for chance in moments("bucket", how, workers):
            break_off(temporary.parent, workers, how, chance, url)
            wait_until(lambda: not processes(str(temporary)))
        assert client("s3", url).list_buckets()["Buckets"] == []
