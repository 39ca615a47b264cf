"""The documents of reporters, and the data that they lose."""

import math
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
    refused_characters,
)
from s3_reporter_conformance.words.errors import Nonconformance


class Color(Enum):
    RED = "red"


INSTANT = datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc)


def paths(expected: Any, found: Any) -> list[str]:
    return [difference.path for difference in differences(expected, found)]


ODD = ("\x7f", "\x80", "\x85", "\x9f", "\u2028", "\u2029", "\ufeff", "\ufffe", "\U0010f000\x7f")
HELD = [
    *((each, each) for each in ("2026-01-15", "yes", "12:30:45", "0b1", "on")),
    *((str(each), f"'{each}'") for each in (True, "", "null", "0123", 1.5)),
    *((None, "~"), (True, "true"), (["no"], "[no]")),
    *((INSTANT, each) for each in ("2026-01-15T10:30:00Z", "'2026-01-15 10:30:00+00:00'")),
    *((Color.RED, each) for each in ("red", "RED", "Color.RED")),
    (PurePosixPath("src/app.py"), "src/app.py"),
    *(([each], f"[{each}]") for each in ("0o17", "1e3", "1:30")),
    *(({each: 1}, f"{{{each}: 1}}") for each in ("no", "2026-01-15", "1_000", "=", "<<")),
    # Plain in either version, with what one of them alone reads.
    *(([each, own], f"[{each}, {own}]") for each in ("=", "<<") for own in ("no", "0o17")),
    *((f" {each} ", f"{quote} {each} {quote}") for each in ODD for quote in "'\""),
]
NOT_HELD = [
    *((each, each) for each in ("true", "", "null", "0123", "1.5")),
    *((1, "true"), (True, "1"), (None, "''"), (None, "'null'"), ("a", "b")),
    *((INSTANT, "2026-01-15T10:30:01Z"), (Color.RED, "blue")),
    *(([], "{}"), ({}, "[]"), ([1, [2]], "[1, 2]"), ([1, 2], "[1]")),
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
    lost = lost_values(ScanResults({"a": value}), f"a: {text}\n".encode(), "yaml")
    assert (not lost) is is_held


def test_a_merge_may_be_overridden_but_not_repeated() -> None:
    assert read_document(b"a: &a {b: 1}\nc: {<<: *a, b: 2}", "yaml")["c"] == {"b": 2}
    with pytest.raises(Nonconformance, match="found a name twice"):
        read_document(b"a: &a {b: 1}\nc: {<<: *a, b: 2, b: 2}", "yaml")


@pytest.mark.parametrize(
    ("expected", "found", "told"),
    [
        ("a", "a\u200b", ("'a'", r"'a\u200b'")),
        (
            "x" * 200 + "a",
            "x" * 200,
            (f"...'{'x' * 10}a'", f"...'{'x' * 10}', the first 200 of 201 characters"),
        ),
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


LARGEST = f"17976931348623157{'0' * 292}"
NUMBERS = {
    1.7976931348623157e308: (LARGEST, f"{LARGEST}.0", "1.7976931348623157E+308"),
    int(LARGEST): (LARGEST, "1.7976931348623157e308"),
    5e-324: ("5e-324", "4.9E-324", f"0.{'0' * 323}49"),
    1e22: ("1e22", "1E+22", "1.0e+22", f"1{'0' * 22}"),
    2**53 + 1: ("9007199254740993", "9007199254740993.0", "9.007199254740993e15"),
    2**70 + 1: (str(2**70 + 1), "1.180591620717411303425E+21"),
    -0.0: ("-0.0", "0", "-0", "0.00"),
    75.0: ("75", "75.0", "75.00", "7.5e1", "750e-1"),
    0.1: ("0.1", "0.10", "1e-1", "0.1000000000000000055511151231257827"),
}
IN_YAML = {
    1000.0: ("1e3", "1E3", "1_000", "1000.", "0x3E8", "0o1750", "01750", "16:40", "0b1111101000"),
    0.5: (".5", "+.5", "5.0e-1", "0:0.5"),
}


def text_of(number: str, file_format: str) -> bytes:
    return (f'{{"n": {number}}}' if file_format == "json" else f"n: {number}\n").encode()


@pytest.mark.parametrize("file_format", ["json", "yaml"])
def test_numbers_compare_by_value(file_format: str) -> None:
    written = NUMBERS if file_format == "json" else {**NUMBERS, **IN_YAML}
    for value, texts in written.items():
        for text in texts:
            assert not lost_values(
                ScanResults({"n": value}), text_of(text, file_format), file_format
            )
    for value, text in (
        *((1.7976931348623157e308, each) for each in (f"{LARGEST}0", LARGEST[:-1], "1E400")),
        *((2**53 + 1, each) for each in ("9007199254740992", "9007199254740992.0", "9.1e15")),
        *((2**70 + 1, each) for each in ("1.1805916207174113e21", str(2**70))),
        *((1, "true"), (18, '"18"'), (0.1, "0.1000001"), (5e-324, "0"), (5e-324, "1e-323")),
    ):
        assert lost_values(ScanResults({"n": value}), text_of(text, file_format), file_format)


def test_each_version_of_yaml_says_what_it_reads() -> None:
    results = ScanResults({"a": ["no", "0o17"]})
    (lost,) = lost_values(results, b"a: [no, 0o17]\n", "yaml")
    assert (lost.path, lost.found) == ("a[0]", "False in YAML 1.1; YAML 1.2 reads a[1] as 15")
    (lost,) = lost_values(results, b"a: [no, 0o17, '\x7f']\n", "yaml")
    assert lost.found.startswith("a list of 3 in YAML 1.2; YAML 1.1 fails: unacceptable")
    (lost,) = lost_values(results, b"a: [no]\n", "yaml")
    assert lost.found == "a list of 1"
    with pytest.raises(Nonconformance, match=r"YAML 1\.1: .*; YAML 1\.2: "):
        read_document(b"a: \x01 [", "yaml")


def test_characters_that_some_loaders_refuse_are_found_with_their_places() -> None:
    content = 'a: ["\x7f", "\\x7f", "\u2028"]\nb: {"\x85": "\x85"}\nc: d\n'.encode()
    found = [each.partition(", with ") for each in refused_characters(content)]
    assert [place for place, _, _ in found] == ["a[0]", "b['\\x85']"]
    assert {words for _, _, words in found} == {r"\x7f or \x85 as it is"}
    # Escapes, and a document of YAML 1.1 alone.
    for each in ('a: "\\x7f"\n', "a: 1\x85b: 2\n"):
        assert not [*refused_characters(each.encode())]


def test_who_loses_a_character_that_yaml_folds_is_told_to_escape_it() -> None:
    (lost,) = lost_values(ScanResults({"a": "b\x85c"}), b"a: 'b\xc2\x85  c'\n", "yaml")
    assert lost.expected == r"'b\x85c', \x85 written as escapes in double quotes"


def test_of_many_lost_values_the_first_ones_are_told() -> None:
    refuse_differences([], "all of it")
    lost = list(differences({f"a{number}": number for number in range(6)}, {}))
    with pytest.raises(Nonconformance) as caught:
        refuse_differences(lost, "all of it")
    assert caught.value.expected == "all of it: a0 is 0; a1 is 1; a2 is 2; a3 is 3"
    assert caught.value.seen.endswith("; and 2 more")


@pytest.mark.parametrize("text", ["0", "1.5", "-1e300", "true"])
def test_a_number_in_the_place_of_nan_is_a_loss(text: str) -> None:
    results = ScanResults({"a": math.nan})
    assert [
        each.is_untyped for each in lost_values(results, f'{{"a": {text}}}'.encode(), "json")
    ] == [False]
    right = ("null", '"NaN"', "1e999")
    lost = [lost_values(results, f'{{"a": {each}}}'.encode(), "json") for each in right]
    assert all(each.is_untyped for found in lost for each in found)
