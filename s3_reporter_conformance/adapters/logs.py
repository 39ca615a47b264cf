"""Logs: the records that `logging` takes from a reporter, and the lines that it prints.

`docs/contract.md` describes how lines mark their level for authors of reporters.
"""

import logging
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..words.names import text_of

_LEVEL = r"(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b"
# ISO 8601, with a space or a comma where many loggers write one, or the time of day alone.
_TIME = r"\[?(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d([.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?\]?[\s:-]+"
# A logger's or a thread's name between the time and the level.
_NAME = r"(\S+ - |\[\S+\] )?"
_MARKS = (
    re.compile(rf"\A({_TIME}{_NAME})?[\[(<]?{_LEVEL}(?!-)", re.IGNORECASE),
    re.compile(rf"\A\{{.*\"level\":\s*\"{_LEVEL}\"", re.IGNORECASE),
    re.compile(rf"\A[^{{].*\blevel=\"?{_LEVEL}", re.IGNORECASE),
)
# Paths, times, and ids, but no status, such as 403, which tells what happened.
_VARYING = re.compile(r"/\S*|\b(?!(?<=\s)[1-5]\d\d\b)\w*\d\w*")
# What Python's handlers print for a record that cannot be formatted, whatever its level.
_LOGGING_ERROR = "--- Logging error ---"
_ERRORS = frozenset({"ERROR", "CRITICAL", "FATAL"})
_UNNOTICED = frozenset({"TRACE", "DEBUG", "INFO", "NOTICE"})


@dataclass(frozen=True)
class LogRecord:
    """One record of the reporter's log."""

    level: str
    logger: str
    message: str


def noticed(level: str) -> bool:
    """Whether a user would see a record of this level: a warning, an error, or one without mark."""
    return level.upper() not in _UNNOTICED


def is_error(level: str) -> bool:
    """Whether a record of this level says that something failed."""
    return level.upper() in _ERRORS


def error_lines(text: str) -> Iterator[str]:
    """Return the lines of a printed log that are marked as errors."""
    return (line for line in text.splitlines() if is_error(level_of(line)))


def noticed_lines(text: str) -> Iterator[str]:
    """Return what a user would see of a printed log, one text for each record."""
    records: list[str] = []
    for line in text.splitlines():
        # An indented line continues the record before it.
        if records and line[:1].isspace():
            records[-1] += f"\n{line}"
        else:
            records.append(line)
    return (each.strip() for each in records if each.strip() and noticed(level_of(each.strip())))


def gist(record: str) -> str:
    """A record without what differs from call to call."""
    return _VARYING.sub("0", record)


def level_of(record: str) -> str:
    """The level that a record is marked with, in capitals; empty if it is not marked."""
    for mark in _MARKS:
        if marked := mark.search(record):
            return marked["level"].upper()
    return ""


class _RootHandler(logging.Handler):
    """Stands in for ASH Core's handler, which takes every record that is passed to the root."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write nothing: what is logged is recorded before it reaches a handler."""


@contextmanager
def ash_core_logging() -> Iterator[None]:
    """Configure the root logger as ASH Core does, before it loads a reporter: at level INFO."""
    root = logging.getLogger()
    level, handler = root.level, _RootHandler()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def recorded_logging(record: Callable[[LogRecord], None]) -> Iterator[None]:
    """Record what reaches a handler, when it is logged.

    Handlers are of no use for this: `basicConfig(force=True)` removes those of the root, loggers
    that do not propagate never reach them, and queues and buffers reach them late or never.
    """
    call_handlers = logging.Logger.callHandlers

    def record_and_call(logger: logging.Logger, entry: logging.LogRecord) -> None:
        if _reaches_a_handler(logger, entry.levelno):
            message = text_of(entry, _message)
            level = "ERROR" if message.startswith(_LOGGING_ERROR) else entry.levelname
            record(LogRecord(level, entry.name, message))
        call_handlers(logger, entry)

    logging.Logger.callHandlers = record_and_call  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        logging.Logger.callHandlers = call_handlers  # type: ignore[method-assign]


def _message(entry: logging.LogRecord) -> str:
    """The message, and the exceptions of the traceback below it, without the traceback."""
    try:
        message = entry.getMessage()
    except Exception as misfit:  # noqa: BLE001 -- as Python's own handlers do
        message = f"{_LOGGING_ERROR} {type(misfit).__name__}: {misfit}: {entry.msg!r}"
    error = entry.exc_info[1] if entry.exc_info else None
    return "\n".join([message, *_chain(error)])


def _chain(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        yield "".join(traceback.format_exception_only(error)).rstrip()
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _reaches_a_handler(logger: logging.Logger | None, level: int) -> bool:
    while logger:
        for handler in logger.handlers:
            if level >= handler.level and not isinstance(handler, logging.NullHandler):
                return True
        logger = logger.parent if logger.propagate else None
    return False
