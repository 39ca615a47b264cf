"""The progress of the suite, at the foot of a terminal; elsewhere nothing."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import RLock

from tqdm import tqdm

_FORMAT = "{n_fmt} of {total_fmt} runs, {elapsed} so far, {remaining} left"

# The process is going to fork: no thread of tqdm's, and no lock between processes.
tqdm.monitor_interval = 0
tqdm.set_lock(RLock())


class Progress:
    """A line below what is printed, which is taken away at the end."""

    def __init__(self, echo: Callable[[str], None]) -> None:
        """Show nothing yet.

        Args:
            echo: Prints above the line.
        """
        self._echo = echo
        self._bar = tqdm(disable=True)

    def begin(self, total: int) -> None:
        """Show the line.

        Args:
            total: The number of runs to make.
        """
        self._bar = tqdm(
            total=total, bar_format=_FORMAT, leave=False, file=sys.stdout, disable=not _terminal()
        )

    def advance(self) -> None:
        """Count one more run."""
        self._bar.update()

    def print(self, text: str) -> None:
        """Print above the line."""
        with above_the_line():
            self._echo(text)

    def end(self) -> None:
        """Take the line away."""
        self._bar.close()


def above_the_line() -> AbstractContextManager[None]:
    """Take the line away for as long as something is printed, if there is one."""
    manager: AbstractContextManager[None] = tqdm.external_write_mode(file=sys.stdout)
    return manager


def _terminal() -> bool:
    return sys.stdout.isatty()
