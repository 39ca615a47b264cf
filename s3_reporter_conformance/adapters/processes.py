"""Processes of a reporter: their environment, their end, and what they leave behind."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

_ZONES = ("Pacific/Chatham", "Etc/GMT+12")
_TODAY = datetime.now(timezone.utc)
LOCAL_ZONE = next(each for each in _ZONES if _TODAY.astimezone(ZoneInfo(each)).day != _TODAY.day)
"""A zone in which it is another day than in UTC; if it can be, no whole number of hours away.

A name, because Node.js takes the POSIX form `<+1245>-12:45` for UTC.
"""

CONTAINER_TOKEN = "made-up-token-of-a-container"  # noqa: S105 -- it opens nothing
"""The value of AWS_CONTAINER_AUTHORIZATION_TOKEN, which SDKs use beside another variable alone."""

# linux/prctl.h
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# Child processes may take longer to end than a command, in seconds; long on a busy machine.
_FAREWELL = 3
# How long, in seconds, killed processes may take to vanish.
_VANISHING = 5


def clean_environment() -> Mapping[str, str]:
    """The variables that all processes of a reporter share, whatever the scenario."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "TZ": LOCAL_ZONE,
        # The C library looks there, so that the zone is known where the system has none.
        "TZDIR": str(resources.files("tzdata") / "zoneinfo"),
        # Without a locale, programs such as Java 17 read and write US-ASCII.
        "LANG": "C.UTF-8",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": CONTAINER_TOKEN,
    }


def adopt_orphans() -> None:
    """Become the parent of what a child leaves behind, wherever it moved to (Linux, prctl(2)).

    A daemon can leave its group and its session, but not its ancestors.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent() -> None:
    """Let this process be killed when its parent ends (Linux, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def leaves_processes(group: int) -> bool:
    """Whether others still run, although the leader of their group ended a moment ago."""
    deadline = time.monotonic() + _FAREWELL
    while _children() or _signal_group(group, 0):
        if time.monotonic() >= deadline:
            return True
        time.sleep(0.01)
    return False


def kill_family(group: int) -> None:
    """Kill a group, the children of this process, and theirs, which become its own."""
    _signal_group(group, signal.SIGKILL)
    deadline = time.monotonic() + _VANISHING
    while (alive := _children()) and time.monotonic() < deadline:
        for pid in alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def reap() -> None:
    """Take note of the children of this process that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


def ending(code: int) -> str:
    """Describe an exit code; a negative one is the number of a signal."""
    if code < 0:
        # Some have no name.
        known = -code in signal.Signals.__members__.values()
        return f"was terminated by {signal.Signals(-code).name if known else f'signal {-code}'}"
    return f"exited with code {code}"


def _signal_group(leader: int, number: int) -> bool:
    """Send a signal to a group of processes; return whether there is one to get it."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _children() -> list[int]:
    """The children of this process that still run (Linux, proc(5))."""
    reap()
    path = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in path.read_text().split()] if path.exists() else []
