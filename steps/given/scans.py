"""Given: the scan and its results, and scans that were reported before."""

import re
import time
from datetime import datetime, timedelta, timezone
from string import ascii_uppercase
from typing import Any

from pytest_bdd import given, parsers

from ...adapters.scan_results import ScanResults, sample_scan
from ...disk.folders import remove
from ...scenario.world import World
from ..scan_data import DRAWN, data_of

_START = "metadata.summary_stats.start"
_STARTS = {
    "missing": None,
    "empty text": "",
    "a date and time": datetime(
        2026, 1, 15, 10, 30, 0, 250_000, timezone(timedelta(hours=-3, minutes=-30))
    ),
}
_ZONES = {"+00:00": "in UTC", "Z": "in UTC, with Z", "": "without a zone"}
_OTHER_FORMAT = {"json": "yaml", "yaml": "json"}
# Keys need not tell more of a time than its second.
_NEXT_SECOND = 1.1


@given(parsers.parse("a scan whose start is {start}"))
def scan_whose_start_is(world: World, start: str) -> None:
    world.results = world.results.replaced(_START, _STARTS.get(start, start))
    zone = _ZONES.get(re.sub(r".*T[\d:.]+", "", start), "in another zone")
    words = f"{zone}, with a fraction" if "." in start else zone
    world.facts["start"] = start if start in _STARTS else words


@given(parsers.parse("scan results with {data}"))
def results_with(world: World, data: str) -> None:
    for path, value in data_of(data).items():
        world.results = world.results.replaced(path, value)
    if data != "findings":
        world.facts["results"] = "a JSON value" if data.startswith(DRAWN) else data
    if world.results.start is None:
        world.facts.setdefault("start", "no time")


@given(parsers.parse("{scan} was reported before"))
def a_scan_was_reported(world: World, scan: str) -> None:
    later, options = world.results, world.options
    if scan == "the same scan, the other format":
        other = _OTHER_FORMAT[options.get("file_format") or "json"]
        world.options = {**options, "file_format": other}
    elif scan == "the same scan":
        # Somebody looked at a finding meanwhile; the report is as long as before.
        world.results = later.replaced("metadata.summary_stats.severity_counts.high", 3)
    else:
        world.results = earlier_scan(scan)
    world.earlier = [*world.earlier, world.results]
    world.run()
    world.results, world.options = later, options
    world.facts["reported before"] = scan


@given("a folder with findings")
def a_folder_with_findings(world: World) -> None:
    # Scanners know the form of an access key; so it need not be one that is in use.
    key = "AKIA" + "".join(world.rng.choices(ascii_uppercase, k=16))
    # The tool writes whatever is in it.
    remove(world.output_dir)
    source = world.folder / "source"
    source.mkdir()
    (source / "settings.py").write_text(f'AWS_ACCESS_KEY_ID = "{key}"\n')
    (source / "README.md").write_text("# A project\n")
    world.source_dir = source


@given("the folder was scanned before")
def the_folder_was_scanned(world: World) -> None:
    world.before = world.run()
    time.sleep(_NEXT_SECOND)


def earlier_scan(words: str) -> ScanResults:
    """The results of a scan of the day before, which differ as the words say."""
    changes: dict[str, dict[str, Any]] = {
        "a scan of the day before": {},
        "an earlier scan": {
            "metadata.summary_stats.severity_counts.high": 40,
            "scanner_results.bandit.finding_count": 49,
        },
        "an earlier, larger scan": {"metadata.notes": "more " * 1000},
        "an earlier scan without findings": {"scanner_results": {}},
    }
    results = sample_scan().replaced(_START, "2026-11-21T19:16:23+00:00")
    for path, value in changes[words].items():
        results = results.replaced(path, value)
    return results
