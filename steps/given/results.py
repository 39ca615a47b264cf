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


@given(parsers.parse("a scan whose start is {start}"))
def scan_whose_start_is(world: World, start: str) -> None:
    world.results = sample_scan().replaced(_START, _STARTS.get(start, start))
    world.facts["start"] = start if start in _STARTS else _zone(start)


@given(parsers.parse("scan results with {data}"))
def results_with(world: World, data: str) -> None:
    results = sample_scan()
    for path, value in DATA[data]().items():
        results = results.replaced(path, value)
    world.results = results
    if data != "findings":
        world.facts["results"] = data


def _zone(start: str) -> str:
    zone = "in UTC" if start.endswith(("Z", "+00:00")) else "in another zone"
    return f"{zone}, with a fraction" if "." in start else zone
