"""The reference's documents are those of a plain copy of the results, but no copy is made."""

import json
from collections import OrderedDict
from datetime import date, datetime, time, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from s3_reporter_conformance.reference import json_writer, yaml_writer
from s3_reporter_conformance.reference.conversion import convert

from s3_reporter_conformance.adapters.scan_results import sample_scan


class Severity(Enum):
    HIGH = "high"
    UNKNOWN = None
    RANGE = (1, 5)


class Status(str, Enum):
    PASSED = "passed"


class Level(IntEnum):
    LOW = 1


SHARED = {"once": ["and", "again"]}

VALUES: dict[str, Any] = {
    "constants": [None, True, False],
    "numbers": [0, -1, 2**70, 0.1, -0.0, 1e16, 1e-7],
    "text": ["", "ä 😀", 'quote " and \\', "a\nb\x00", " x", "null", "1.5", "yes", "=", "- a: b"],
    "times": [datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc), date(2026, 1, 15), time(1, 2)],
    "members": [*Severity, Status.PASSED, Level.LOW],
    "others": [PurePosixPath("a/b"), Decimal("1.50"), b"bytes", 1 + 2j],
    "containers": [(1, (2,)), {3}, frozenset({4}), [], {}, (), [[[]]]],
    "mappings": [MappingProxyType({1: MappingProxyType({})}), OrderedDict(a=1)],
    "keys": {2: "a", 1.5: "b", None: "c", True: "d", date(2026, 1, 1): "e", Status.PASSED: "f"},
    "shared": [SHARED, SHARED, {"deep": [SHARED]}],
    "nested": {"a": [{"b": [{"c": {2: {"d": [1, Severity.HIGH]}}}]}]},
    "sample": sample_scan().to_simple_dict(),
    "large": [{"id": number, "tags": ["x", Severity.HIGH], "k": {}} for number in range(5000)],
    "many": {f"name {number}": [number] for number in range(11_000)},
}
"""Of every kind; `large` and `many` are more than one part of a JSON document."""


def copied(value: Any) -> Any:
    """A copy in plain data."""
    match value:
        case Enum():
            return copied(value.value)
        case None | bool() | int() | float() | str():
            return value
        case dict() | MappingProxyType():
            return {str(key): copied(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [copied(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return str(value)


# The first two are the module's own; small ones take everything apart.
@pytest.mark.parametrize(("part", "batch"), [(10_000, 100), (3, 2), (1, 1)])
@pytest.mark.parametrize("name", VALUES)
def test_a_json_document_is_that_of_a_copy(
    name: str, part: int, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_writer, "_PART", part)
    monkeypatch.setattr(json_writer, "_BATCH", batch)
    expected = json.dumps(copied({name: VALUES[name]}), ensure_ascii=False) + "\n"
    assert convert({name: VALUES[name]}, "json").content.decode() == expected


# PyYAML has a second one, written in Python, for where libyaml is missing.
@pytest.mark.parametrize("dumper", [yaml.CSafeDumper, yaml.SafeDumper])
@pytest.mark.parametrize("name", [name for name in VALUES if name not in {"large", "many"}])
def test_a_yaml_document_is_that_of_a_copy(
    name: str, dumper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_writer, "_DUMPER", dumper)
    expected = yaml.dump(
        copied({name: VALUES[name]}), Dumper=dumper, allow_unicode=True, sort_keys=False
    )
    assert convert({name: VALUES[name]}, "yaml").content.decode() == expected


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_results_that_hold_themselves_are_refused(form: str) -> None:
    circle: dict[str, Any] = {}
    circle["again"] = [circle]
    with pytest.raises(RecursionError):
        convert(circle, form)


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_results_with_names_that_become_the_same_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match="holds a name twice"):
        convert({"alike": [{"1": "first", "x": 0, 1: "second"}]}, form)


def test_what_is_no_number_in_json_becomes_text() -> None:
    values = [1.5, float("nan"), {"most": float("inf")}, -float("inf")]
    assert json.loads(convert({"values": values}, "json").content) == {
        "values": [1.5, "nan", {"most": "inf"}, "-inf"]
    }
    assert convert({"values": values[1:2]}, "yaml").content == b"values:\n- .nan\n"


@pytest.mark.parametrize("text", ["1e3", "0o17", "y", "N", "+1", "1."])
def test_text_that_one_version_of_yaml_takes_for_something_else_has_quotes(text: str) -> None:
    assert convert({text: text}, "yaml").content.decode() == f"'{text}': '{text}'\n"
