"""Then: what other services find."""

from collections import Counter

from pytest_bdd import then

from ...adapters.scan_results import ScanResults
from ...judging.consumers import expect_quicksight
from ...judging.documents import read_json
from ...scenario.run import Run
from ...words.errors import Nonconformance


@then("one event names the object")
def one_event_names_the_object(run: Run) -> None:
    upload = run.uploads[0]
    events = [e for e in run.observation.events if e.name.startswith("ObjectCreated:")]
    if [(event.bucket, event.key) for event in events] != [(upload.bucket, upload.key)]:
        raise Nonconformance(
            f"one event that names {upload.bucket}/{upload.key}",
            "; ".join(f"{event.bucket}/{event.key}" for event in events) or "none",
        )


@then("the reader counts the findings of every scan")
def reader_counts_the_findings(run: Run) -> None:
    service, reading = next(iter(run.readings.items()))
    if reading.problem:
        raise reading.problem
    # A report replaces an earlier one of the same scan.
    scans = {str(scan.start): scan for scan in (*run.earlier, run.results)}
    read = [run.results] if service == "lambda" else scans.values()
    for name, figures in reading.figures.items():
        expected: Counter[str] = Counter()
        for results in read:
            expected.update(_counts(results)[name])
        if figures != expected:
            raise Nonconformance(f"{name} {dict(expected)}", f"{dict(figures) or 'none'}")


@then("QuickSight can import what a manifest lists")
def quicksight_can_import(run: Run) -> None:
    expect_quicksight(run.observation.objects)


@then("each scan is found once")
def each_scan_is_found_once(run: Run) -> None:
    starts = Counter(_start(stored.content) for stored in run.observation.objects)
    expected = Counter({str(scan.start) for scan in (run.results, *run.earlier)})
    if starts != expected:
        raise Nonconformance(
            f"{len(expected)} documents, each of another scan",
            f"{starts.total()} documents of {len(starts)} scans",
        )


def _counts(results: ScanResults) -> dict[str, dict[str, int]]:
    """The figures that readers have to find, by their kind."""
    scanners = results.data["scanner_results"].items()
    return {
        "severities": dict(results.data["metadata"]["summary_stats"]["severity_counts"]),
        "scanners": {name: scanner["finding_count"] for name, scanner in scanners},
    }


def _start(content: bytes) -> str:
    match read_json(content):
        case {"metadata": {"summary_stats": {"start": start}}}:
            return str(start)
        case _:
            return "unknown"
