"""Reads the lines that a reporter prints, and the levels that they are marked with.

`docs/contract.md` describes the marks for authors of reporters.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_LEVEL = r"TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL"
# ISO 8601, with a space or a comma where many loggers write one, or the time of day alone.
_TIME = r"\[?(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d([.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?\]?[\s:-]+"
# A logger's or a thread's name between the time and the level.
_NAME = r"(\S+ - |\[\S+\] )?"
_FIRST = re.compile(rf"({_TIME}{_NAME})?[\[(<]?(?P<level>{_LEVEL})\b(?!-)", re.IGNORECASE)
_PAIR = re.compile(rf"\blevel=\"?(?P<level>{_LEVEL})\b", re.IGNORECASE)
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
    record: list[str] = []
    for line in text.splitlines():
        # An indented line continues the record before it.
        if record and line[:1].isspace():
            record.append(line)
            continue
        yield from _noticed(record)
        record = [line]
    yield from _noticed(record)


def level_of(line: str) -> str:
    """The level that a line is marked with, in capitals; empty if it is not marked."""
    if line.startswith("{"):
        return _level_of_json(line)
    marked = _FIRST.match(line) or _PAIR.search(line)
    return marked["level"].upper() if marked else ""


def _level_of_json(line: str) -> str:
    try:
        document: Any = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    level = document.get("level")
    known = isinstance(level, str) and re.fullmatch(_LEVEL, level, re.IGNORECASE)
    return level.upper() if known else ""


def _noticed(record: list[str]) -> Iterator[str]:
    text = "\n".join(record).strip()
    if text and noticed(level_of(record[0].strip())):
        yield text
