"""Finds the differences between a parsed document and the data that it must contain."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import PurePath
from typing import Any
from unicodedata import category, normalize
from uuid import UUID

from .key_timestamp import denotes, with_zone

# As many characters of a value are told, and before the first one that differs.
_LONG = 120
_CONTEXT = 10
# A category of characters (Unicode Standard, section 4.5): nonspacing marks, such as an accent or a
# variation selector. `repr` escapes all others that cannot be seen.
_MARK = "Mn"
# Other names are told in quotes.
_USUAL = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Difference:
    """A difference between a document and the data.

    Attributes:
        path: The place, as a dotted path.
        expected: The value in the data.
        found: The value in the document.
        is_untyped: Whether JSON has no type for the value in the data.
    """

    path: str
    expected: str
    found: str
    is_untyped: bool = False


def differences(expected: Any, found: Any, path: str = "") -> Iterator[Difference]:
    """The differences between a parsed document and the expected data."""
    # Most values are text; asking for abstract classes takes long.
    if type(expected) is str and type(found) is str:
        if expected != found:
            yield _difference(path, expected, found)
    elif type(expected) is dict or isinstance(expected, Mapping):
        yield from _in_object(expected, found, path)
    elif isinstance(expected, list | tuple):
        if not isinstance(found, list) or len(found) != len(expected):
            yield _difference(path, expected, found)
            return
        for index, value in enumerate(expected):
            yield from differences(value, found[index], f"{path}[{index}]")
    elif not _same(expected, found):
        yield _difference(path, expected, found)


def _in_object(expected: Mapping[str, Any], found: Any, path: str) -> Iterator[Difference]:
    if not isinstance(found, dict):
        yield _difference(path, expected, found)
        return
    for name in {**expected, **found}:
        if name not in found:
            value = expected[name]
            yield Difference(_place(path, name), _short(value), "nothing", is_untyped(value))
        elif name not in expected:
            yield Difference(_place(path, name), "nothing", _short(found[name]))
        else:
            yield from differences(expected[name], found[name], _place(path, name))


def is_untyped(value: Any) -> bool:
    """Whether JSON has no type for a value."""
    return isinstance(value, Enum | date | PurePath | UUID)


def first_byte_apart(expected: bytes, found: bytes) -> str:
    """Where two texts of one length begin to differ, with what stands around it in both."""
    at = next(n for n, (a, b) in enumerate(zip(expected, found, strict=True)) if a != b)
    around = slice(max(0, at - _CONTEXT), at + _CONTEXT)
    return f"byte {at:,} differs: {found[around]!r} in place of {expected[around]!r}"


def _same(expected: Any, found: Any) -> bool:  # noqa: PLR0911 -- one for each kind of value
    match expected, found:
        case Enum(), _:
            return any(_same(e, found) for e in (str(expected), expected.name, expected.value))
        case datetime(), datetime():
            return with_zone(expected) == with_zone(found)
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
        return f"{path}[{_quoted(name)}]"
    return f"{path}.{name}" if path else name


def _difference(path: str, expected: Any, found: Any) -> Difference:
    if isinstance(expected, str) and isinstance(found, str):
        texts = _told_apart(expected, found)
    else:
        texts = _short(expected), _short(found)
    return Difference(path or "the whole document", *texts, is_untyped(expected))


def _told_apart(expected: str, found: str) -> tuple[str, str]:
    """Two texts, escaped where the eye cannot tell them apart, from where they begin to differ."""
    show = ascii if _looks(expected) == _looks(found) else repr
    pairs = enumerate(zip(expected, found, strict=False))
    same = next((at for at, (a, b) in pairs if a != b), min(len(expected), len(found)))
    start = max(0, same - _CONTEXT) if max(map(len, (expected, found))) > _LONG else 0
    before = "..." if start else ""
    return _cut(before + show(expected[start:])), _cut(before + show(found[start:]))


def _looks(text: str) -> str:
    """A text without marks, which may be part of a character, or have no width."""
    return "".join(c for c in normalize("NFKD", text) if category(c) != _MARK)


def _quoted(name: Any) -> str:
    marked = isinstance(name, str) and any(category(c) == _MARK for c in name)
    return ascii(name) if marked else repr(name)


def _short(value: Any) -> str:
    match value:
        case Mapping():
            words = f"an object with {', '.join(map(_name, value))}" if value else "an empty object"
        case list():
            words = f"a list of {len(value)}"
        case _:
            words = repr(value)
    return _cut(words)


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[: _LONG - 3]}..."


def _name(name: Any) -> str:
    return name if isinstance(name, str) and _USUAL.fullmatch(name) else _quoted(name)
