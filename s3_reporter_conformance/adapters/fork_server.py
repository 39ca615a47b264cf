"""The server process that forks a process for each call of a reporter."""

import gc
import logging
import os
import signal
import socket
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

from .ash_core import flush_output, in_words, play, set_environment
from .base import Call
from .entry_point import EntryPoint
from .import_watch import watched_import
from .log_capture import ash_core_logging
from .processes import adopt_orphans, children, command_line, group_lives, kill_children, kill_group
from .sdk_warm_up import warm_up_sdk

# Child processes may take a moment longer to end than the command, in seconds.
_FAREWELL = 0.5


@dataclass(frozen=True)
class Ready:
    """The reporter is loaded."""


@dataclass(frozen=True)
class NeedsFreshImport:
    """Each call must import the reporter anew; see `import_watch`."""


@dataclass(frozen=True)
class LoadFailed:
    """The reporter cannot be loaded."""

    reason: str


@dataclass(frozen=True)
class Command:
    """A program to run.

    Attributes:
        words: The program and its arguments.
        folder: The working folder.
        environment: The complete environment.
        stdin: The file to read.
        stdout: The file to print to.
        stderr: The file to complain to.
        failure: The file that says why the program could not be run, if it could not.
    """

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    stdin: Path
    stdout: Path
    stderr: Path
    failure: Path


@dataclass(frozen=True)
class Process:
    """A call is running."""

    pid: int


@dataclass(frozen=True)
class Ended:
    """A call is over, and no process of it runs any more.

    Attributes:
        code: The exit code; a negative one is the number of a signal.
        left: The processes that it left running, in words.
    """

    code: int
    left: Sequence[str]


def serve(descriptor: int, reporter: EntryPoint, *, preload: bool) -> None:
    """Load a reporter, then fork a server for each connection that arrives.

    Args:
        descriptor: The file descriptor of a socket over which connections arrive, one per byte.
        reporter: The reporter.
        preload: Import the reporter once now, instead of in each process.
    """
    with ash_core_logging():
        _serve(descriptor, reporter, _preload(reporter) if preload else Ready())


def _serve(
    descriptor: int, reporter: EntryPoint, loaded: Ready | NeedsFreshImport | LoadFailed
) -> None:
    # The forked processes share these objects; a garbage collection would copy their pages.
    gc.collect()
    gc.freeze()
    # The system reaps the servers that end.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as incoming:
        while True:
            _, descriptors, _, _ = socket.recv_fds(incoming, 1, 1)
            if not descriptors:
                return
            if os.fork() == 0:
                incoming.close()
                connection: Connection[Any, Any] = Connection(descriptors[0])
                connection.send(loaded)
                _serve_calls(connection, reporter)
                os._exit(0)
            os.close(descriptors[0])


def _serve_calls(connection: "Connection[Any, Any]", reporter: EntryPoint) -> None:
    """Run each call that arrives in a forked process, until the connection ends."""
    adopt_orphans()
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ended, wake = os.pipe()
    os.set_blocking(ended, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    while True:
        try:
            call: Call | Command = connection.recv()
        except EOFError:
            return
        if (pid := os.fork()) == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for each in (connection.fileno(), ended, wake):
                os.close(each)
            if isinstance(call, Command):
                _execute(call)
            _run(reporter, call)
            os._exit(0)
        connection.send(Process(pid))
        while (status := os.waitpid(pid, os.WNOHANG)) == (0, 0):
            if connection in wait([connection, ended]):
                # The adapter is gone; so nobody reads the result.
                kill_group(pid)
                kill_children()
                return
            os.read(ended, 4096)
        left = _left_behind(pid, _FAREWELL if isinstance(call, Command) else 0)
        kill_group(pid)
        kill_children()
        connection.send(Ended(os.waitstatus_to_exitcode(status[1]), left))


def _left_behind(group: int, seconds: float) -> list[str]:
    """The processes that a finished one leaves running, some time later."""
    deadline = time.monotonic() + seconds
    while (alive := children()) or group_lives(group):
        if time.monotonic() >= deadline:
            return [f"process {pid} ({command_line(pid)})" for pid in alive or [group]]
        time.sleep(0.01)
    return []


def _preload(reporter: EntryPoint) -> Ready | NeedsFreshImport | LoadFailed:
    try:
        with watched_import() as imported:
            reporter.load()
    except BaseException as error:  # noqa: BLE001 -- the reporter's import may raise anything
        return LoadFailed(in_words(error))
    # Else each forked process would write it again.
    flush_output()
    if not imported.is_shareable:
        return NeedsFreshImport()
    warm_up_sdk()
    return Ready()


def _execute(command: Command) -> NoReturn:
    """Become the program, in the forked process."""
    os.setsid()
    # Python ignores them, and a program that it starts would, too.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        for stream, path, mode in (
            (0, command.stdin, os.O_RDONLY),
            (1, command.stdout, os.O_WRONLY),
            (2, command.stderr, os.O_WRONLY),
        ):
            os.dup2(os.open(path, mode), stream)
        os.chdir(command.folder)
        # No shell: the words are those of the command line.
        os.execvpe(command.words[0], list(command.words), dict(command.environment))  # noqa: S606
    except OSError as error:
        command.failure.write_text(str(error.strerror))
        os._exit(1)


def _run(reporter: EntryPoint, call: Call) -> None:
    """Run in the forked process."""
    os.setsid()
    # Few processes live long enough for a garbage collection to pay off.
    gc.set_threshold(100_000)
    set_environment(call.environment)
    for stream, name in ((1, "stdout"), (2, "stderr")):
        with (call.scratch / name).open("wb") as file:
            os.dup2(file.fileno(), stream)
    play(reporter, call, at_end=_end_logging)


def _end_logging() -> None:
    """Let handlers write what they still hold, as they do when a process ends."""
    try:
        logging.shutdown()
    except Exception:  # noqa: BLE001 -- a reporter's handler may raise anything
        traceback.print_exc()
