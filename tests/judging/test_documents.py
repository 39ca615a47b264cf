"""The documents of reporters, and the data that they lose."""

from datetime import datetime, timezone
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

import pytest

from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.judging.differences import differences, first_byte_apart
from s3_reporter_conformance.judging.documents import (
    expect_none,
    is_readable,
    lost_values,
    read_json,
    read_yaml,
    yaml_readings,
)
from s3_reporter_conformance.words.errors import Nonconformance


class Colour(Enum):
    RED = "red"


INSTANT = datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc)


def paths(expected: Any, found: Any) -> list[str]:
    return [difference.path for difference in differences(expected, found)]


def is_read(expected: Any, text: str) -> bool:
    """Whether one version of YAML reads the data."""
    return any(not paths(expected, found) for found in yaml_readings(text.encode()))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-01-15", "2026-01-15"),
        ("yes", "yes"),
        ("12:30:45", "12:30:45"),
        ("true", "'true'"),
        ("", "''"),
        (1000.0, "1e3"),
        (0.00001, "1e-05"),
        (18, "0x12"),
        (None, "~"),
        (True, "true"),
        (INSTANT, "2026-01-15T10:30:00Z"),
        (INSTANT, "'2026-01-15 10:30:00+00:00'"),
        (PurePosixPath("src/app.py"), "src/app.py"),
        (Colour.RED, "red"),
        (Colour.RED, "RED"),
        (Colour.RED, "Colour.RED"),
    ],
)
def test_yaml_holds_a_value_if_one_of_its_versions_reads_it(value: Any, text: str) -> None:
    assert is_read({"a": value}, f"a: {text}\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("true", "true"),
        ("", ""),
        ("null", "null"),
        ("0123", "0123"),
        ("1.5", "1.5"),
        (18, "'18'"),
        (1, "true"),
        (True, "1"),
        (None, "''"),
        (None, "'null'"),
        ("a", "b"),
        (INSTANT, "2026-01-15T10:30:01Z"),
        (Colour.RED, "blue"),
        ([], "{}"),
        ({}, "[]"),
        ([1, [2]], "[1, 2]"),
        ([1, 2], "[1]"),
    ],
)
def test_yaml_does_not_hold_a_value_that_no_version_reads(value: Any, text: str) -> None:
    assert not is_read({"a": value}, f"a: {text}\n")


@pytest.mark.parametrize("name", ["true", "123", "1.5", "null", "~", "0o17 1:30", "2026-01-15 1e3"])
def test_a_name_without_quotes_is_what_a_loader_reads(name: str) -> None:
    text = "\n".join(f"{each}: 1" for each in name.split(" "))
    assert not is_read(dict.fromkeys(name.split(" "), 1), text)
    quoted = "\n".join(f"'{each}': 1" for each in name.split(" "))
    assert is_read(dict.fromkeys(name.split(" "), 1), quoted)


@pytest.mark.parametrize("name", ["no", "2026-01-15", "1:30", "1_000", "0o17", "1e3", "=", "<<"])
def test_a_name_without_quotes_is_text_if_one_version_says_so(name: str) -> None:
    assert is_read({name: {"a": 1}}, f"{name}: {{a: 1}}\n")


@pytest.mark.parametrize(
    ("first", "second"), [("no", "0o17"), ("2026-01-15", "1e3"), ("1:30", "0o17")]
)
def test_one_version_of_yaml_reads_all(first: str, second: str) -> None:
    assert is_read([first], f"- {first}")
    assert is_read([second], f"- {second}")
    assert not is_read([first, second], f"- {first}\n- {second}")
    assert is_read([first, second], f"- '{first}'\n- {second}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9007199254740993", 2**53 + 1),
        ("-9223372036854775809", -(2**63) - 1),
        ("1e22", 1e22),
        ("1.0e+22", 10**22),
        ("1E-7", 1e-7),
        ("-0.0", -0.0),
        ("0", -0.0),
        ("0x1F", 31),
        ("0o17", 15),
    ],
)
def test_numbers_are_compared_by_value(text: str, value: float) -> None:
    assert is_read([value], f"- {text}")
    if "x" not in text and "o" not in text:
        assert paths([value], read_json(f"[{text}]".encode())) == []


def test_integers_are_not_rounded() -> None:
    assert paths([2**53 + 1], read_json(b"[9007199254740992]")) == ["[0]"]
    assert paths([2**53 + 1], read_json(b"[9007199254740993.0]")) == ["[0]"]


def test_a_merge_may_be_overridden_but_not_repeated() -> None:
    assert is_read({"a": {"b": 1}, "c": {"b": 2}}, "a: &a {b: 1}\nc: {<<: *a, b: 2}")
    with pytest.raises(Nonconformance, match="found a name twice"):
        read_yaml(b"a: &a {b: 1}\nc: {<<: *a, b: 2, b: 2}")


def test_an_unusual_name_is_quoted_in_its_path() -> None:
    expected = {"a": {"\0": 1, "b c": 1, "": 1}}
    assert paths(expected, {"a": {}}) == ["a['\\x00']", "a['b c']", "a['']"]


