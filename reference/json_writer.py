"""Writes scan results as JSON (diagram: format conversion).

The encoder gets the results in parts of limited size: the text of a large document, or a copy of
its data, would take several times the memory that its bytes take.
"""

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import islice
from typing import Any, BinaryIO

from .plain import plain

# A part is too small to hold a circle.
_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, default=plain
).encode

# The most values in one part, and how many members of a container are tried as one.
_PART = 10_000
_BATCH = 100

_TEXT = frozenset({str})
_SCALARS = frozenset({str, int, float, bool, type(None)})

_Container = dict[str, Any] | list[Any]


def write_json(value: Any, stream: BinaryIO) -> None:
    """Write a value as JSON, in UTF-8 and on one line: Athena expects one record per line."""
    stream.writelines(text.encode() for text in _document(value))
    stream.write(b"\n")


def _document(value: Any) -> Iterator[str]:
    """The JSON text of a value, piece by piece."""
    text = _part(value)
    if text is not None:
        yield text
        return
    match value if isinstance(value, list) else plain(value):
        case dict() as container:
            yield "{"
            yield from _members(container, _BATCH)
            yield "}"
        case list() as container:
            yield "["
            yield from _members(container, _BATCH)
            yield "]"
        case other:
            yield from _document(other)


def _members(container: _Container, size: int) -> Iterator[str]:
    """What stands between the brackets, `size` members at a time where they are one part."""
    for number, batch in enumerate(_batches(container, size)):
        if number:
            yield ", "
        text = _part(batch)
        if text is not None:
            yield text[1:-1]
        elif len(batch) > 1:
            yield from _members(batch, 1)
        elif isinstance(batch, dict):
            [(name, item)] = batch.items()
            yield _encode(name) + ": "
            yield from _document(item)
        else:
            yield from _document(batch[0])


def _batches(container: _Container, size: int) -> Iterator[_Container]:
    """Cut a container into containers with so many members."""
    if isinstance(container, dict):
        members = iter(container.items())
        while batch := dict(islice(members, size)):
            yield batch
    else:
        for start in range(0, len(container), size):
            yield container[start : start + size]


def _part(value: Any) -> str | None:
    """The JSON text of a value that the encoder may have as it is; `None` for another.

    It is small, every key is text, and every number is one: JSON has no infinity and no NaN
    (RFC 8259, section 6).  What is none of JSON becomes text as `str` writes it; the encoder has
    words of its own for some and refuses the rest.
    """
    if _room_left(value, _PART) < 0:
        return None
    try:
        return _encode(value)
    except ValueError:
        if isinstance(value, int):
            raise
        return None


def _room_left(value: Any, room: int) -> int:
    """For how many values there is room beside one; less than 0 if it is no part itself."""
    match value:
        case dict():
            if not _TEXT.issuperset(map(type, value)):
                return -1
            members: Any = value.values()
        case list() | tuple() | set() | frozenset():
            members = value
        case Mapping():
            return -1
        case Enum():
            members = (value.value,)
        case _:
            return room - 1
    room -= len(members)
    if room >= 0:
        for member in members:
            if type(member) not in _SCALARS:
                room = _room_left(member, room)
    return room
