"""A run that is broken off at any moment leaves nothing behind, and no report that is whole."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import pytest
from running import COMMAND, processes, run, wait_until
from somebodys_server import client, started_server

# Quick runs, and some that wait.
ASKED = "ARC or CFG-03 or ERR-02 or ERR-03 or ERR-07 or LOC-01 or SEQ-01"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> float:
    """The seconds that a run takes that is not broken off, on the machine as it is."""
    begun = time.monotonic()
    run("verify", "-k", ASKED, folder=tmp_path_factory.mktemp("whole"))
    return time.monotonic() - begun


def break_off(folder: Path, how: signal.Signals, backend: str, moment: int, whole: float) -> None:
    """Start a run, break it off at a moment, and expect what it says of that."""
    report, complaints = folder / "report.json", folder / "complaints"
    report.unlink(missing_ok=True)
    asked = ("verify", "reference", "-k", ASKED, "-n", str(moment % 2 * 4), "--backend", backend)
    with (
        complaints.open("wb") as stderr,
        subprocess.Popen(
            [*COMMAND, *asked, "--report", str(report)],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder / "temporary")},
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        ) as process,
    ):
        time.sleep(Random(f"{how} {moment}").uniform(0, whole))  # noqa: S311 -- moments
        # Ctrl-C and the end of a terminal reach every process, other signals just one.
        if how in {signal.SIGINT, signal.SIGHUP}:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        code = process.wait()
    wait_until(lambda: not processes(str(folder / "temporary")))
    written = report.read_text() if report.exists() else ""
    if not written:
        # An empty file is no report: whoever reads it is told.  Python itself may be starting.
        assert code in {130, -how, -signal.SIGINT}
    elif json.loads(written)["aborted"]:
        assert json.loads(written)["conclusion"].startswith("No verdict: interrupted after ")
        assert code in {130, -signal.SIGINT}
        assert "Traceback" not in complaints.read_text()


@pytest.mark.parametrize("how", ENDINGS, ids=lambda each: each.name)
def test_a_run_that_is_ended_leaves_nothing(
    tmp_path: Path, how: signal.Signals, whole: float
) -> None:
    (tmp_path / "temporary").mkdir()
    with started_server() as url:
        for moment, backend in enumerate(("moto", "moto", url, url)):
            break_off(tmp_path, how, backend, moment, whole)
            assert list((tmp_path / "temporary").iterdir()) == []
        assert client("s3", url).list_buckets()["Buckets"] == []


def test_the_next_run_removes_the_remains_of_killed_ones(tmp_path: Path, whole: float) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    left = 0
    for moment in range(6):
        break_off(tmp_path, signal.SIGKILL, "moto", moment, whole)
        left = max(left, len(list(temporary.iterdir())))
    assert left == 1
    environment = {"TMPDIR": str(temporary)}
    done = run("verify", "-k", "a-json-report", folder=tmp_path, environment=environment)
    assert done.returncode == 0
    assert list(temporary.iterdir()) == []
