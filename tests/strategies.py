"""Generates documents and texts for tests with Hypothesis, and spoils valid ones."""

import json
import random
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from s3_reporter_conformance.steps.scan_data import UNUSUAL

_UNUSUAL_TEXTS = [*UNUSUAL["metadata.lookalikes"], *UNUSUAL["metadata.texts"].values()]
_ALMOST_NUMBERS = st.text("0123456789+-.eExXoObB_:, \n#yYnN~", max_size=8)

TEXTS = st.text(max_size=30) | st.sampled_from(_UNUSUAL_TEXTS) | _ALMOST_NUMBERS
"""Any text without halves of surrogate pairs, often one that looks like something else."""

NUMBERS = (
    st.integers()
    | st.integers(0, 4000).map(lambda digits: 10**digits + 7)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([2**53 + 1, 2**63, -(2**63) - 1, 2**64, -0.0, 5e-324, 1e22, 1e-7])
)
"""The numbers that JSON has."""

SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS


def _containers(names: st.SearchStrategy[Any], items: st.SearchStrategy[Any]) -> Any:
    return st.lists(items, max_size=5) | st.dictionaries(names, items, max_size=5)


JSON = st.recursive(SCALARS, lambda items: _containers(TEXTS, items), max_leaves=15)
"""Any JSON value."""

OBJECTS = st.dictionaries(TEXTS, JSON, max_size=6)
"""Any JSON object."""


class Color(Enum):
    """A member of an enumeration, which JSON has no type for."""

    RED = "red"
    NESTED = {"a": 1}  # noqa: RUF012 -- a value, not a default


_ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))

MOMENTS = st.datetimes(timezones=st.none() | _ZONES)
"""Any time, with or without a zone."""

_WITHOUT_JSON_TYPE = st.one_of(
    st.sampled_from(Color),
    MOMENTS,
    st.dates(),
    st.uuids(),
    st.just(PurePosixPath("/a/b")),
)

PYTHON = st.recursive(
    SCALARS | _WITHOUT_JSON_TYPE,
    lambda items: _containers(TEXTS, items) | st.lists(items, max_size=3).map(tuple),
    max_leaves=15,
)
"""Values of Python as scan results may hold them."""


def as_json(value: Any) -> Any:
    """The JSON of a value of Python (interpretation 10), in the plainest way."""
    match value:
        case Enum():
            return as_json(value.value)
        case dict():
            return {name: as_json(item) for name, item in value.items()}
        case list() | tuple():
            return [as_json(item) for item in value]
        case date() | datetime():
            return value.isoformat()
        case UUID() | PurePosixPath():
            return str(value)
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, types and the sign of zero included."""
    one_text, other_text = (json.dumps(each, sort_keys=True) for each in (one, other))
    return one_text == other_text


def nested(levels: int, innermost: Any = None) -> Any:
    """A value so many levels deep, objects and lists in turn."""
    value = innermost
    for level in range(levels):
        value = [value] if level % 2 else {"level": value}
    return value


def mutated(*valid: bytes) -> st.SearchStrategy[bytes]:
    """Valid bytes, of which a few parts were cut, repeated, or replaced."""
    pieces = st.one_of(
        st.binary(max_size=8),
        st.sampled_from([bytes([each]) for each in b"\"'[]{}=,:#\\\n\r\t\0-+.0"] + [b"\xff"]),
        st.sampled_from([b"9" * 5000, b"[" * 5000, b"nan", b"0x" + b"f" * 5000, b"\xef\xbb\xbf"]),
    )
    changes = st.lists(st.tuples(st.randoms(use_true_random=False), pieces), min_size=1, max_size=4)
    return st.builds(_changed, st.sampled_from(valid), changes)


def _changed(whole: bytes, changes: list[tuple[random.Random, bytes]]) -> bytes:
    for chance, piece in changes:
        begin = chance.randrange(len(whole) + 1)
        end = min(len(whole), begin + chance.choice((0, 0, 1, 2, 5, 50)))
        whole = whole[:begin] + chance.choice((piece, whole[begin:end] * 2)) + whole[end:]
    return whole
