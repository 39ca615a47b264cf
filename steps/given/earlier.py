"""Given: scans that were reported before, and objects of others."""

import json

from pytest_bdd import given, parsers

from ...adapters.scan_results import ScanResults, sample_scan
from ...scenario.world import World

_OTHER_FORMAT = {"json": "yaml", "yaml": "json"}
_OBJECTS_OF_OTHERS = (
    "README.md",
    "other/ash-report-20260101T000000Z.json",
    "scans-of-others/report.json",
    "scans/notes.txt",
)


@given(parsers.parse("{scan} was reported before"))
def a_scan_was_reported(world: World, scan: str) -> None:
    form = world.options["file_format"]
    if scan == "the same scan, the other format":
        world.options["file_format"] = _OTHER_FORMAT[form]
    later, world.results = world.results, _scan(scan, world.results)
    world.earlier.append(world.results)
    world.run()
    world.results = later
    world.options["file_format"] = form
    world.facts["reported before"] = scan


@given(parsers.parse("the bucket contains {objects}"))
def the_bucket_contains(world: World, objects: str) -> None:
    prefix, results = world.options["key_prefix"], world.results
    day = str(results.start)[:10].replace("-", "")
    contents: dict[str, bytes] = {}
    if objects == "the report of another scan":
        other = _scan("an earlier scan", results)
        world.earlier.append(other)
        contents = {f"{prefix}/ash-report-20261121T191623Z.json": _json(other)}
    elif objects == "a dozen reports of the same day":
        contents = {f"{prefix}/ash-report-{day}T{hour:02}0000Z.json": b"{}" for hour in range(12)}
    elif objects == "objects of others":
        contents = dict.fromkeys(_OBJECTS_OF_OTHERS, b"{}")
    for key, content in contents.items():
        world.write("reports", key, content)
    if contents:
        world.facts["bucket"] = f"with {objects}"


def _json(results: ScanResults) -> bytes:
    return json.dumps(results.data).encode()


def _scan(words: str, now: ScanResults) -> ScanResults:
    if words.startswith("the same scan"):
        return now
    before = sample_scan().replaced("metadata.summary_stats.start", "2026-11-21T19:16:23+00:00")
    match words:
        case "an earlier, larger scan":
            return before.replaced("metadata.notes", "more " * 1000)
        case "an earlier scan without findings":
            return before.replaced("scanner_results", {})
        case "an earlier scan":
            return before.replaced("metadata.summary_stats.severity_counts.high", 40).replaced(
                "scanner_results.bandit.finding_count", 49
            )
        case "a scan of the day before":
            return before
        case _:
            raise ValueError(f"there is no scan called {words!r}")
