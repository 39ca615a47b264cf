"""Reads the lines that a reporter prints, and the levels that they are marked with.

`docs/contract.md` describes the marks for authors of reporters.
"""

import re
from collections.abc import Iterator

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
_ERRORS = frozenset({"ERROR", "CRITICAL", "FATAL"})
_UNNOTICED = frozenset({"TRACE", "DEBUG", "INFO", "NOTICE"})


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


def level_of(record: str) -> str:
    """The level that a record is marked with, in capitals; empty if it is not marked."""
    for mark in _MARKS:
        if marked := mark.search(record):
            return marked["level"].upper()
    return ""
