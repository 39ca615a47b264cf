"""The judges of documents agree with other parsers: rapidjson, PyYAML, and ruamel.yaml.

Where they differ, it is on purpose, and written out here.
"""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import rapidjson
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from strategies import JSON, OBJECTS, SCALARS, mutated, nested

from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.judging.documents import lost_values, read_document, read_json
from s3_reporter_conformance.words.errors import Nonconformance

Write = Callable[[Any], str]

JSON_STYLES: tuple[Write, ...] = (
    json.dumps,
    lambda value: json.dumps(value, ensure_ascii=False, indent=3, sort_keys=True),
    lambda value: str(rapidjson.dumps(value)),
)


def in_style(**style: Any) -> Write:
    return lambda value: str(yaml.safe_dump(value, **style))


YAML_STYLES: tuple[Write, ...] = (
    in_style(),
    in_style(allow_unicode=True, width=20, sort_keys=False),
    in_style(default_style="'", default_flow_style=True),
    in_style(default_style="|", allow_unicode=True),
    in_style(default_style=">", width=10, explicit_start=True, explicit_end=True),
)
ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
# What the parsers raise for a text that they cannot read, or that they find they cannot construct.
UNREADABLE = (
    *(YAMLError, yaml.YAMLError, ArithmeticError, AttributeError, LookupError, TypeError),
    *(ValueError, RecursionError),
)


def other_readings(text: str) -> Sequence[Any]:
    """The values that other parsers read, for YAML 1.1 and for 1.2."""
    readings = []
    parsers: tuple[Callable[[str], Any], ...] = (yaml.safe_load, YAML(typ="safe", pure=True).load)
    for parse in parsers:
        with suppress(*UNREADABLE):
            readings.append(parse(text))
    return readings


def changed(value: Any) -> st.SearchStrategy[Any]:
    """Values that look much like another one."""
    match value:
        case dict() if value:
            name = min(value)
            return changed(value[name]).map(lambda item: {**value, name: item})
        case bool() | int() | float():
            return st.sampled_from([value, str(value), bool(value), -value, value + 1])
        case str():
            return st.sampled_from([value, value.strip(), f"{value} ", value + "\n", None])
    return SCALARS


PAIRS = OBJECTS.flatmap(lambda value: st.tuples(st.just(value), st.just(value) | changed(value)))


def alike(expected: Any, found: Any) -> bool:
    """Whether a document holds the data: numbers are compared by value (interpretation 10)."""
    return bool(marked(expected) == marked(found))


def marked(value: Any) -> Any:
    """The same, but `True` is not 1."""
    match value:
        case bool():
            return ("bool", value)
        case dict():
            return {name: marked(item) for name, item in value.items()}
        case list():
            return [marked(item) for item in value]
    return value


def passes(expected: Any, text: str, file_format: str) -> bool:
    try:
        return not lost_values(ScanResults(expected), text.encode(), file_format)
    except Nonconformance:
        return False


@given(PAIRS, st.sampled_from(JSON_STYLES))
@example(({"a": nested(200)}, {"a": nested(200)}), json.dumps)
def test_a_json_document(pair: tuple[Any, Any], write: Write) -> None:
    expected, written = pair
    text = write(written)
    assert passes(expected, text, "json") == alike(expected, rapidjson.loads(text))


@given(PAIRS, st.sampled_from(YAML_STYLES))
@example(({"a": nested(100)}, {"a": nested(100)}), in_style())
@example(({"Y": "0o", "n": ["._", "1e3", "0_", "-0o7_", "1:30.5"]},) * 2, in_style())
def test_a_yaml_document(pair: tuple[Any, Any], write: Write) -> None:
    expected, written = pair
    text = write(written)
    try:
        json.loads(text)
    except ValueError:
        readings = other_readings(text)
        assume(readings)
        # One version of YAML must read all of the data (interpretation 10).
        holds = any(alike(expected, reading) for reading in readings)
    else:
        # A JSON document is not accepted as YAML, but for the empty object, which is both.
        holds = expected == {} == json.loads(text)
    # The suite reads odd characters in YAML 1.2 that ruamel.yaml refuses or folds.
    assert passes(expected, text, "yaml") == holds or (not holds and ODD.search(text))


DOCUMENTS = tuple(
    json.dumps(value, ensure_ascii=False).encode()
    for value in ({"a": [1, 2.5e-3, None, True]}, {"b": {"": "é\n\u2028"}, "c": -0.0}, [[], {}, ""])
)


def is_odd(value: Any) -> bool:
    """Whether a value holds half of a surrogate pair, or a number that no double holds."""
    text = json.dumps(value, ensure_ascii=False)
    return "Infinity" in text or text.encode(errors="replace").decode() != text


@given(mutated(*DOCUMENTS) | st.binary(max_size=20) | JSON.map(json.dumps).map(str.encode))
@example(b"[" * 100_000)
def test_what_is_json(content: bytes) -> None:
    other: Any = Ellipsis
    with suppress(ValueError, RecursionError):
        other = rapidjson.loads(content)
    try:
        read = read_json(content)
    except Nonconformance as problem:
        # Python limits the digits of a number.
        assert other is Ellipsis or "name twice" in problem.seen or b"9" * 4301 in content
    else:
        # With an exponent, it is a double for others, and exact for the suite.
        number = float if b"e" in content.lower() else int
        one, another = (json.loads(json.dumps(e), parse_int=number) for e in (read, other))
        assert is_odd(read) or alike(one, another)


@given(
    mutated(b"a: &x [1, 2]\nb: *x\nc: {<<: {d: 1}, e: 2}\nf: 2026-01-15\ng: !!int '3'\nh: 1:30\n")
    | st.text("abc-:?[]{},&*!|>'\"%@#=<~\n 01.!", max_size=30).map(str.encode)
)
@example(b"a: !!int ''")
@example(b"? !!set {a}\n: b")
@example(b"a: 0001-01-01 00:00:00+14:00")
def test_what_is_yaml(content: bytes) -> None:
    with suppress(Nonconformance):
        read = read_document(content, "yaml")
        readings = other_readings(content.decode("utf-8-sig"))
        # The versions take some text for other values, and a merge key is one in 1.1 alone.
        assert not readings or b"<<" in content or type(read) in map(type, readings)
