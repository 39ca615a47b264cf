"""The program of the fork server: it runs each call in a process that another process keeps.

A keeper runs calls one after the other: it ends a call when told to, and kills all that it leaves.
"""

import contextlib
import encodings.idna  # noqa: F401 -- every process that looks up a host imports it
import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from .base import Call
from .logs import ash_core_logging
from .play import Target, describe, flush_output, play, set_environment
from .processes import adopt_orphans, die_with_parent, kill_family, leaves_processes, reap

# The variables that differ from call to call, by their names or the beginnings of their names.
# The others are the same in the fork server and in each call, or set in neither.
_VARYING = ("AWS_", "ASH_", "HOME")
# Nobody else ends an import that hangs, in seconds.
_LONGEST_IMPORT = 60
# An exit code.
_NOT_SHAREABLE = 77

END = "end"
"""Told to a keeper, it ends the call that it runs."""

Ended = tuple[int, bool]
"""The exit code, or minus the number of a signal, and whether a command left processes running."""


@dataclass(frozen=True)
class Command:
    """A program to run, its complete environment, and the files that are its standard streams."""

    words: list[str]
    environment: Mapping[str, str]
    stdin: Path
    stdout: Path
    stderr: Path


def serve(descriptor: int, target: Target) -> None:
    """Load a reporter, then fork a keeper for each connection that arrives.

    Args:
        descriptor: The file descriptor of a socket over which connections arrive, one per byte.
        target: The reporter; without a name, only commands are run.
    """
    with ash_core_logging():
        failure = _preload(target) if target.name else ""
        # The forked processes share these objects; a garbage collection would copy their pages.
        gc.freeze()
        with socket.socket(fileno=descriptor) as incoming:
            while received := socket.recv_fds(incoming, 1, 1)[1]:
                if os.fork() == 0:
                    incoming.close()
                    # The adapter may be gone.
                    with contextlib.suppress(EOFError, ConnectionError):
                        _keep(Connection(received[0]), failure, target)
                    os._exit(0)
                os.close(received[0])
                # Not left to the system, which would forget their CPU time.
                reap()


def _preload(target: Target) -> str:
    """Import the reporter, unless each call has to; return why it cannot be imported."""
    load_sdk()
    # A wrapper makes sure that settings are read anew for each call.
    if target.wrapper or _is_shareable(target.load):
        try:
            target.load()
        except BaseException as error:  # noqa: BLE001 -- the import may raise anything
            return describe(error)
        # Else each forked process would write it again.
        flush_output()
    return ""


def load_sdk() -> None:
    """Import boto3, and let it work out what each process would work out anew.

    All sessions share the loader that has read everything; a loader of their own would read the
    same from the same files.  Half of the time for a client goes to names of events, and to which
    handlers take any argument: they are always the same.
    """
    with contextlib.suppress(Exception):
        import boto3.session  # noqa: PLC0415 -- a server that runs commands needs none
        import botocore.session  # noqa: PLC0415
        from botocore import hooks  # noqa: PLC0415

        setattr(hooks, "accepts_kwargs", cache(hooks.accepts_kwargs))  # noqa: B010 -- untyped
        aliaser: Any = hooks.EventAliaser
        name_of = cache(aliaser(None)._alias_event_name)  # noqa: SLF001 -- there is no other way
        aliaser._alias_event_name = lambda _, event_name: name_of(event_name)  # noqa: SLF001
        session = botocore.session.Session()
        client = boto3.session.Session("none", "none", None, "us-east-1", session).client("s3")
        client.generate_presigned_url("put_object", {"Bucket": "none", "Key": "none"})
        loader = session.get_component("data_loader")
        setattr(botocore.session, "create_loader", lambda _=None: loader)  # noqa: B010 -- untyped


def _is_shareable(load: Callable[[], Any]) -> bool:
    """Import a reporter in a process of its own; return whether all calls can share the result."""
    if (pid := os.fork()) == 0:
        signal.alarm(_LONGEST_IMPORT)
        with contextlib.suppress(BaseException):
            before, threads = dict(os.environ), threading.active_count()
            os.environ.__class__ = _Watched
            load()
            os.environ.__class__ = _Watched.__base__
            # The environment of a call replaces it, and a forked process has no thread but one.
            is_changed = dict(os.environ) != before or threading.active_count() > threads
            os._exit(_NOT_SHAREABLE if is_changed or _Watched.is_read else 0)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != _NOT_SHAREABLE


class _Watched(type(os.environ)):  # type: ignore[misc] # the class has no public name
    """The environment; notes reads of varying variables."""

    is_read = False

    def __getitem__(self, name: str) -> str:
        _Watched.is_read |= name.startswith(_VARYING)
        value: str = super().__getitem__(name)
        return value

    def __iter__(self) -> Iterator[str]:
        _Watched.is_read = True
        names: Iterator[str] = super().__iter__()
        return names


def _keep(connection: "Connection[Any, Any]", failure: str, target: Target) -> None:
    """Run calls until the adapter wants no more, and send how each ended."""
    # The CPU time of its descendants counts.
    connection.send((os.getpid(), failure))
    adopt_orphans()
    running: _Running | None = None
    try:
        while message := connection.recv():
            if message == END:
                if running:
                    running.kill()
                continue
            if running:
                running.join()
            running = _Running(connection, message, target)
            running.start()
    finally:
        if running:
            running.kill()
            running.join()


class _Running(threading.Thread):
    """A call that runs in a process of its own."""

    def __init__(
        self, connection: "Connection[Any, Any]", call: Call | Command, target: Target
    ) -> None:
        super().__init__()
        self._connection, self._call = connection, call
        self._pid = os.fork()
        if self._pid == 0:
            connection.close()
            die_with_parent()
            os.setsid()
            if isinstance(call, Command):
                _execute(call)
            else:
                _play(call, target)

    def run(self) -> None:
        """Wait until it ends, kill all that it leaves, and send how it ended."""
        exit_code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        left = isinstance(self._call, Command) and leaves_processes(self._pid)
        kill_family(self._pid)
        # The adapter may be gone.
        with contextlib.suppress(ConnectionError):
            self._connection.send((exit_code, left))

    def kill(self) -> None:
        """End it, unless it has ended: the number may be that of another process by now."""
        if self.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)


def _execute(command: Command) -> None:
    """Become a program, in the folder of the server, without a shell."""
    _redirect(command.stdin, command.stdout, command.stderr)
    # Python ignores them, and the program would, too.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvpe(command.words[0], command.words, command.environment)  # noqa: S606 -- a command needs no shell
    except OSError as error:
        os.write(2, f"{command.words[0]} cannot be run: {error.strerror}".encode())
    os._exit(127)


def _play(call: Call, target: Target) -> None:
    """Call the reporter."""
    set_environment(call.environment)
    _redirect(Path(os.devnull), call.scratch / "stdout", call.scratch / "stderr")
    # Handlers write what they still hold, as they do when a process ends.
    play(target, call, at_end=logging.shutdown)
    os._exit(0)


def _redirect(stdin: Path, *printed: Path) -> None:
    os.dup2(os.open(stdin, os.O_RDONLY), 0)
    for stream, path in enumerate(printed, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o666), stream)
