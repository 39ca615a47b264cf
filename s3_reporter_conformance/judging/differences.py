"""Finds the differences between a parsed document and the data that it must contain."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from types import NoneType
from typing import Any
from uuid import UUID

from ..adapters.scan_results import Unprintable
from .key_timestamp import denotes, with_zone

ABSENT = "absent"
"""Stands for a value that is not there."""

# As many characters of a value are shown, and before the first one that differs.
_LONG = 120
_CONTEXT = 10
# Most values; others may be equal, and yet not the same.
_PLAIN = (str, bool, int, NoneType)
# Other names are shown in quotes.
_USUAL = re.compile(r"[\w-]+", re.ASCII)


@dataclass(frozen=True)
class Difference:
    """A difference between the data and a document, at a dotted path.

    It is untyped if JSON has no type for the value in the data.
    """

    path: str
    expected: str
    found: str
    is_untyped: bool = False


def differences(expected: Any, found: Any, *path: Any) -> Iterator[Difference]:
    """The differences between a parsed document and the expected data, from a path of names on."""
    if isinstance(expected, dict | Mapping) and isinstance(found, dict):
        for name in {**expected, **found}:
            if name not in found:
                value = expected[name]
                yield Difference(_place(*path, name), _shown(value), ABSENT, _is_untyped(value))
            elif name not in expected:
                yield Difference(_place(*path, name), ABSENT, _shown(found[name]))
            elif not _is_plainly_same(expected[name], found[name]):
                yield from differences(expected[name], found[name], *path, name)
    elif (
        isinstance(expected, list | tuple)
        and isinstance(found, list)
        and len(found) == len(expected)
    ):
        for index, value in enumerate(expected):
            if not _is_plainly_same(value, found[index]):
                yield from differences(value, found[index], *path, index)
    elif not _is_same(expected, found):
        is_untyped = _is_untyped(expected) and not _is_another_number(expected, found)
        place = _place(*path) or "the whole document"
        yield Difference(place, *_both(expected, found), is_untyped)


def _is_plainly_same(expected: Any, found: Any) -> bool:
    return type(expected) in _PLAIN and type(found) is type(expected) and found == expected


def _is_untyped(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, Enum | date | PurePath | UUID | Decimal | bytes | Unprintable)


def _is_another_number(expected: Any, found: Any) -> bool:
    """Whether there is a number in the place of one that JSON cannot write, such as NaN."""
    is_number = isinstance(found, int) or (isinstance(found, float) and math.isfinite(found))
    return isinstance(expected, float) and is_number


def _is_same(expected: Any, found: Any) -> bool:
    match expected, found:
        case Enum(), _:
            return any(_is_same(e, found) for e in (str(expected), expected.name, expected.value))
        case datetime(), datetime():
            return with_zone(expected) == with_zone(found)
        case datetime(), str():
            return denotes(found, expected)
        case ((date() | PurePath() | UUID()), _):
            return found in (expected, str(expected))
        case ((int() | float()), (int() | float())):
            are_alike = isinstance(expected, bool) is isinstance(found, bool)
            return are_alike and _is_same_number(expected, found)
        case _:
            # A list and an object come here if their counterpart is none.
            return type(expected) is type(found) and bool(expected == found)


def _is_same_number(expected: Any, found: Any) -> bool:
    # A float may be written in full, with all the digits of an integer.
    with suppress(OverflowError):
        return bool(expected == (float(found) if isinstance(expected, float) else found))
    return False


def _place(*path: Any) -> str:
    is_usual = (isinstance(name, str) and _USUAL.fullmatch(name) for name in path)
    parts = (f".{n}" if usual else f"[{n!a}]" for n, usual in zip(path, is_usual, strict=True))
    return "".join(parts).removeprefix(".")


def _both(expected: Any, found: Any) -> tuple[str, str]:
    """Two values in words; of long texts, from where they begin to differ."""
    if isinstance(expected, str) and isinstance(found, str):
        pairs = enumerate(zip(expected, found, strict=False))
        same = next((at for at, (a, b) in pairs if a != b), min(len(expected), len(found)))
        if same > _CONTEXT and max(len(expected), len(found)) > _LONG:
            start = same - _CONTEXT
            if same == len(found):
                cut = f"the first {same:,} of {len(expected):,} characters"
                return f"...{_shown(expected[start:])}", f"...{_shown(found[start:])}, {cut}"
            return f"...{_shown(expected[start:])}", f"...{_shown(found[start:])}"
    return _shown(expected), _shown(found)


def _shown(value: Any) -> str:
    match value:
        case Mapping():
            return f"an object with {len(value)} names"
        case list() | tuple():
            return f"a list of {len(value)}"
    # Escaped, since texts that differ can look alike.
    words = ascii(value)
    return words if len(words) <= _LONG else f"{words[: _LONG - 3]}..."
