"""The fork server, seen from the suite: it runs calls in processes that can be killed."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError, AdapterTimeoutError
from .base import Call
from .fork_server import Command, Ended, LoadFailed, NeedsFreshImport, Process, Ready
from .processes import ending, kill, kill_group
from .surroundings import surroundings

# Long enough for the heaviest import on a slow machine.
_LOADING_SECONDS = 60.0
# How often to look what a running call has written, in seconds.
_LOOK_SECONDS = 0.25
_MOST_WRITTEN = 64 * 1024 * 1024
# How much of what was printed a message shows, in bytes.
_SHOWN = 2000

# Not `-m`, which would look for the suite in the current folder first.
_PROGRAM = """
import sys
descriptor, target, wrapper, preload, users = sys.argv[1:6]
folders = sys.argv[6:]
sys.path[:] = folders[int(users):]
del sys.argv[1:]
from s3_reporter_conformance.adapters.entry_point import EntryPoint
from s3_reporter_conformance.adapters.fork_server import serve
sys.path[:0] = folders[:int(users)]
serve(int(descriptor), EntryPoint(target, wrapper), preload=preload == "True")
"""


class Server:
    """A fork server, and a connection to it for each process of the suite that makes calls."""

    def __init__(
        self, output: Path, folder: Path, target: str = "", wrapper: str = "", *, preload: bool
    ) -> None:
        """Start the server.

        Args:
            output: The file for what it prints.
            folder: Its working folder, which is searched for modules first.
            target: `package.module:Attribute` of a reporter; empty for commands.
            wrapper: Adapts it to the contract, in the same form; empty if not needed.
            preload: Import the reporter once now, instead of in each process.
        """
        self._output = output
        self._running: int | None = None
        self._connections: dict[int, Connection[Any, Any]] = {}
        self._control, theirs = socket.socketpair()
        users = _folders_of_the_user(target, folder)
        with output.open("wb") as printed, theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    _PROGRAM,
                    str(theirs.fileno()),
                    target,
                    wrapper,
                    str(preload),
                    str(len(users)),
                    *users,
                    *sys.path,
                ],
                env={**surroundings(), "HOME": str(output.parent)},
                cwd=folder,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def connect(self) -> Ready | NeedsFreshImport:
        """Connect this process: a forked one cannot share the connection of its parent.

        Raises:
            AdapterError: The reporter cannot be loaded; says why.
        """
        ours, theirs = Pipe()
        self._connections[os.getpid()] = ours
        with theirs, contextlib.suppress(ConnectionError):
            socket.send_fds(self._control, [b"."], [theirs.fileno()])
        try:
            answer = ours.recv() if ours.poll(_LOADING_SECONDS) else None
        except (EOFError, ConnectionError):
            raise AdapterError(self._died()) from None
        if isinstance(answer, Ready | NeedsFreshImport):
            return answer
        if isinstance(answer, LoadFailed):
            raise AdapterError(answer.reason)
        raise AdapterError(f"importing it took longer than {_LOADING_SECONDS:g} s")

    def run(self, call: Call | Command, deadline: float, written: Collection[Path]) -> Ended:
        """Run a call to its end.

        Args:
            call: What to run.
            deadline: When to kill it, by the monotonic clock.
            written: The files for what it prints, logs, and replies.

        Raises:
            AdapterTimeoutError: It did not end in time, and was killed.
            AdapterError: It wrote too much, or killed its parent.
        """
        if os.getpid() not in self._connections:
            self.connect()
        connection = self._connections[os.getpid()]
        try:
            connection.send(call)
            process: Process = connection.recv()
            self._running = process.pid
            try:
                in_time = _wait(connection, deadline, lambda: _expect_little(written))
            finally:
                kill([process.pid])
                kill_group(process.pid)
                self._running = None
                ended: Ended = connection.recv()
        except (EOFError, ConnectionError):
            del self._connections[os.getpid()]
            raise AdapterError(
                "the reporter killed the process that started it. Expected: it ends no process but "
                "its own"
            ) from None
        if not in_time:
            raise AdapterTimeoutError
        _expect_little(written)
        return ended

    def interrupt(self) -> None:
        """Kill the running call, from another thread."""
        if self._running is not None:
            kill_group(self._running)

    def close(self) -> None:
        """End the server."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _died(self) -> str:
        code = self._process.wait()
        printed = self._output.read_text(errors="replace").strip()
        return f"its process {ending(code)}" + (f"; it printed: {printed}" if printed else "")


def _folders_of_the_user(target: str, folder: Path) -> list[str]:
    """Where the reporter and what it imports are searched first, as the user set it up."""
    if not target or target.startswith("s3_reporter_conformance."):
        # The reference is the suite's own: nothing of the user's takes the place of a module.
        return []
    users = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [str(folder), *(str(Path(each).absolute()) for each in users if each)]


def _wait(connection: "Connection[Any, Any]", deadline: float, look: Callable[[], None]) -> bool:
    """Wait until a call ends, and look now and then; tell whether it ended in time."""
    while (rest := deadline - time.monotonic()) > 0:
        if connection.poll(min(rest, _LOOK_SECONDS)):
            return True
        look()
    return False


def _expect_little(written: Collection[Path]) -> None:
    """Make sure that a call fills neither the disk nor the memory with what it says.

    Raises:
        AdapterError: It does.
    """
    if any(path.stat().st_size > _MOST_WRITTEN for path in written if path.exists()):
        raise AdapterError(
            f"the reporter printed, logged, or replied more than {_MOST_WRITTEN >> 20} MB, so it "
            "was killed. Expected: one reply, and log lines"
        )


def end_of(printed: Path) -> str:
    """The last words of what was printed to a file, which may not be there."""
    if not printed.exists():
        return ""
    with printed.open("rb") as file:
        file.seek(max(0, printed.stat().st_size - _SHOWN))
        return file.read(_SHOWN).decode(errors="replace")
