"""The `command:` adapter: a program in any language, one process per operation."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import AdapterError, AdapterTimeoutError
from .base import Call, LogRecord, Outcome
from .contract import Operation, read_reply, request
from .processes import ending, kill, kill_group
from .scanned import scan_outcome

# Child processes may take a moment longer to end than the command.
_FAREWELL_SECONDS = 0.5
_SHOWN = 2000
_MOST_PRINTED = 64 * 1024 * 1024
_LOOK_SECONDS = 0.25


class CommandAdapter:
    """Runs a program once for each operation, and exchanges JSON with it."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Store the command.

        Args:
            command: The program and its arguments.
            folder: The working folder.
        """
        self._command = list(command)
        self._folder = folder
        self._running: int | None = None

    def open(self) -> None:
        """Look for the program; see `Adapter.open`."""
        program = self._command[0]
        # As the system does: a name with a slash is seen from the folder that the command runs in.
        found = self._folder / program if "/" in program else shutil.which(program)
        if not found or not os.access(found, os.X_OK):
            raise AdapterError(_cannot_run(program, self._folder, "not found, or not executable"))

    def run(self, call: Call) -> Outcome:
        """Run `validate`, then `report` if ready, one process each, or `scan`; see `Adapter`."""
        deadline = time.monotonic() + call.timeout
        if call.source_dir:
            return self._scan(call, deadline)
        validated = self._ask(call, Operation.VALIDATE, deadline)
        ready: bool = validated["ready"]
        message = validated.get("message", "")
        log = (LogRecord("WARNING", "validate", message),) if message else ()
        returned = None
        if ready or call.report_anyway:
            returned = self._ask(call, Operation.REPORT, deadline)["returned"]
        return Outcome(ready=ready, returned=returned, log=log, stderr=_stderr(call))

    def interrupt(self) -> None:
        """Kill the reporter's process; see `Adapter.interrupt`."""
        if self._running is not None:
            kill_group(self._running)

    def close(self) -> None:
        """Do nothing: no process outlives its operation."""

    def _scan(self, call: Call, deadline: float) -> Outcome:
        code: int = self._ask(call, Operation.SCAN, deadline)["exit_code"]
        return scan_outcome(call.output_dir, code, {"stderr": _stderr(call)})

    def _ask(self, call: Call, operation: Operation, deadline: float) -> dict[str, Any]:
        name = f"{1 + list(Operation).index(operation)}-{operation.value}"
        sent, printed, output = (
            call.scratch / f"{name}-{kind}" for kind in ("1-request", "2-stderr", "3-reply")
        )
        sent.write_text(request(call, operation), encoding="utf-8")
        process = self._start(call, sent, output, printed)
        self._running = process.pid
        try:
            code = _wait(process, deadline, output, printed)
        except subprocess.TimeoutExpired:
            _kill(process, call)
            raise AdapterTimeoutError(
                f"the command did not finish within {call.timeout:g} s on {operation.value}, so it "
                "was killed: raise --timeout, or find out why it hangs" + _said(printed)
            ) from None
        except BaseException:
            _kill(process, call)
            raise
        finally:
            self._running = None
        left = list(_left_behind(process.pid, call))
        _kill(process, call)
        if code:
            raise AdapterError(
                f"the command {ending(code)} on {operation.value}; expected exit code 0, even on "
                f"failure: the reply reports it{_said(printed)}"
            )
        reply = read_reply(output.read_bytes(), operation)
        if left:
            raise AdapterError(
                f"the command ended on {operation.value} and left processes behind, which were "
                f"killed: {', '.join(left)}. Expected: it outlives all of its processes"
            )
        return reply

    def _start(
        self, call: Call, sent: Path, output: Path, printed: Path
    ) -> "subprocess.Popen[bytes]":
        with sent.open("rb") as stdin, output.open("wb") as stdout, printed.open("wb") as stderr:
            try:
                return subprocess.Popen(
                    self._command,
                    cwd=self._folder,
                    env=dict(call.environment),
                    stdin=stdin,
                    stdout=stdout,
                    stderr=stderr,
                    start_new_session=True,
                )
            except OSError as error:
                raise AdapterError(
                    _cannot_run(self._command[0], self._folder, error.strerror)
                ) from error


def _wait(process: "subprocess.Popen[bytes]", deadline: float, *printed: Path) -> int:
    """Wait for a command, and look meanwhile that it does not fill the disk.

    Raises:
        AdapterError: It printed too much.
        subprocess.TimeoutExpired: It did not end in time.
    """
    code = None
    while code is None:
        rest = deadline - time.monotonic()
        try:
            code = process.wait(max(0.0, min(rest, _LOOK_SECONDS)))
        except subprocess.TimeoutExpired:
            if rest <= _LOOK_SECONDS:
                raise
        if any(path.stat().st_size > _MOST_PRINTED for path in printed):
            raise AdapterError(
                f"the command printed more than {_MOST_PRINTED >> 20} MB, so it was killed. "
                "Expected: one reply on standard output, and log lines on standard error"
            )
    return code


def _stderr(call: Call) -> str:
    return "".join(
        path.read_text(errors="replace") for path in sorted(call.scratch.glob("*stderr"))
    )


def _cannot_run(program: str, folder: Path, reason: str | None) -> str:
    return (
        f"the command {program} cannot be run in {folder}: {reason}. "
        "Expected: a program on the PATH, or its path"
    )


def _left_behind(pid: int, call: Call) -> Iterator[str]:
    """The processes that a finished command left running, with their command lines."""
    deadline = time.monotonic() + _FAREWELL_SECONDS
    while _alive(pid, call) and time.monotonic() < deadline:
        time.sleep(0.01)
    for left in _alive(pid, call):
        yield f"process {left} ({_command_line(left)})"


def _alive(group: int, call: Call) -> list[int]:
    """The processes of a group, and those with the HOME that was created for the call.

    A daemon leaves its group, but keeps its environment.  Without /proc, only the group can be
    inspected.
    """
    home = f"HOME={call.environment['HOME']}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            status = (entry / "stat").read_text().rpartition(")")[2].split()
            belongs = int(status[2]) == group or home in (entry / "environ").read_bytes().split(
                b"\0"
            )
            if belongs and status[0] != "Z":
                found.append(int(entry.name))
    if not found and not Path("/proc/self").exists():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, 0)
            found.append(group)
    return found


def _command_line(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
    return "unknown"


def _kill(process: "subprocess.Popen[bytes]", call: Call) -> None:
    """Kill all processes of a command, and wait for it."""
    kill_group(process.pid)
    kill(_alive(process.pid, call))
    process.wait()


def _said(printed: Path) -> str:
    text = printed.read_text(errors="replace").strip()
    return f". It printed on standard error: {text[-_SHOWN:]}" if text else ""
