"""The `python:` adapter: a class or factory in a module, one killable process per call."""

import contextlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, AdapterTimeoutError, UnsupportedError
from .base import Call, LogRecord, Outcome
from .fork_server import NeedsFreshImport, Ready
from .processes import ending
from .scan_results import ScanResults
from .scanned import Said, scan_outcome
from .server import Server, end_of

_WRITTEN = ("stdout", "stderr", "events")


class PythonAdapter:
    """Runs `module:attribute` in processes that a fork server forks.

    The fork server imports the reporter once, so that a call costs milliseconds.  If the reporter
    reads its settings from the environment during import, each process imports it anew.
    """

    def __init__(self, target: str, scratch: Path, folder: Path, wrapper: str = "") -> None:
        """Start the fork server, which begins to load the reporter.

        Args:
            target: `package.module:Attribute`.
            scratch: A folder for the server's files.
            folder: The server's working folder, which is searched for modules first.
            wrapper: Adapts the attribute to the contract, in the same form; empty if not needed.
        """
        self._target = target
        self._wrapper = wrapper
        self._folder = folder
        self._output = scratch / "loading.txt"
        self._server = self._start(preload=True)

    def open(self) -> None:
        """Wait until the reporter is loaded; see `Adapter.open`."""
        # A wrapper makes sure that settings are read anew for each call.
        if isinstance(self._connect(), NeedsFreshImport) and not self._wrapper:
            self.close()
            self._server = self._start(preload=False)
            self._connect()

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready, in one process; see `Adapter.run`."""
        written = [call.scratch / name for name in _WRITTEN]
        try:
            ended = self._server.run(call, time.monotonic() + call.timeout, written)
        except AdapterTimeoutError:
            message = (
                f"the reporter did not finish within {call.timeout:g} s while "
                f"{_stage(_events(call.scratch))}, so it was killed: raise --timeout, or "
                "find out why it hangs"
            )
            raise AdapterTimeoutError(message + _printed(call.scratch)) from None
        return read_outcome(call, ended.code)

    def interrupt(self) -> None:
        """Kill the reporter's process; see `Adapter.interrupt`."""
        self._server.interrupt()

    def close(self) -> None:
        """End the fork server."""
        self._server.close()

    def _start(self, *, preload: bool) -> Server:
        return Server(self._output, self._folder, self._target, self._wrapper, preload=preload)

    def _connect(self) -> Ready | NeedsFreshImport:
        try:
            return self._server.connect()
        except AdapterError as error:
            self.close()
            message = (
                f"the reporter python:{self._target} cannot be loaded: {error}. Expected: a module "
                f"that can be imported from {self._folder} or from where this suite is installed, "
                "and a class or factory in it"
            )
            raise AdapterError(message) from None


def read_outcome(call: Call, exit_code: int = 0) -> Outcome:
    """Read the events that a reporter's process recorded.

    Raises:
        AdapterError: It did not run to its end.
        UnsupportedError: What the scenario gives cannot be handed to it.
    """
    events = _events(call.scratch)
    seen = {event["event"]: event for event in events}
    if adapter_error := seen.get("adapter-error"):
        raise AdapterError(adapter_error["text"] + _printed(call.scratch))
    if unsupported := seen.get("unsupported"):
        raise UnsupportedError(unsupported["text"])
    if "finished" not in seen:
        message = f"the reporter's process {ending(exit_code)} while {_stage(events)}"
        raise AdapterError(message + _printed(call.scratch))
    ran: Mapping[str, Any] = seen.get("ran", {}).get("value", {})
    logged = ran["log"] if ran else (event for event in events if event["event"] == "log")
    said = Said(
        log=_log(logged),
        stdout=(call.scratch / "stdout").read_text(errors="replace"),
        stderr=(call.scratch / "stderr").read_text(errors="replace"),
    )
    if call.source_dir:
        code = ran["exit_code"] if ran else seen["exit-code"]["value"]
        outcome = scan_outcome(call.output_dir, code, said)
        return replace(outcome, ready=ran["ready"]) if ran else outcome
    if ran:
        return Outcome(
            ready=ran["ready"],
            returned=ran["returned"],
            exception=ran["exception"],
            handed=ScanResults(ran["handed"]),
            **said,
        )
    return Outcome(
        ready=seen["ready"]["value"],
        returned=seen.get("returned", {}).get("value"),
        exception=seen.get("exception", {}).get("text"),
        **said,
    )


def _log(entries: Iterable[Mapping[str, Any]]) -> tuple[LogRecord, ...]:
    return tuple(LogRecord(each["level"], each["logger"], each["message"]) for each in entries)


def _events(scratch: Path) -> list[Mapping[str, Any]]:
    path = scratch / "events"
    if not path.exists():
        return []
    events = []
    for line in path.read_text(errors="replace").splitlines():
        # A killed process may leave an incomplete line, and a reporter may write there, too.
        with contextlib.suppress(ValueError, RecursionError):
            match json.loads(line):
                case {"event": str()} as event:
                    events.append(event)
    return events


def _stage(events: list[Mapping[str, Any]]) -> str:
    stages = [event["value"] for event in events if event["event"] == "stage"]
    return f"{stages[-1]} was running" if stages else "it was starting"


def _printed(scratch: Path) -> str:
    printed = "".join(end_of(scratch / name) for name in ("stdout", "stderr")).strip()
    return f"\nit printed: {printed}" if printed else ""
