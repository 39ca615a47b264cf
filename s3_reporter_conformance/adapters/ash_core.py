"""Plays ASH Core in the reporter's process, and records what the reporter does."""

import json
import logging
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ..words.errors import AdapterError, UnsupportedError
from . import entry_point
from .base import Call
from .entry_point import EntryPoint
from .log_capture import recorded_logging
from .program import Program

# Between the reporter and its import.
_OWN = {__file__, entry_point.__file__}


def set_environment(environment: Mapping[str, str]) -> None:
    """Replace the environment of this process, its time zone, and its temporary folder."""
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    # It is kept from when somebody first asked for it.
    tempfile.tempdir = None


def flush_output() -> None:
    """Write out what the reporter printed."""
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
        flush_output()
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
        events.write("adapter-error", text=f"{stage} raised {in_words(error)}")
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
        events.write("exception", text=f"report(results) raised {in_words(error)}")
        return
    if isinstance(returned, str):
        events.write("returned", value=returned)
    else:
        events.write("exception", text=f"report(results) returned {returned!r}; expected a string")


def in_words(error: BaseException) -> str:
    """Describe an exception and the line of the reporter that raised it, without a traceback."""
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename not in _OWN and "importlib" not in frame.filename
    ]
    return words + (f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else "")


class _Events:
    """Records events as JSON lines, complete even if the process dies."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, event: str, **details: object) -> None:
        self._file.write(json.dumps({"event": event, **details}) + "\n")
        self._file.flush()
