"""The `command:` adapter: a program in any language, one process per operation."""

import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, AdapterTimeoutError
from .base import Call, Outcome
from .contract import Operation, Reported, Scanned, Validated, read_reply, request
from .fork_server import ForkServer, last_words
from .fork_server_main import Command
from .logs import LogRecord
from .play import Target
from .processes import ending
from .time_limit import TimeLimit


class CommandAdapter(ForkServer):
    """Runs a program once for each operation, and exchanges JSON with it."""

    def __init__(self, command: str, folder: Path, scratch: Path) -> None:
        """Start the server that runs the command in a folder; it is split as a shell does."""
        super().__init__(Target(""), folder, scratch)
        self._command = shlex.split(command)
        self._folder = folder

    def open(self) -> None:
        """Look for the program; see `Adapter.open`."""
        program = self._command[0]
        # As the system does: a name with a slash is seen from the folder that the command runs in.
        found = self._folder / program if "/" in program else shutil.which(program)
        if not found or not os.access(found, os.X_OK):
            raise AdapterError(
                f"the command {program} cannot be run in {self._folder}: not found, or not "
                "executable. Expected: a program on the PATH, or its path"
            )

    def run(self, call: Call) -> Outcome:
        """Run `validate`, then `report` if ready, one process each, or `scan`."""
        limit = TimeLimit(call.timeout)
        return outcome_of(call, lambda operation: self._ask(call, operation, limit))

    def _ask(self, call: Call, operation: Operation, limit: TimeLimit) -> Any:
        sent, printed, output = files_of(call, operation)
        sent.write_text(request(call, operation), encoding="utf-8")
        command = Command(self._command, call.environment, sent, output, printed)
        ended = self.run_process(command, limit, [output, printed])
        if not ended:
            raise AdapterTimeoutError(
                f"the command did not finish within {call.timeout:g} s on "
                f"{operation.value}, {limit}{last_words(printed)}"
            )
        exit_code, left = ended
        if exit_code:
            raise AdapterError(
                f"the command {ending(exit_code)} on {operation.value}; expected exit code 0, "
                f"even on failure: the reply reports it{last_words(printed)}"
            )
        reply = read_reply(output.read_bytes(), operation)
        if left:
            raise AdapterError(
                f"the command ended on {operation.value} and left processes running, which were "
                "killed. Expected: it outlives all of its processes"
            )
        return reply


def files_of(call: Call, operation: Operation) -> list[Path]:
    """The files of a request, of what the program prints to standard error, and of its reply."""
    name = f"{1 + list(Operation).index(operation)}-{operation.value}"
    return [call.scratch / f"{name}-{kind}" for kind in ("1-request", "2-stderr", "3-reply")]


def outcome_of(call: Call, ask: Callable[[Operation], Any]) -> Outcome:
    """Ask a program for each operation of a call, and put its replies together."""
    if call.source_dir:
        scanned: Scanned = ask(Operation.SCAN)
        outcome = Outcome(ready=False, stderr=_stderr(call), exit_code=scanned.exit_code)
        return outcome.of_scan(call.output_dir)
    validated: Validated = ask(Operation.VALIDATE)
    message = validated.message
    log = (LogRecord("WARNING", "validate", message),) if message else ()
    returned = None
    if validated.ready or call.report_anyway:
        reported: Reported = ask(Operation.REPORT)
        returned = reported.returned
    return Outcome(ready=validated.ready, returned=returned, log=log, stderr=_stderr(call))


def _stderr(call: Call) -> str:
    return "".join(
        path.read_text(errors="replace") for path in sorted(call.scratch.glob("*stderr"))
    )
