"""The time that a call may take: a busy machine does not use it up, and one that hangs does."""

import os
import time
from pathlib import Path

DEFAULT_TIMEOUT = 60.0
"""The default time limit of a call, in seconds."""

# A call that never stops to use the CPU ends after so many times its limit.
_MOST = 5
# User and system time of a process and of the children that it waited for, in ticks (proc(5)).
_TIMES = slice(11, 15)


class TimeLimit:
    """Counts the time in which the processes of a call use no CPU, where the system tells it."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self._seconds = seconds
        self._began = self._looked = time.monotonic()
        self._idle = self._used = self._before = 0.0

    @property
    def rest(self) -> float:
        """The seconds that are left, if no CPU is used."""
        over = self._looked - self._began
        return min(self._seconds - self._idle, _MOST * self._seconds - over)

    def start(self, pid: int) -> None:
        """Note what a process and all below it did before the call."""
        self._before = _cpu_seconds(pid)

    def look(self, pid: int) -> None:
        """Look what a process and all below it did since the last look."""
        now, used = time.monotonic(), _cpu_seconds(pid)
        if used == self._before:
            self._idle += now - self._looked
        self._used += max(0, used - self._before)
        self._looked, self._before = now, used

    def __str__(self) -> str:
        """How long the call took, and what to do about it."""
        return (
            f"so it was killed after {self._looked - self._began:.1f} s, in which it used "
            f"{self._used:.1f} s of CPU. Expected: it ends; find out why it hangs, or, if it is "
            f"only slow, give it --timeout={2 * self._seconds:g}"
        )


def _cpu_seconds(pid: int) -> float:
    """The CPU time of a process and its descendants, in seconds; 0 where it is not told."""
    folder = Path("/proc", str(pid))
    try:
        # The name of the program, in parentheses, may contain anything.
        told = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        children = " ".join(each.read_text() for each in folder.glob("task/*/children"))
    except OSError:
        # It ended meanwhile.
        return 0.0
    own = sum(map(int, told[_TIMES])) / os.sysconf("SC_CLK_TCK")
    return own + sum(_cpu_seconds(int(child)) for child in children.split())
