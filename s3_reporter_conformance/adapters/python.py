"""The `python:` adapter: a class or factory in a module, one killable process per call."""

import contextlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, AdapterTimeoutError, UnsupportedError
from .base import Call, LogRecord, Outcome
from .fork_server import ForkServer, end_of
from .play import Target
from .processes import ending
from .scan_output import with_scan_output
from .scan_results import ScanResults

_WRITTEN = ("stdout", "stderr", "events")


class PythonAdapter:
    """Runs `module:attribute` in processes that a fork server forks.

    The fork server imports the reporter once, so that a call costs milliseconds.  If the reporter
    reads its settings from the environment during import, each process imports it anew.
    """

    def __init__(self, target: str, folder: Path, scratch: Path, wrapper: str = "") -> None:
        """Start the fork server, which begins to load the reporter.

        Args:
            target: `package.module:Attribute`.
            folder: The server's working folder, which is searched for modules first.
            scratch: A folder for the server's files.
            wrapper: Adapts the attribute to the contract, in the same form; empty if not needed.
        """
        self._target = Target(target, wrapper)
        self._folder = folder
        self._server = ForkServer(scratch / "loading.txt", folder, self._target)

    def open(self) -> None:
        """Wait until the reporter is loaded; see `Adapter.open`."""
        try:
            self._server.connect()
        except AdapterError as error:
            self.close()
            raise AdapterError(
                f"the reporter python:{self._target.name} cannot be loaded: {error}. Expected: a "
                f"module that can be imported from {self._folder} or from where this suite is "
                "installed, and a class or factory in it"
            ) from None

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready, in one process; see `Adapter.run`."""
        written = [call.scratch / name for name in _WRITTEN]
        try:
            exit_code, _ = self._server.run(call, time.monotonic() + call.timeout, written)
        except AdapterTimeoutError:
            raise AdapterTimeoutError(
                f"the reporter did not finish within {call.timeout:g} s while "
                f"{_stage(_events(call.scratch))}, so it was killed: raise --timeout, or "
                f"find out why it hangs{_printed(call.scratch)}"
            ) from None
        return read_outcome(call, exit_code)

    def interrupt(self) -> None:
        """Kill the reporter's process; see `Adapter.interrupt`."""
        self._server.interrupt()

    def close(self) -> None:
        """End the fork server."""
        self._server.close()


def read_outcome(call: Call, exit_code: int = 0) -> Outcome:
    """Read the events that a reporter's process recorded.

    Raises:
        AdapterError: It did not run to its end.
        UnsupportedError: What the scenario gives cannot be handed to it.
    """
    events = _events(call.scratch)
    logged = [event["log"] for event in events if "log" in event]
    found: dict[str, Any] = {"ready": False, "log": logged}
    for event in events:
        if "unsupported" in event:
            raise UnsupportedError(event["unsupported"])
        if "adapter_error" in event:
            raise AdapterError(event["adapter_error"] + _printed(call.scratch))
        found |= event.get("outcome", {})
    if not any("finished" in event for event in events):
        message = f"the reporter's process {ending(exit_code)} while {_stage(events)}"
        raise AdapterError(message + _printed(call.scratch))
    for name in ("stdout", "stderr"):
        found[name] = (call.scratch / name).read_text(errors="replace")
    found["log"] = tuple(LogRecord(**each) for each in found["log"])
    if found.get("handed"):
        found["handed"] = ScanResults(**found["handed"])
    outcome = Outcome(**found)
    return with_scan_output(outcome, call.output_dir) if call.source_dir else outcome


def _events(scratch: Path) -> list[Mapping[str, Any]]:
    path = scratch / "events"
    events = []
    for line in path.read_text(errors="replace").splitlines() if path.exists() else ():
        # A killed process may leave an incomplete line, and a reporter may write there, too.
        with contextlib.suppress(ValueError, RecursionError):
            event = json.loads(line)
            if isinstance(event, dict):
                events.append(event)
    return events


def _stage(events: list[Mapping[str, Any]]) -> str:
    stages = [event["stage"] for event in events if "stage" in event]
    return f"{stages[-1]} was running" if stages else "it was starting"


def _printed(scratch: Path) -> str:
    printed = "".join(end_of(scratch / name) for name in ("stdout", "stderr"))
    return f"\nit printed: {printed}" if printed else ""
