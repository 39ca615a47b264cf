"""Ending a reporter's processes, and how they ended."""

import contextlib
import os
import signal
from collections.abc import Iterable


def kill(pids: Iterable[int]) -> None:
    """Kill processes, if they still run."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def kill_group(leader: int) -> None:
    """Kill a group of processes, if it still has any."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def ending(code: int) -> str:
    """How a process ended, in words, by its exit code; a negative one is a signal's."""
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
