"""Given: the scan and its results."""

from datetime import date, datetime, timedelta, timezone
from pathlib import PurePosixPath
from uuid import UUID

from pytest_bdd import given, parsers

from ...adapters.scan_results import Severity, sample_scan
from ...scenario.world import World
from ..unusual_data import UNUSUAL_DATA

_UNTYPED = {
    "date and time": datetime(2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-5))),
    "path": PurePosixPath("src/app.py"),
    "enumeration": Severity.HIGH,
    "date": date(2026, 1, 15),
    "UUID": UUID("4f0c1d2e-7a5b-4c6d-8e9f-0a1b2c3d4e5f"),
}


@given("the results of a real scan")
def results_of_a_real_scan(world: World) -> None:
    world.results = sample_scan()


@given(parsers.parse('a scan that started at "{start}"'))
def scan_that_started_at(world: World, start: str) -> None:
    world.results = sample_scan().replaced("metadata.summary_stats.start", start)


@given('a scan that started at ""')
def scan_that_started_at_empty_text(world: World) -> None:
    world.results = sample_scan().replaced("metadata.summary_stats.start", "")


@given("a scan whose start is a date and time instead of text")
def scan_whose_start_is_a_datetime(world: World) -> None:
    start = datetime(2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-3, minutes=-30)))
    world.results = sample_scan().replaced("metadata.summary_stats.start", start)


@given("a scan without a start time")
def scan_whose_start_is_unknown(world: World) -> None:
    world.results = sample_scan().replaced("metadata.summary_stats.start", None)


@given(parsers.parse('a scan of a project called "{name}"'))
def scan_of_a_project(world: World, name: str) -> None:
    world.results = sample_scan().replaced("metadata.project_name", name)


@given("a scan without findings")
def scan_without_findings(world: World) -> None:
    world.results = sample_scan().replaced("scanner_results", {})


@given("scan results with values of every JSON type")
def results_with_every_json_type(world: World) -> None:
    values = {
        "text": "finding",
        "empty text": "",
        "whole number": 18,
        "negative number": -3,
        "fraction": 75.676856,
        "true": True,
        "false": False,
        "null": None,
        "list": [1, "two", [3.5], {"four": None}],
        "empty list": [],
        "empty object": {},
    }
    world.results = sample_scan().replaced("metadata.values", values)


@given(parsers.parse("scan results that contain {data}"))
def results_that_contain(world: World, data: str) -> None:
    results = sample_scan()
    for path, value in UNUSUAL_DATA[data]().items():
        results = results.replaced(path, value)
    world.results = results


@given(parsers.parse("scan results with a {kind}, for which JSON has no type"))
def results_with_an_untyped_value(world: World, kind: str) -> None:
    world.results = sample_scan().replaced("metadata.value", _UNTYPED[kind])


@given("a scan of a project whose name has line breaks")
def scan_of_a_project_with_line_breaks(world: World) -> None:
    world.results = sample_scan().replaced("metadata.project_name", "one\ntwo\r\nthree\rfour")
