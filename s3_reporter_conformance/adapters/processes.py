"""Kills processes, and describes how they ended."""

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
    """Describe an exit code; a negative one is the number of a signal."""
    if code < 0:
        return f"was terminated by {signal.Signals(-code).name}"
    return f"exited with code {code}"
