"""Processes of a reporter: their environment, their end, and what they leave behind."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

# linux/prctl.h
_PR_SET_CHILD_SUBREAPER = 36
# How long, in seconds, killed processes may take to vanish.
_VANISHING = 5


def clean_environment() -> Mapping[str, str]:
    """The variables that all processes of a reporter share, whatever the scenario."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        # A zone whose offset is never zero, no whole number of hours, and another one in summer,
        # which is when it is winter in the north.  A name, because Node.js takes the POSIX form
        # `<+1245>-12:45` for UTC.
        "TZ": "Pacific/Chatham",
        # The C library looks there, so that the zone is known where the system has none.
        "TZDIR": str(resources.files("tzdata") / "zoneinfo"),
        # Without a locale, programs such as Java 17 read and write US-ASCII.
        "LANG": "C.UTF-8",
    }


def adopt_orphans() -> None:
    """Become the parent of what a child leaves behind, wherever it moved to (Linux, prctl(2)).

    A daemon can leave its group and its session, but not its ancestors.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def left_behind(group: int, patience: float) -> list[str]:
    """Name the processes that still run some seconds after the leader of their group ended."""
    deadline = time.monotonic() + patience
    while (alive := _children()) or signal_group(group, 0):
        if time.monotonic() >= deadline:
            return [f"process {pid} ({_command_line(pid)})" for pid in alive or [group]]
        time.sleep(0.01)
    return []


def kill_family(group: int) -> None:
    """Kill a group, the children of this process, and theirs, which become its own."""
    signal_group(group, signal.SIGKILL)
    deadline = time.monotonic() + _VANISHING
    while (alive := _children()) and time.monotonic() < deadline:
        for pid in alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def signal_group(leader: int, number: int) -> bool:
    """Send a signal to a group of processes; return whether there is one to get it."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def ending(code: int) -> str:
    """Describe an exit code; a negative one is the number of a signal."""
    if code < 0:
        # Some have no name.
        known = -code in signal.Signals.__members__.values()
        return f"was terminated by {signal.Signals(-code).name if known else f'signal {-code}'}"
    return f"exited with code {code}"


def _children() -> list[int]:
    """The children of this process that still run (Linux, proc(5))."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(pid) for path in tasks for pid in path.read_text().split()]


def _command_line(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
    return "unknown"
