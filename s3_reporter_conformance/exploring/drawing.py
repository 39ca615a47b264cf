"""Draws situations of the parts in `parts.yaml`."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib import resources
from typing import Any

import yaml
from hypothesis import strategies as st

from .situation import CONFIGURED, RUN, Situation

Strategy = st.SearchStrategy[Any]

# Of eight parts of a situation, four have their default, and one is unusual.
_DEFAULT, _USUAL, _UNUSUAL = 4, 3, 1

# `st.text()` alone makes a table of all characters first.  Angle brackets are for placeholders.
_LETTERS = re.sub("[<>]", "", "".join(map(chr, range(0x20, 0x7F)))) + "éß\u0301ñ\u00a0日本語🔒"
_CONTROLS = "<>\0\t\n\r\x1b\x7f\x85\u2028\ufeff\U0001f469\u200d"
_LOOKALIKES = ("null", "~", "yes", "1e3", "0x1F", "0o7", "1_000", "2026-01-15", "=", "<<", ".nan")
_TEXTS = st.text(_LETTERS + _CONTROLS, max_size=20) | st.sampled_from(_LOOKALIKES)
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda items: st.lists(items, max_size=4) | st.dictionaries(_TEXTS, items, max_size=4),
    max_leaves=8,
)
_ZONES = st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
_FIRST, _LAST = datetime(1970, 1, 2), datetime(2199, 12, 30)  # noqa: DTZ001 -- Hypothesis adds zones


@dataclass(frozen=True)
class _Part:
    given: tuple[str, ...] = ()
    is_unusual: bool = False


@cache
def _written() -> Any:
    file = resources.files("s3_reporter_conformance.exploring") / "parts.yaml"
    return yaml.safe_load(file.read_text("utf-8"))


@cache
def _names() -> dict[str, Strategy]:
    """What is drawn for each name in braces."""
    return {
        **{name: st.sampled_from(values) for name, values in _written()["names"].items()},
        "text": st.text(_LETTERS, min_size=1, max_size=40),
        "json": _JSON.map(_in_a_line),
        "instant": st.datetimes(_FIRST, _LAST, timezones=_ZONES).map(datetime.isoformat),
    }


def _in_a_line(value: Any) -> str:
    """A value as JSON that Gherkin takes for text."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e")


def situations(features: Collection[str]) -> Strategy:
    """Situations for a reporter that declares some features."""
    asked = (part for part in _written()["parts"] if part.get("feature") in {None, *features})
    return st.tuples(*map(_part, asked)).map(_together)


def _part(written: Any) -> Strategy:
    kinds = [st.just(_Part())] * _DEFAULT
    kinds += [_one_of(written["usual"], is_unusual=False)] * _USUAL
    if unusual := written.get("unusual"):
        kinds += [_one_of(unusual, is_unusual=True)] * _UNUSUAL
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


def _one_of(choices: Sequence[str | list[str]], *, is_unusual: bool) -> Strategy:
    several = ([each] if isinstance(each, str) else each for each in choices)
    given = st.one_of(*(st.tuples(*map(_sentence, each)) for each in several))
    return given.map(lambda sentences: _Part(sentences, is_unusual))


def _sentence(template: str) -> Strategy:
    """A sentence, with something drawn for each name in braces."""
    literal, *rest = re.split(r"{([\w ]+)}", template)
    drawn = [
        _names()[part] if number % 2 == 0 else st.just(part) for number, part in enumerate(rest)
    ]
    return st.tuples(st.just(literal), *drawn).map("".join)


def _together(parts: Sequence[_Part]) -> Situation:
    sentences = [sentence for part in parts for sentence in part.given]
    given = (each for each in sentences if not each.startswith(RUN))
    when = next((each for each in sentences if each.startswith(RUN)), RUN)
    return Situation((CONFIGURED, *given), when, any(part.is_unusual for part in parts))
