"""Then: what other services find."""

from collections import Counter

from pytest_bdd import then

from ...adapters.scan_results import ScanResults
from ...errors import Nonconformance
from ...judging.consumers import Reading, expect_quicksight
from ...judging.documents import read_json
from ...scenario.run import Run


@then("one event names the object")
def one_event_names_the_object(run: Run) -> None:
    upload = run.uploads[0]
    events = [e for e in run.observation.events if e.name.startswith("ObjectCreated:")]
    if [(event.bucket, event.key) for event in events] != [(upload.bucket, upload.key)]:
        raise Nonconformance(
            f"one event that names {upload.bucket}/{upload.key}",
            "; ".join(f"{event.bucket}/{event.key}" for event in events) or "none",
        )


@then("a Lambda function that gets the event finds the scan's severities")
def lambda_function_finds_severities(run: Run) -> None:
    found = list(_reading(run, "lambda").figures.values())
    expected = _severities(run.results)
    if [dict(each) for each in found] != [expected]:
        raise Nonconformance(f"the counts {expected}, once", f"{found or 'nothing'}")


@then("SQL counts the findings of every scan")
def sql_counts_findings(run: Run) -> None:
    figures = _reading(run, *{"athena", "athena-lines"} & run.readings.keys()).figures
    for name, count in {"severities": _severities, "scanners": _scanners}.items():
        expected: Counter[str] = Counter()
        for results in (*run.earlier, run.results):
            expected.update(count(results))
        if figures[name] != expected:
            raise Nonconformance(f"{name} {dict(expected)}", f"{dict(figures[name]) or 'none'}")


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


@then("Spark flattens the findings of each scanner into Parquet")
def spark_flattens_findings(run: Run) -> None:
    found = _reading(run, "spark").figures["scanners"]
    expected = _scanners(run.results)
    if found != expected:
        raise Nonconformance(f"the counts {expected}", f"{dict(found)}")


def _reading(run: Run, service: str) -> Reading:
    reading: Reading = run.readings[service]
    if reading.problem:
        raise reading.problem
    return reading


def _severities(results: ScanResults) -> dict[str, int]:
    return dict(results.data["metadata"]["summary_stats"]["severity_counts"])


def _scanners(results: ScanResults) -> dict[str, int]:
    scanners = results.data["scanner_results"].items()
    return {name: scanner["finding_count"] for name, scanner in scanners}


def _start(content: bytes) -> str:
    match read_json(content):
        case {"metadata": {"summary_stats": {"start": start}}}:
            return str(start)
        case _:
            return "unknown"
