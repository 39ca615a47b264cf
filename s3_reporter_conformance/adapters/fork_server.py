"""The fork server, seen from the suite: it runs calls in processes that can be killed."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from ..words.errors import QUOTING, AdapterError
from .base import Call
from .fork_server_main import END, Command, Ended
from .play import Target
from .processes import clean_environment, ending
from .time_limit import TimeLimit

# Ends an import that hangs: the heaviest takes minutes on a busy machine.
_LOADING_SECONDS = 600.0
# How often to look what a running call has written, in seconds.
_LOOK_SECONDS = 0.25
_MOST_WRITTEN = 64 * 1024 * 1024
# How much of what was printed a message shows, in characters.
_SHOWN = 2000

# Not `-m`, which would look for the suite in the current folder first.  Until the reporter is
# loaded, what is installed comes before the modules in its folder.
_PROGRAM = """
import sys
del sys.path[0]
import gc, json
gc.set_threshold(100_000)
start = json.loads(sys.argv.pop())
sys.path += start["path"]
from s3_reporter_conformance.adapters.fork_server_main import serve
from s3_reporter_conformance.adapters.play import Target
sys.path[:0] = start["users_path"]
serve(start["descriptor"], Target(**start["target"]))
"""


class ForkServer:
    """A fork server, which all processes of the suite share, and a keeper for each of them."""

    def __init__(self, target: Target, folder: Path, scratch: Path) -> None:
        """Start the server.

        Args:
            target: The reporter; without a name for commands.
            folder: Its working folder, which is searched for modules first.
            scratch: A folder for the server's files.
        """
        self._output = scratch / "loading.txt"
        self._keeper: _Keeper | None = None
        self._running: Connection[Any, Any] | None = None
        self._control, theirs = socket.socketpair()
        start = {
            "descriptor": theirs.fileno(),
            "target": vars(target),
            "path": sys.path,
            "users_path": _users_path(target, folder),
        }
        with self._output.open("wb") as printed, theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, json.dumps(start)],
                env={**clean_environment(), "HOME": str(scratch)},
                cwd=folder,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def connect(self) -> "_Keeper":
        """Connect to a new process that can run calls, one after the other.

        Raises:
            AdapterError: The reporter cannot be loaded; says why.
        """
        ours, theirs = Pipe()
        with theirs, contextlib.suppress(ConnectionError):
            socket.send_fds(self._control, [b"."], [theirs.fileno()])
        try:
            if not ours.poll(_LOADING_SECONDS):
                raise AdapterError(f"importing it took longer than {_LOADING_SECONDS:g} s")
            pid, failure = ours.recv()
        except (EOFError, ConnectionError):
            ended = ending(self._process.wait())
            raise AdapterError(f"its process {ended}{last_words(self._output)}") from None
        if failure:
            raise AdapterError(failure)
        return _Keeper(ours, pid, os.getpid())

    def run_process(
        self, call: Call | Command, limit: TimeLimit, written: Collection[Path]
    ) -> Ended | None:
        """Run a call to its end; return `None` if it was killed when its time was over.

        Args:
            call: What to run.
            limit: When to kill it.
            written: The files for what it prints, logs, and replies.

        Raises:
            AdapterError: It wrote too much, or killed its parent.
        """
        keeper, self._keeper = self._keeper, None
        # What a forked process inherited is its parent's.
        if not keeper or keeper.owner != os.getpid():
            keeper = self.connect()
        with contextlib.ExitStack() as broken_off:
            broken_off.enter_context(keeper.connection)
            ended = self._run(keeper, call, limit, written)
            broken_off.pop_all()
        self._keeper = keeper
        _expect_little(written)
        return ended

    def _run(
        self, keeper: "_Keeper", call: Call | Command, limit: TimeLimit, written: Collection[Path]
    ) -> Ended | None:
        is_in_time = False
        try:
            keeper.connection.send(call)
            self._running = keeper.connection
            limit.start(keeper.pid)
            try:
                is_in_time = _wait(keeper, limit, written)
            finally:
                if not is_in_time:
                    self.interrupt()
                ended: Ended = keeper.connection.recv()
        except (EOFError, ConnectionError):
            raise AdapterError(
                "the reporter killed the process that started it. Expected: it ends no "
                "process but its own"
            ) from None
        finally:
            self._running = None
        return ended if is_in_time else None

    def interrupt(self) -> None:
        """Kill the running call; see `Adapter.interrupt`."""
        # It may have ended.
        with contextlib.suppress(OSError):
            if self._running is not None:
                self._running.send(END)

    def close(self) -> None:
        """End the server; see `Adapter.close`."""
        self._control.close()
        if self._keeper:
            self._keeper.connection.close()
        self._process.kill()
        self._process.wait()


def last_words(*printed: Path) -> str:
    """The end of what was printed to files, which may not be there, for a message."""
    texts = (path.read_text(errors="replace")[-_SHOWN:] for path in printed if path.exists())
    words = "".join(texts).strip()
    return f".\n{QUOTING} {words}" if words else ""


def _users_path(target: Target, folder: Path) -> list[str]:
    """The folders in which the modules of a user's reporter are searched first."""
    if not target.name or target.name.startswith("s3_reporter_conformance."):
        # The reference is the suite's own: nothing of the user's takes the place of a module.
        return []
    users = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [str(folder), *(str(Path(each).absolute()) for each in users if each)]


@dataclass(frozen=True)
class _Keeper:
    """A process that runs calls, the connection to it, and the process that made it."""

    connection: "Connection[Any, Any]"
    pid: int
    owner: int


def _wait(keeper: _Keeper, limit: TimeLimit, written: Collection[Path]) -> bool:
    """Wait until a call ends, and look now and then; return whether it ended in time."""
    while (rest := limit.rest) > 0:
        if keeper.connection.poll(min(rest, _LOOK_SECONDS)):
            return True
        limit.look(keeper.pid)
        _expect_little(written)
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
