"""The `python:` adapter without processes, for a debugger."""

import os
import sys
from pathlib import Path

from .base import Call, Outcome
from .log_capture import ash_core_logging
from .play import Target, play, set_environment
from .python import read_outcome


class InProcessAdapter:
    """Runs `module:attribute` in the suite's own process.

    If the reporter hangs, so does the suite; what it prints goes to the terminal.
    """

    def __init__(self, target: str, folder: Path, _: Path, wrapper: str = "") -> None:
        """Store the reporter; see `PythonAdapter`."""
        self._target = Target(target, wrapper)
        sys.path.insert(0, str(folder))

    def open(self) -> None:
        """Nothing: the reporter is imported by the first call, under the debugger's eyes."""

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready; see `Adapter.run`."""
        before = dict(os.environ)
        set_environment(call.environment)
        try:
            with ash_core_logging():
                play(self._target, call)
        finally:
            set_environment(before)
        for name in ("stdout", "stderr"):
            (call.scratch / name).touch()
        return read_outcome(call)

    def interrupt(self) -> None:
        """Do nothing: killing this process would kill the suite."""

    def close(self) -> None:
        """Nothing was started."""
