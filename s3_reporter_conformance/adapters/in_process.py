"""The `python:` adapter without processes, for a debugger."""

import os
import sys
from pathlib import Path

from .base import Call, Outcome
from .fork_server import EntryPoint, play
from .python import read_outcome


class InProcessAdapter:
    """Runs `module:attribute` in the suite's own process.

    If the reporter hangs, so does the suite; what it prints goes to the terminal.
    """

    def __init__(self, target: str, folder: Path, wrapper: str = "") -> None:
        """Store the reporter; see `PythonAdapter`."""
        self._reporter = EntryPoint(target, wrapper)
        sys.path.insert(0, str(folder))

    def open(self) -> None:
        """Nothing: the reporter is imported by the first call, under the debugger's eyes."""

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready; see `Adapter.run`."""
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(call.environment)
        try:
            play(self._reporter, call)
        finally:
            os.environ.clear()
            os.environ.update(before)
        for name in ("stdout", "stderr"):
            (call.scratch / name).touch()
        return read_outcome(call)

    def interrupt(self) -> None:
        """Do nothing: killing this process would kill the suite."""

    def close(self) -> None:
        """Do nothing: there is no other process."""
