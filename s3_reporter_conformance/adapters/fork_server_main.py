"""The program of the fork server: it forks or starts a process for each call of a reporter."""

import gc
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .base import Call
from .log_capture import ash_core_logging
from .play import Target, describe, flush_output, play, set_environment
from .preload import is_shareable, load_sdk
from .processes import adopt_orphans, kill_family, left_behind

# Child processes may take a moment longer to end than the command, in seconds.
_FAREWELL = 0.5

Ended = tuple[int, Sequence[str]]
"""The exit code, or minus the number of a signal, and the processes that a command left running."""


@dataclass(frozen=True)
class Command:
    """A program to run, its complete environment, and the files that are its standard streams."""

    words: list[str]
    environment: Mapping[str, str]
    stdin: Path
    stdout: Path
    stderr: Path


def serve(descriptor: int, target: Target) -> None:
    """Load a reporter, then fork a server for each connection that arrives.

    Args:
        descriptor: The file descriptor of a socket over which connections arrive, one per byte.
        target: The reporter; without a name, only commands are run.
    """
    with ash_core_logging():
        failure = _preload(target) if target.name else ""
        # The forked processes share these objects; a garbage collection would copy their pages.
        gc.collect()
        gc.freeze()
        # The system reaps the servers that end.
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        with socket.socket(fileno=descriptor) as incoming:
            while received := socket.recv_fds(incoming, 1, 1)[1]:
                if os.fork() == 0:
                    incoming.close()
                    connection: Connection[Any, Any] = Connection(received[0])
                    connection.send(failure)
                    _serve_calls(connection, target)
                    os._exit(0)
                os.close(received[0])


def _preload(target: Target) -> str:
    """Import the reporter, unless each call has to; return why it cannot be imported."""
    load_sdk()
    # A wrapper makes sure that settings are read anew for each call.
    if target.wrapper or is_shareable(target.load):
        try:
            target.load()
        except BaseException as error:  # noqa: BLE001 -- the import may raise anything
            return describe(error)
        # Else each forked process would write it again.
        flush_output()
    return ""


def _serve_calls(connection: "Connection[Any, Any]", target: Target) -> None:
    """Run each call that arrives in a process of its own, until the connection ends."""
    adopt_orphans()
    # A process that ends wakes up this one.
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ended, wake = os.pipe()
    os.set_blocking(ended, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    os.set_inheritable(connection.fileno(), False)

    def leave() -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for each in (connection.fileno(), ended, wake):
            os.close(each)

    while True:
        try:
            call: Call | Command = connection.recv()
        except EOFError:
            return
        pid = _spawn(call) if isinstance(call, Command) else _fork(call, target, leave)
        connection.send(pid)
        if isinstance(pid, OSError):
            continue
        while (status := os.waitpid(pid, os.WNOHANG)) == (0, 0):
            if connection in wait([connection, ended]):
                # The adapter is gone; so nobody reads the result.
                kill_family(pid)
                return
            os.read(ended, 4096)
        left = left_behind(pid, _FAREWELL) if isinstance(call, Command) else []
        kill_family(pid)
        connection.send((os.waitstatus_to_exitcode(status[1]), left))


def _spawn(command: Command) -> int | OSError:
    """Start a program in the folder of the server, without a shell."""
    try:
        return os.posix_spawnp(
            command.words[0],
            command.words,
            command.environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, command.stdin, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, command.stdout, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, command.stderr, os.O_WRONLY, 0),
            ],
            setsid=True,
            # Python ignores them, and a program that it starts would, too.
            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],
        )
    except OSError as error:
        return error


def _fork(call: Call, target: Target, leave: Callable[[], None]) -> int:
    """Call the reporter in a forked process, which leaves what is the server's."""
    if pid := os.fork():
        return pid
    leave()
    os.setsid()
    set_environment(call.environment)
    for stream, name in ((1, "stdout"), (2, "stderr")):
        with (call.scratch / name).open("wb") as file:
            os.dup2(file.fileno(), stream)
    # Handlers write what they still hold, as they do when a process ends.
    play(target, call, at_end=logging.shutdown)
    os._exit(0)
