"""Plays ASH Core in the reporter's process, and records what the reporter does."""

import contextlib
import json
import logging
import os
import pkgutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any, TypeVar

from ..words.errors import AdapterError, UnsupportedError
from ..words.names import text_of
from .ash_scan import AshProgram
from .base import Call, Outcome
from .logs import recorded_logging

_T = TypeVar("_T")

# Between the reporter and its import.
_OWN = (str(Path(__file__).parent), pkgutil.__file__)


@dataclass(frozen=True)
class Target:
    """A reporter that can be imported.

    Attributes:
        name: `package.module:Attribute`.
        wrapper: Adapts it to the contract, in the same form; empty if not needed.
    """

    name: str
    wrapper: str = ""

    def load(self) -> Any:
        """Import the class or factory."""
        loaded = pkgutil.resolve_name(self.name)
        return pkgutil.resolve_name(self.wrapper)(loaded) if self.wrapper else loaded


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


def play(target: Target, call: Call, at_end: Callable[[], None] = lambda: None) -> None:
    """Call the reporter in this process, in the role of ASH Core, and record the events.

    The last event is the outcome, or why there is none.
    """
    with (call.scratch / "events").open("w", encoding="utf-8") as file:
        events = _Events(file)
        last: dict[str, Any]
        if call.debug:
            logging.getLogger().setLevel(logging.DEBUG)
        with recorded_logging(lambda record: events.write(log=asdict(record))):
            try:
                found = asdict(_call(target, call, events))
                # People read it, so without what has its default.
                usual = {each.name: each.default for each in fields(Outcome)}
                told = {name: value for name, value in found.items() if value != usual[name]}
                last = {"outcome": told}
            except UnsupportedError as error:
                last = {"unsupported": str(error)}
            except AdapterError as error:
                last = {"adapter_error": str(error)}
            except BaseException as error:  # noqa: BLE001 -- the reporter may raise anything
                last = {"adapter_error": f"{events.stage} raised {describe(error)}"}
            with contextlib.suppress(Exception):
                at_end()
        flush_output()
        events.write(**last)


def _call(target: Target, call: Call, events: "_Events") -> Outcome:
    events.enter(f"importing {target.name}")
    factory = target.load()
    if isinstance(factory, AshProgram):
        events.enter("the program")
        return factory.run(call)
    events.enter(f"{target.name}(options, output_dir)")
    reporter = factory(dict(call.options), call.output_dir)
    if call.source_dir:
        events.enter("scan(source_dir)")
        exit_code = events.expect(int, reporter.scan(call.source_dir), "an exit code")
        return Outcome(ready=False, exit_code=exit_code)
    events.enter("validate()")
    ready = events.expect(bool, reporter.validate(), "True or False")
    if not (ready or call.report_anyway):
        return Outcome(ready=False)
    events.enter("report(results)")
    try:
        returned = reporter.report(call.results)
    except BaseException as error:  # noqa: BLE001 -- what leaves `report` is judged, whatever it is
        return Outcome(ready, exception=f"report(results) raised {describe(error)}")
    if isinstance(returned, str):
        return Outcome(ready, returned)
    words = text_of(returned, repr)
    return Outcome(ready, exception=f"report(results) returned {words}; expected a string")


def describe(error: BaseException) -> str:
    """Describe an exception and the line of the reporter that raised it, without a traceback."""
    words = ": ".join(filter(None, (type(error).__name__, text_of(error))))
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(_OWN) and "importlib" not in frame.filename
    ]
    with contextlib.suppress(OSError):
        # Rather than a line of a library that the reporter calls, the line that calls it.
        here = f"{Path.cwd()}{os.sep}"
        frames = [frame for frame in frames if frame.filename.startswith(here)] or frames
    return words + (f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else "")


class _Events:
    """Records events as JSON lines, complete even if the process dies."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.stage = ""

    def enter(self, stage: str) -> None:
        self.stage = stage
        self.write(stage=stage)

    def expect(self, kind: type[_T], value: object, words: str) -> _T:
        # `True` is an integer, too.
        if isinstance(value, kind) and type(value) is kind:
            return value
        raise AdapterError(f"{self.stage} returned {text_of(value, repr)}; expected {words}")

    def write(self, **event: object) -> None:
        self._file.write(json.dumps(event) + "\n")
        self._file.flush()
