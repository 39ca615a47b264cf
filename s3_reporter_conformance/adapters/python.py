"""The `python:` adapter: a class or factory in a module, one killable process per call or none."""

import contextlib
import json
import os
import sys
from collections import ChainMap
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, AdapterTimeoutError, UnsupportedError
from .base import Call, Outcome
from .fork_server import ForkServer, last_words
from .logs import LogRecord, ash_core_logging
from .play import Target, play, set_environment
from .processes import ending
from .scan_results import ScanResults
from .time_limit import TimeLimit


class PythonAdapter(ForkServer):
    """Runs `module:attribute` in processes that a fork server forks.

    The fork server imports the reporter once, so that a call costs milliseconds.  If the reporter
    reads its settings from the environment during import, each process imports it anew.
    """

    def __init__(self, target: str, folder: Path, scratch: Path, wrapper: str = "") -> None:
        """Begin to load the reporter; see `Target` and `ForkServer`."""
        super().__init__(Target(target, wrapper), folder, scratch)
        self._target, self._folder = target, folder

    def open(self) -> None:
        """Wait until the reporter is loaded; see `Adapter.open`."""
        try:
            self.connect().connection.close()
        except AdapterError as error:
            self.close()
            if "No module named 'automated_security_helper'" in str(error):
                raise AdapterError("ASH is not installed; see docs/ash.md") from None
            raise AdapterError(
                f"the reporter python:{self._target} cannot be loaded: {error}. Expected: a class "
                f"or factory in a module that can be imported, with all that it needs, from "
                f"{self._folder}, from PYTHONPATH, or from where this suite is installed"
            ) from None

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready, in one process; see `Adapter.run`."""
        written = [call.scratch / name for name in ("stdout", "stderr", "events")]
        limit = TimeLimit(call.timeout)
        ended = self.run_process(call, limit, written)
        if not ended:
            raise AdapterTimeoutError(
                f"the reporter did not finish within {call.timeout:g} s while "
                f"{_stage(_events(call.scratch))}, {limit}{last_words(*written[:2])}"
            )
        return _read_outcome(call, ended[0])


class InProcessAdapter:
    """Runs `module:attribute` in the suite's own process, for a debugger.

    If the reporter hangs, so does the suite; what it prints goes to the terminal.
    """

    def __init__(self, target: str, folder: Path, _: Path) -> None:
        """Store the reporter; see `PythonAdapter`."""
        self._target = Target(target)
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
        return _read_outcome(call)

    def interrupt(self) -> None:
        """Do nothing: killing this process would kill the suite."""

    def close(self) -> None:
        """Nothing was started."""


def _read_outcome(call: Call, exit_code: int = 0) -> Outcome:
    """Read the events that a reporter's process recorded; the last is its outcome, or an error."""
    events = _events(call.scratch)
    printed = [call.scratch / name for name in ("stdout", "stderr")]
    last: ChainMap[str, Any] = ChainMap(*reversed(events))
    if "unsupported" in last:
        raise UnsupportedError(last["unsupported"])
    if "adapter_error" in last:
        raise AdapterError(last["adapter_error"] + last_words(*printed))
    if "outcome" not in last:
        message = f"the reporter's process {ending(exit_code)} while {_stage(events)}"
        raise AdapterError(message + last_words(*printed))
    found = last["outcome"]
    # A program has a log of its own.
    logged = found.get("log") or [event["log"] for event in events if "log" in event]
    found |= {
        "log": tuple(LogRecord(**each) for each in logged),
        "stdout": printed[0].read_text(errors="replace"),
        "stderr": printed[1].read_text(errors="replace"),
        "handed": ScanResults(**found["handed"]) if "handed" in found else None,
    }
    outcome = Outcome(**found)
    return outcome.of_scan(call.output_dir) if call.source_dir else outcome


def _events(scratch: Path) -> list[dict[str, Any]]:
    path = scratch / "events"
    events: list[dict[str, Any]] = []
    for line in path.read_text(errors="replace").splitlines() if path.exists() else ():
        # A killed process may leave an incomplete line, and a reporter may write there, too.
        with contextlib.suppress(ValueError, RecursionError):
            event = json.loads(line)
            if isinstance(event, dict):
                events.append(event)
    return events


def _stage(events: list[dict[str, Any]]) -> str:
    stages = [event["stage"] for event in events if "stage" in event]
    return f"{stages[-1]} was running" if stages else "it was starting"
