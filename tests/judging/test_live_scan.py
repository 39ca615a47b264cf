"""The report of a tool is compared with its own results, as far as a reporter can know them."""

from datetime import datetime, timezone
from typing import Any

import pytest

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.judging.live_scan import (
    departures,
    findings_in,
    is_within,
    other_reports,
)
from s3_reporter_conformance.scenario.observation import Observation

OWN: dict[str, Any] = {
    "name": "a scan",
    "metadata": {
        "summary_stats": {
            "start": "2026-11-23T22:03:55+00:00",
            "end": "2026-11-23T22:03:59+00:00",
            "severity_counts": {"high": 1, "low": 2},
        }
    },
    "scanner_results": {"keys": {"finding_count": 3, "excluded": False}},
    "sarif": {},
}
TOLD = {name: value for name, value in OWN.items() if name != "sarif"}


def told(path: str, value: Any) -> Any:
    return ScanResults(TOLD).replaced(path, value).data


def paths(document: Any) -> list[str]:
    return [each.path for each in departures(ScanResults(OWN), document)]


@pytest.mark.parametrize(
    "document",
    [
        TOLD,
        OWN,
        told("scanner_results.keys", {"finding_count": 3}),
        told("metadata.summary_stats.start", None),
        told("metadata.summary_stats.end", None),
    ],
)
def test_what_a_report_may_leave_out(document: Any) -> None:
    assert paths(document) == []


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (
            told("metadata.summary_stats", {"start": "2026-11-23T22:03:55+00:00"}),
            "metadata.summary_stats.severity_counts",
        ),
        (
            told("metadata.summary_stats.severity_counts.low", 3),
            "metadata.summary_stats.severity_counts.low",
        ),
        (told("scanner_results", {}), "scanner_results.keys"),
        (told("scanner_results.keys.finding_count", 4), "scanner_results.keys.finding_count"),
        (told("scanner_results.more", {}), "scanner_results.more"),
        (told("name", "another"), "name"),
        ([], "the whole document"),
    ],
)
def test_what_contradicts_the_results(document: Any, path: str) -> None:
    assert paths(document) == [path]


def test_the_findings_are_counted() -> None:
    assert findings_in(ScanResults(OWN)) == 3


def observation(**files: bytes) -> Observation:
    began = datetime(2026, 11, 23, 22, 3, 55, 600_000, timezone.utc)
    named = {f"reports/{name}": content for name, content in files.items()}
    return Observation(Outcome(ready=True), (), (), named, 1.0, began=began)


@pytest.mark.parametrize(
    ("timestamp", "within"),
    [
        ("20261123T220355Z", True),
        ("2026-11-23T22:03:56.5+00:00", True),
        ("2026-11-24T03:48:56+05:45", True),
        ("20261123T220354Z", False),
        ("20261123T220357Z", False),
        ("20261124T034856Z", False),
        ("None", False),
    ],
)
def test_a_time_during_the_scan(timestamp: str, *, within: bool) -> None:
    assert is_within(timestamp, observation()) is within


def test_other_reports_may_differ_in_times_and_identifiers() -> None:
    first, second, other = (
        other_reports(observation(sarif=text))
        for text in (
            b'{"at": "2026-11-23T22:03:55Z", "took": 0.25, "count": 3}',
            b'{"at": "2026-11-23 22:04:55.5+00:00", "took": 17.5, "count": 3}',
            b'{"at": "2026-11-23T22:03:55Z", "took": 0.25, "count": 4}',
        )
    )
    assert first == second
    assert first != other
