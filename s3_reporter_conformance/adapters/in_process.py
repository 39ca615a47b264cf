"""The `python:` adapter without processes, for a debugger."""

import contextlib
import importlib
import os
import sys
from pathlib import Path

from .ash_core import play, set_environment
from .base import Call, Outcome
from .entry_point import EntryPoint
from .log_capture import ash_core_logging
from .python import read_outcome


class InProcessAdapter:
    """Runs `module:attribute` in the suite's own process.

    If the reporter hangs, so does the suite; what it prints goes to the terminal.
    """

    def __init__(self, target: str, folder: Path, wrapper: str = "") -> None:
        """Store the reporter; see `PythonAdapter`."""
        self._reporter = EntryPoint(target, wrapper)
        self._folder = str(folder)
        self._modules = frozenset(sys.modules)
        sys.path.insert(0, self._folder)
        # The files may be newer than what the import system remembers of the folder.
        importlib.invalidate_caches()

    def open(self) -> None:
        """Nothing: the reporter is imported by the first call, under the debugger's eyes."""

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready; see `Adapter.run`."""
        before = dict(os.environ)
        set_environment(call.environment)
        try:
            with ash_core_logging():
                play(self._reporter, call)
        finally:
            set_environment(before)
        for name in ("stdout", "stderr"):
            (call.scratch / name).touch()
        return read_outcome(call)

    def interrupt(self) -> None:
        """Do nothing: killing this process would kill the suite."""

    def close(self) -> None:
        """Forget the reporter's modules: another of the same name may be asked for next."""
        with contextlib.suppress(ValueError):
            sys.path.remove(self._folder)
        for name in sys.modules.keys() - self._modules:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).is_relative_to(self._folder):
                del sys.modules[name]