@pytest.mark.parametrize(
    ("expected", "found", "told"),
    [
        ("\u00e9", "e\u0301", (r"'\xe9'", r"'e\u0301'")),
        ("fi", "\ufb01", ("'fi'", r"'\ufb01'")),
        ("a", "a\ufe0f", ("'a'", r"'a\ufe0f'")),
        ("a", "a\u200b", ("'a'", r"'a\u200b'")),
        ("Łódź", "Lodz", ("'Łódź'", "'Lodz'")),
        ("x" * 200 + "a", "x" * 200, (f"...'{'x' * 10}a'", f"...'{'x' * 10}'")),
        ("\U0001f512" * 200 + "a", "\U0001f512" * 200 + "b", ("\U0001f512a'", "\U0001f512b'")),
    ],
)
def test_texts_that_look_alike_are_told_apart(
    expected: str, found: str, told: tuple[str, str]
) -> None:
    (difference,) = differences([expected], [found])
    assert difference.expected.endswith(told[0])
    assert difference.found.endswith(told[1])


def test_names_that_look_alike_are_told_apart() -> None:
    assert paths({"\u00e9": 1}, {"e\u0301": 1}) == ["\u00e9", r"['e\u0301']"]


def test_differences_name_their_places() -> None:
    expected = {"a": {"b": [1, {"c": 2}], "gone": 3}}
    found = {"a": {"b": [1, {"c": 5}], "new": 4}}
    assert paths(expected, found) == ["a.b[1].c", "a.gone", "a.new"]


@pytest.mark.parametrize(("expected", "found"), [(1, True), (True, 1), ("1", 1), (1, "1"), (1, 2)])
def test_json_types_are_told_apart(expected: Any, found: Any) -> None:
    assert paths({"a": expected}, {"a": found}) == ["a"]


def test_whole_numbers_may_lose_their_fraction() -> None:
    assert paths({"a": 75.0, "b": 75}, {"a": 75, "b": 75.0}) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{'name': 'x'}",
        b'{"a": NaN}',
        '{"a": "é"}'.encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-8-sig"),
        b'{"a": 1, "a": 1}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_json(content: bytes) -> None:
    with pytest.raises(Nonconformance, match="a JSON document"):
        read_json(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# nothing else\n",
        b"a: [",
        b'{"a": 1}',
        b"a: 1\n---\nb: 2\n",
        b"a: !!python/tuple [1]\n",
        b"!!python/object/apply:os.getcwd []\n",
        b"a: !!python/name:os.system\n",
        "a: é\n".encode("latin-1"),
        b"a: 1\na: 1\n",
        b"a: 1\n'a': 1\n",
        b"? [a]\n: 1\n",
        b"[" * 100_000,
    ],
)
def test_what_is_no_yaml(content: bytes) -> None:
    with pytest.raises(Nonconformance, match="a YAML document"):
        read_yaml(content)


@pytest.mark.parametrize(
    "content",
    [
        b"{a: 1, b: [x, y]}\n",
        b"a: 1\nb:\n- x\n- y\n",
        b"a: !!int '1'\nb: &l [x, y]\n",
        b"\xef\xbb\xbfa: 1\nb: [x, y]\n",
    ],
)
def test_yaml_styles_are_free(content: bytes) -> None:
    assert paths({"a": 1, "b": ["x", "y"]}, read_yaml(content)) == []


def test_the_values_that_a_document_lost_are_named() -> None:
    results = ScanResults({"name": "0123", "count": 1})
    assert [d.path for d in lost_values(results, b'{"name": "0123", "count": 2}', "json")] == [
        "count"
    ]
    assert [d.path for d in lost_values(results, b"name: 0123\ncount: 1\n", "yaml")] == ["name"]
    assert list(lost_values(results, b"name: '0123'\ncount: 1\n", "yaml")) == []
    with pytest.raises(Nonconformance, match="a JSON document"):
        lost_values(results, b'{"name": "0123"', "json")


@pytest.mark.parametrize(
    ("content", "file_format", "readable"),
    [
        (b"{}", "json", True),
        (b"{", "json", False),
        (b"a: 1", "yaml", True),
        (b"a: key: value", "yaml", False),
        (b'{"a": 1}', "yaml", False),
    ],
)
def test_a_document_is_compared_only_if_it_can_be_read(
    content: bytes, file_format: str, readable: bool
) -> None:
    assert is_readable(content, file_format) is readable


def test_of_many_lost_values_the_first_ones_are_told() -> None:
    expect_none([], "all of it")
    lost = list(differences({f"a{number}": number for number in range(6)}, {}))
    with pytest.raises(Nonconformance) as caught:
        expect_none(lost, "all of it")
    assert caught.value.expected == "all of it: a0 is 0; a1 is 1; a2 is 2; a3 is 3"
    assert caught.value.seen.endswith("; and 2 more")


def test_where_bytes_of_one_length_differ_is_told_with_what_is_around() -> None:
    told = first_byte_apart(b"x" * 1999 + b"yes", b"x" * 1999 + b"yEs")
    assert told == "byte 2,000 differs: b'xxxxxxxxxyEs' in place of b'xxxxxxxxxyes'"
