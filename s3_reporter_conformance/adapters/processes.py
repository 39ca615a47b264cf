"""Kills processes, and describes how they ended."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

# linux/prctl.h
_PR_SET_CHILD_SUBREAPER = 36
# How long, in seconds, killed processes may take to vanish.
_VANISHING = 5


def adopt_orphans() -> None:
    """Become the parent of what a child leaves behind, wherever it moved to (Linux, prctl(2)).

    A daemon can leave its group and its session, but not its ancestors.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children() -> list[int]:
    """The children of this process that still run (Linux, proc(5))."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(pid) for path in tasks for pid in path.read_text().split()]


def kill_children() -> None:
    """Kill the children of this process, and theirs, which become its own."""
    deadline = time.monotonic() + _VANISHING
    while (alive := children()) and time.monotonic() < deadline:
        kill(alive)
        time.sleep(0.001)


def kill(pids: Iterable[int]) -> None:
    """Kill processes, if they still run."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def kill_group(leader: int) -> None:
    """Kill a group of processes, if it still has any."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def group_lives(leader: int) -> bool:
    """Whether a group has any process that is not known as a child."""
    try:
        os.killpg(leader, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def command_line(pid: int) -> str:
    """The command line of a process, if the system tells it."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
    return "unknown"


def ending(code: int) -> str:
    """Describe an exit code; a negative one is the number of a signal."""
    if code < 0:
        # Some have no name.
        known = -code in signal.Signals.__members__.values()
        return f"was terminated by {signal.Signals(-code).name if known else f'signal {-code}'}"
    return f"exited with code {code}"
