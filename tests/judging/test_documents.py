"""The documents of reporters, and the data that they lose."""

from datetime import datetime, timezone
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

import pytest

from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.judging.differences import differences
from s3_reporter_conformance.judging.documents import (
    is_readable,
    lost_values,
    read_document,
    refuse_differences,
    yaml_readings,
)
from s3_reporter_conformance.words.errors import Nonconformance


class Color(Enum):
    RED = "red"


INSTANT = datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc)


def paths(expected: Any, found: Any) -> list[str]:
    return [difference.path for difference in differences(expected, found)]


HELD = [
    *((each, each) for each in ("2026-01-15", "yes", "12:30:45", "0b1", "on")),
    *((str(each), f"'{each}'") for each in (True, "", "null", "0123", 1.5)),
    *((1000.0, "1e3"), (0.00001, "1e-05"), (18, "0x12"), (None, "~"), (True, "true"), (-0.0, "0")),
    *((INSTANT, each) for each in ("2026-01-15T10:30:00Z", "'2026-01-15 10:30:00+00:00'")),
    *((Color.RED, each) for each in ("red", "RED", "Color.RED")),
    *((PurePosixPath("src/app.py"), "src/app.py"), (2**53 + 1, "9007199254740993"), (75.0, "75")),
    *((10**22, "1.0e+22"), (1e22, "1e22"), (31, "0x1F"), (15, "0o17"), (["no"], "[no]")),
    *(([each], f"[{each}]") for each in ("0o17", "1e3", "1:30")),
    *(({each: 1}, f"{{{each}: 1}}") for each in ("no", "2026-01-15", "1_000", "=", "<<")),
]
NOT_HELD = [
    *((each, each) for each in ("true", "", "null", "0123", "1.5")),
    *((18, "'18'"), (1, "true"), (True, "1"), (None, "''"), (None, "'null'"), ("a", "b")),
    *((INSTANT, "2026-01-15T10:30:01Z"), (Color.RED, "blue")),
    *(([], "{}"), ({}, "[]"), ([1, [2]], "[1, 2]"), ([1, 2], "[1]")),
    *((2**53 + 1, "9007199254740992"), (2**53 + 1, "9007199254740993.0")),
    # One version reads each, but none both.
    *((["no", "0o17"], "[no, 0o17]"), (["2026-01-15", "1e3"], "[2026-01-15, 1e3]")),
    *(({each: 1}, f"{{{each}: 1}}") for each in ("true", "123", "1.5", "null", "~")),
]


@pytest.mark.parametrize(
    ("value", "text", "is_held"),
    [*((*each, True) for each in HELD), *((*each, False) for each in NOT_HELD)],
)
def test_yaml_holds_a_value_if_one_of_its_versions_reads_it(
    value: Any, text: str, is_held: bool
) -> None:
    readings = yaml_readings(f"a: {text}\n".encode())
    assert any(not paths({"a": value}, found) for found in readings) is is_held


def test_a_merge_may_be_overridden_but_not_repeated() -> None:
    assert read_document(b"a: &a {b: 1}\nc: {<<: *a, b: 2}", "yaml")["c"] == {"b": 2}
    with pytest.raises(Nonconformance, match="found a name twice"):
        read_document(b"a: &a {b: 1}\nc: {<<: *a, b: 2, b: 2}", "yaml")


@pytest.mark.parametrize(
    ("expected", "found", "told"),
    [
        ("a", "a\u200b", ("'a'", r"'a\u200b'")),
        ("x" * 200 + "a", "x" * 200, (f"...'{'x' * 10}a'", f"...'{'x' * 10}'")),
        ([1], {"a": 1}, ("a list of 1", "an object with 1 names")),
    ],
)
def test_values_that_differ_are_told_apart(
    expected: Any, found: Any, told: tuple[str, str]
) -> None:
    (difference,) = differences([expected], [found])
    assert (difference.expected, difference.found) == told


def test_differences_name_their_places() -> None:
    expected = {"a": {"b": [1, {"c": 2}], "gone": 3, "\0": 1, "b c": 1, "": 1, "\u00e9": 1}}
    found = {"a": {"b": [1, {"c": 5}], "new": 4}}
    odd = ["a['\\x00']", "a['b c']", "a['']", "a['\\xe9']"]
    assert paths(expected, found) == ["a.b[1].c", "a.gone", *odd, "a.new"]


TWICE = (b"", b"{", b"[" * 100_000, "a: é\n".encode("latin-1"))
NO_JSON = (
    *(*TWICE, b"{'name': 'x'}", b'{"a": NaN}', b'{"a": 1, "a": 1}'),
    *('{"a": 1}'.encode(each) for each in ("utf-16", "utf-8-sig")),
)
NO_YAML = (
    *(*TWICE, b"# nothing else\n", b"a: [", b'{"a": 1}', b"a: 1\n---\nb: 2\n", b"a: key: value"),
    *(b"a: !!python/tuple [1]\n", b"!!python/object/apply:os.getcwd []\n"),
    *(b"a: 1\na: 1\n", b"a: 1\n'a': 1\n", b"? [a]\n: 1\n"),
)


@pytest.mark.parametrize(
    ("content", "file_format"),
    [*((each, "json") for each in NO_JSON), *((each, "yaml") for each in NO_YAML)],
)
def test_what_is_no_document(content: bytes, file_format: str) -> None:
    with pytest.raises(Nonconformance, match=f"a {file_format.upper()} document"):
        read_document(content, file_format)
    assert not is_readable(content, file_format)


def test_the_values_that_a_document_lost_are_named() -> None:
    results = ScanResults({"name": "0123", "count": 1})
    (lost,) = lost_values(results, b'{"name": "0123", "count": 2}', "json")
    assert lost.path == "count"
    assert [d.path for d in lost_values(results, b"name: 0123\ncount: 1\n", "yaml")] == ["name"]
    assert list(lost_values(results, b"name: '0123'\ncount: 1\n", "yaml")) == []


@pytest.mark.parametrize("file_format", ["json", "yaml"])
def test_a_number_may_be_written_in_full(file_format: str) -> None:
    largest, in_full = ScanResults({"n": 1.7976931348623157e308}), f"17976931348623157{'0' * 292}"
    text = {"json": '{{"n": {}}}', "yaml": "n: {}\n"}[file_format]
    assert not lost_values(largest, text.format(in_full).encode(), file_format)
    for wrong in (f"{in_full}0", in_full[:-1], "true"):
        assert lost_values(largest, text.format(wrong).encode(), file_format)
    assert lost_values(
        ScanResults({"n": int(in_full)}), text.format("1.0e+308").encode(), file_format
    )


def test_of_many_lost_values_the_first_ones_are_told() -> None:
    refuse_differences([], "all of it")
    lost = list(differences({f"a{number}": number for number in range(6)}, {}))
    with pytest.raises(Nonconformance) as caught:
        refuse_differences(lost, "all of it")
    assert caught.value.expected == "all of it: a0 is 0; a1 is 1; a2 is 2; a3 is 3"
    assert caught.value.seen.endswith("; and 2 more")
