"""Given: the scan and its results."""

from datetime import datetime, timedelta, timezone

from pytest_bdd import given, parsers

from ...adapters.scan_results import sample_scan
from ...scenario.world import World
from ..scan_data import DATA

_START = "metadata.summary_stats.start"
_STARTS = {
    "missing": None,
    "empty text": "",
    "a date and time": datetime(
        2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-3, minutes=-30))
    ),
}


@given(parsers.parse('a scan that started at "{start}"'))
def scan_that_started_at(world: World, start: str) -> None:
    world.results = sample_scan().replaced(_START, start)
    world.facts["start"] = "in UTC" if start.endswith(("Z", "+00:00")) else "in another zone"
    if "." in start:
        world.facts["start"] = f"{world.facts['start']}, with a fraction"


@given(parsers.parse("a scan whose start is {kind}"))
def scan_whose_start_is(world: World, kind: str) -> None:
    world.results = sample_scan().replaced(_START, _STARTS[kind])
    world.facts["start"] = kind


@given(parsers.parse("scan results with {data}"))
def results_with(world: World, data: str) -> None:
    results = sample_scan()
    for path, value in DATA[data]().items():
        results = results.replaced(path, value)
    world.results = results
    world.facts["results"] = data
