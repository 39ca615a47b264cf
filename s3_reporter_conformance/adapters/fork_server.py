"""The server process that forks a process for each call of the `python:` adapter."""

import gc
import importlib
import json
import logging
import os
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import IO, Any

from ..errors import AdapterError, UnsupportedError
from .base import Call
from .import_watch import watched_import
from .log_capture import ash_core_logging, recorded_logging
from .processes import kill_group
from .program import Program
from .sdk_warm_up import warm_up_sdk


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
class Process:
    """A call is running."""

    pid: int


@dataclass(frozen=True)
class EntryPoint:
    """What to load.

    Attributes:
        target: `package.module:Attribute`.
        wrapper: Adapts it to the contract; empty if not needed.
    """

    target: str
    wrapper: str

    def load(self) -> Any:
        """Import the class or factory."""
        loaded = _load(self.target)
        return _load(self.wrapper)(loaded) if self.wrapper else loaded


def serve(descriptor: int, reporter: EntryPoint, *, preload: bool) -> None:
    """Load a reporter, then fork a server for each connection that arrives.

    Args:
        descriptor: The file descriptor of a socket over which connections arrive, one per byte.
        reporter: The reporter.
        preload: Import the reporter once now, instead of in each process.
    """
    sys.path.insert(0, str(Path.cwd()))
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
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ended, wake = os.pipe()
    os.set_blocking(ended, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    while True:
        try:
            call: Call = connection.recv()
        except EOFError:
            return
        if (pid := os.fork()) == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for each in (connection.fileno(), ended, wake):
                os.close(each)
            _run(reporter, call)
            os._exit(0)
        connection.send(Process(pid))
        while (status := os.waitpid(pid, os.WNOHANG)) == (0, 0):
            if connection in wait([connection, ended]):
                # The adapter is gone; so nobody reads the result.
                kill_group(pid)
                return
            os.read(ended, 4096)
        connection.send(status[1])


def _preload(reporter: EntryPoint) -> Ready | NeedsFreshImport | LoadFailed:
    try:
        with watched_import() as imported:
            reporter.load()
    except BaseException as error:  # noqa: BLE001 -- the reporter's import may raise anything
        return LoadFailed(_in_words(error))
    # Else each forked process would write it again.
    _flush_output()
    if not imported.is_shareable:
        return NeedsFreshImport()
    warm_up_sdk()
    return Ready()


def _load(target: str) -> Any:
    module, _, attribute = target.partition(":")
    loaded: Any = importlib.import_module(module)
    for name in attribute.split("."):
        loaded = getattr(loaded, name)
    return loaded


def set_environment(environment: Mapping[str, str]) -> None:
    """Replace the environment of this process, its time zone, and its temporary folder."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    # It is kept from when somebody first asked for it.
    tempfile.tempdir = None


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


def _flush_output() -> None:
    for printed in (sys.stdout, sys.stderr):
        printed.flush()


def play(reporter: EntryPoint, call: Call, at_end: Callable[[], None] = lambda: None) -> None:
    """Call the reporter in this process, in the role of ASH Core, and record the events."""
    with (call.scratch / "events").open("w", encoding="utf-8") as file:
        events = _Events(file)
        if call.debug:
            logging.getLogger().setLevel(logging.DEBUG)
        with recorded_logging(lambda record: events.write("log", **vars(record))):
            _play_ash_core(reporter, call, events)
            at_end()
        _flush_output()
        events.write("finished")


def _play_ash_core(reporter: EntryPoint, call: Call, events: "_Events") -> None:
    stage = f"importing {reporter.target}"
    try:
        events.write("stage", value=stage)
        factory = reporter.load()
        if isinstance(factory, Program):
            stage = "the program"
            events.write("stage", value=stage)
            _run_program(factory, call, events)
            return
        stage = f"{reporter.target}(options, output_dir)"
        events.write("stage", value=stage)
        made = factory(dict(call.options), call.output_dir)
        if call.source_dir:
            stage = "scan(source_dir)"
            events.write("stage", value=stage)
            _scan(made, call.source_dir, events)
            return
        stage = "validate()"
        events.write("stage", value=stage)
        ready = made.validate()
    except BaseException as error:  # noqa: BLE001 -- the reporter may raise anything
        events.write("adapter-error", text=f"{stage} raised {_in_words(error)}")
        return
    if not isinstance(ready, bool):
        events.write("adapter-error", text=f"validate() returned {ready!r}; expected True or False")
        return
    events.write("ready", value=ready)
    if ready or call.report_anyway:
        _report(made, call, events)


def _scan(tool: Any, source_dir: Path, events: "_Events") -> None:
    exit_code = tool.scan(source_dir)
    if type(exit_code) is int:
        events.write("exit-code", value=exit_code)
    else:
        text = f"scan(source_dir) returned {exit_code!r}; expected an exit code"
        events.write("adapter-error", text=text)


def _run_program(program: Program, call: Call, events: "_Events") -> None:
    try:
        ran = program.run(call)
    except UnsupportedError as error:
        events.write("unsupported", text=str(error))
        return
    except AdapterError as error:
        events.write("adapter-error", text=str(error))
        return
    events.write("ran", value=asdict(ran))


def _report(reporter: Any, call: Call, events: "_Events") -> None:
    events.write("stage", value="report(results)")
    try:
        returned = reporter.report(call.results)
    except BaseException as error:  # noqa: BLE001 -- what leaves `report` is judged, whatever it is
        events.write("exception", text=f"report(results) raised {_in_words(error)}")
        return
    if isinstance(returned, str):
        events.write("returned", value=returned)
    else:
        events.write("exception", text=f"report(results) returned {returned!r}; expected a string")


def _in_words(error: BaseException) -> str:
    """Describe an exception and the line of the reporter that raised it, without a traceback."""
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != __file__ and "importlib" not in frame.filename
    ]
    return words + (f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else "")


class _Events:
    """Records events as JSON lines, complete even if the process dies."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, event: str, **details: object) -> None:
        self._file.write(json.dumps({"event": event, **details}) + "\n")
        self._file.flush()
