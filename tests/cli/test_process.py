"""The suite as a process: its terminal, its environment, and its traces."""

import fcntl
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from running import COMMAND, MUTANTS, ended, made, run
from surroundings import VARIABLES, Place, Trap

from s3_reporter_conformance.spec.gherkin import all_scenarios

FALSE_ALARM = "python:reporters:FalseAlarm"


def test_a_terminal_gets_colors_unless_they_are_refused(tmp_path: Path) -> None:
    def printed(*arguments: str, **environment: str) -> bytes:
        terminal, its_end = pty.openpty()
        fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        subprocess.run(
            [*COMMAND, "verify", FALSE_ALARM, "-k", "a-json-report", "--quiet", *arguments],
            cwd=tmp_path,
            env={**os.environ, **MUTANTS, "TERM": "xterm", **environment},
            stdout=its_end,
            check=True,
        )
        os.close(its_end)
        try:
            return os.read(terminal, 100_000)
        finally:
            os.close(terminal)

    colored = printed()
    assert b"\x1b[" in colored
    assert b"\r0 of 1 runs, 00:00 so far" in colored
    assert b"\rseeking causes: 1 of 1 rules, 00:0" in colored
    assert b"\x1b[" not in printed("--no-color")
    assert b"\x1b[" not in printed(NO_COLOR="1")


def test_settings_of_the_user_change_nothing(tmp_path: Path) -> None:
    """All at once; `tests/reliability` tries more."""
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


@pytest.mark.parametrize("detail", ["--quiet", "--verbose"])
def test_a_reader_that_goes_away_is_no_verdict(tmp_path: Path, detail: str) -> None:
    line = shlex.join([*COMMAND, "verify", "-k", "a-json-report", detail])
    shell = ["bash", "-c", f"{line} | head -n 1; exit ${{PIPESTATUS[0]}}"]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (141, "")


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


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_changes_no_verdict(tmp_path: Path, closed: str) -> None:
    line = shlex.join([*COMMAND, "verify", "-k", "a-json-report", "--report", "report.json"])
    done = ended("sh", "-c", f"{line} {closed}", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert made(tmp_path / "report.json") == {"a-json-report"}
