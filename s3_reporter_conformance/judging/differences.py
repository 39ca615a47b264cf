"""Finds the differences between a parsed document and the data that it must contain."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

from .key_timestamp import denotes, in_utc

# Other names are told in quotes.
_USUAL = re.compile(r"[\w-]+(?: [\w-]+)*")


@dataclass(frozen=True)
class Difference:
    """A difference between a document and the data.

    Attributes:
        path: The place, as a dotted path.
        expected: The value in the data.
        found: The value in the document.
        quotes_lost: Whether text, or a name, was read as something else, as in YAML without quotes.
    """

    path: str
    expected: str
    found: str
    quotes_lost: bool = False


def differences(expected: Any, found: Any, path: str = "") -> Iterator[Difference]:
    """The differences between a parsed document and the expected data."""
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            yield _difference(path, expected, found)
            return
        quotes_lost = not all(isinstance(name, str) for name in found)
        for name in {**expected, **found}:
            if name not in found:
                yield Difference(_place(path, name), _short(expected[name]), "nothing", quotes_lost)
            elif name not in expected:
                yield Difference(
                    _place(path, name),
                    "nothing",
                    _short(found[name]),
                    not isinstance(name, str),
                )
            else:
                yield from differences(expected[name], found[name], _place(path, name))
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        if not isinstance(found, list) or len(found) != len(expected):
            yield _difference(path, expected, found)
            return
        for index, value in enumerate(expected):
            yield from differences(value, found[index], f"{path}[{index}]")
    elif not _same(expected, found):
        yield _difference(path, expected, found)


def _same(expected: Any, found: Any) -> bool:  # noqa: PLR0911 -- one for each kind of value
    match expected, found:
        case Enum(), _:
            return any(_same(e, found) for e in (str(expected), expected.name, expected.value))
        case datetime(), datetime():
            return in_utc(expected) == in_utc(found)
        case datetime(), str(text):
            return denotes(text, expected)
        case date(), str(text):
            return text == str(expected)
        case ((PurePath() | UUID()), _):
            return _same(str(expected), found)
        case bool(), _:
            return expected is found
        case ((int() | float()), (int() | float())):
            return not isinstance(found, bool) and expected == found
        case _:
            return type(expected) is type(found) and bool(expected == found)


def _place(path: str, name: Any) -> str:
    """The path of a name in an object; an unusual name is quoted."""
    if not (isinstance(name, str) and _USUAL.fullmatch(name)):
        return f"{path}[{name!r}]"
    return f"{path}.{name}" if path else name


def _difference(path: str, expected: Any, found: Any) -> Difference:
    quotes_lost = isinstance(expected, str) and not isinstance(found, str | list | Mapping)
    return Difference(path or "the whole document", _short(expected), _short(found), quotes_lost)


def _short(value: Any) -> str:
    match value:
        case Mapping():
            words = f"an object with {', '.join(map(_name, value))}" if value else "an empty object"
        case list():
            words = f"a list of {len(value)}"
        case _:
            words = repr(value)
    return words if len(words) <= 120 else words[:117] + "..."  # noqa: PLR2004


def _name(name: Any) -> str:
    return name if isinstance(name, str) and _USUAL.fullmatch(name) else repr(name)
