"""The `python:` adapter: a class or factory in a module, one killable process per call."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from ..errors import AdapterError, AdapterTimeoutError, UnsupportedError
from .base import Call, LogRecord, Outcome
from .fork_server import LoadFailed, NeedsFreshImport, Process, Ready
from .processes import ending, kill, kill_group
from .scan_results import ScanResults
from .scanned import Said, scan_outcome
from .surroundings import surroundings

# Long enough for the heaviest import on a slow machine.
_LOADING_SECONDS = 60.0

# Not `-m`, which would look for the suite in the current folder first.
_FORK_SERVER = """
import sys
descriptor, target, wrapper, preload = sys.argv[1:5]
sys.path[:] = sys.argv[5:]
del sys.argv[1:]
from s3_reporter_conformance.adapters.fork_server import EntryPoint, serve
serve(int(descriptor), EntryPoint(target, wrapper), preload=preload == "True")
"""


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
        self._running: int | None = None
        self._servers: dict[int, Connection[Any, Any]] = {}
        self._start(preload=True)

    def open(self) -> None:
        """Wait until the reporter is loaded; see `Adapter.open`."""
        # A wrapper makes sure that settings are read anew for each call.
        if isinstance(self._connect(), NeedsFreshImport) and not self._wrapper:
            self.close()
            self._start(preload=False)
            self._connect()

    def run(self, call: Call) -> Outcome:
        """Call `validate`, then `report` if ready, in one process; see `Adapter.run`."""
        if os.getpid() not in self._servers:
            self._connect()
        server = self._servers[os.getpid()]
        server.send(call)
        process: Process = server.recv()
        self._running = process.pid
        try:
            finished = server.poll(call.timeout)
        finally:
            _kill(process.pid)
            self._running = None
        status: int = server.recv()
        if not finished:
            message = (
                f"the reporter did not finish within {call.timeout:g} s while "
                f"{_stage(_events(call.scratch))}, so it was killed: raise --timeout, or "
                "find out why it hangs"
            )
            raise AdapterTimeoutError(message + _printed(call.scratch))
        return read_outcome(call, os.waitstatus_to_exitcode(status))

    def interrupt(self) -> None:
        """Kill the reporter's process; see `Adapter.interrupt`."""
        if self._running is not None:
            _kill(self._running)

    def close(self) -> None:
        """End the fork server."""
        for connection in self._servers.values():
            connection.close()
        self._servers.clear()
        self._control.close()
        self._fork_server.kill()
        self._fork_server.wait()

    def _start(self, *, preload: bool) -> None:
        self._control, theirs = socket.socketpair()
        with self._output.open("wb") as output, theirs:
            self._fork_server = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    _FORK_SERVER,
                    str(theirs.fileno()),
                    self._target,
                    self._wrapper,
                    str(preload),
                    *sys.path,
                ],
                env={**surroundings(), "HOME": str(self._output.parent)},
                cwd=self._folder,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _connect(self) -> Ready | NeedsFreshImport:
        """Get a server for this process: a forked process cannot share that of its parent."""
        ours, theirs = Pipe()
        self._servers[os.getpid()] = ours
        try:
            with theirs, contextlib.suppress(ConnectionError):
                socket.send_fds(self._control, [b"."], [theirs.fileno()])
            answer = self._receive(ours, _LOADING_SECONDS)
        except AdapterError as error:
            raise self._not_loaded(str(error)) from None
        if isinstance(answer, Ready | NeedsFreshImport):
            return answer
        if isinstance(answer, LoadFailed):
            raise self._not_loaded(answer.reason)
        raise self._not_loaded(f"importing it took longer than {_LOADING_SECONDS:g} s")

    def _not_loaded(self, reason: str) -> AdapterError:
        self.close()
        message = (
            f"the reporter python:{self._target} cannot be loaded: {reason}. Expected: a module "
            f"that can be imported from {self._folder} or from where this suite is installed, "
            "and a class or factory in it"
        )
        return AdapterError(message)

    def _receive(self, connection: "Connection[Any, Any]", seconds: float) -> Any:
        """The next message of the fork server; `None` if none arrives in time."""
        try:
            return connection.recv() if connection.poll(seconds) else None
        except (EOFError, ConnectionError):
            raise AdapterError(self._died()) from None

    def _died(self) -> str:
        code = self._fork_server.wait()
        printed = self._output.read_text(errors="replace").strip()
        return f"its process {ending(code)}" + (f"; it printed: {printed}" if printed else "")


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
    for line in path.read_text().splitlines():
        # A killed process may leave an incomplete line.
        with contextlib.suppress(ValueError):
            events.append(json.loads(line))
    return events


def _stage(events: list[Mapping[str, Any]]) -> str:
    stages = [event["value"] for event in events if event["event"] == "stage"]
    return f"{stages[-1]} was running" if stages else "it was starting"


def _printed(scratch: Path) -> str:
    printed = "".join(
        (scratch / name).read_text(errors="replace")
        for name in ("stdout", "stderr")
        if (scratch / name).exists()
    ).strip()
    return f"\nit printed: {printed[-2000:]}" if printed else ""


def _kill(pid: int) -> None:
    """Kill a reporter's process and the group that it leads."""
    kill([pid])
    kill_group(pid)
