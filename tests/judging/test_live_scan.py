"""The report of a tool is compared with its own results, as far as a reporter can know them."""

from datetime import datetime, timezone
from typing import Any

import pytest
from made_runs import call

from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.judging.live_scan import (
    contradictions,
    findings_in,
    is_within,
    other_reports,
)
from s3_reporter_conformance.scenario.observation import Observation

STATISTICS = "metadata.summary_stats"
COUNTS = {"severity_counts": {"high": 1, "low": 2}}
TIMES = {"start": "2026-11-23T22:03:55+00:00", "end": "2026-11-23T22:03:59+00:00"}
TOLD: dict[str, Any] = {
    "name": "a scan",
    "metadata": {"summary_stats": {**TIMES, **COUNTS}},
    "scanner_results": {"keys": {"finding_count": 3, "excluded": False}},
}
OWN = {**TOLD, "sarif": {}}


@pytest.mark.parametrize(
    ("changed", "value", "found"),
    [
        # What a report may leave out.
        ("sarif", {}, []),
        ("scanner_results.keys", {"finding_count": 3}, []),
        (f"{STATISTICS}.start", None, []),
        # What contradicts the results.
        (STATISTICS, TIMES, ["severity_counts"]),
        (f"{STATISTICS}.severity_counts.low", 3, ["low"]),
        ("scanner_results", {}, ["keys"]),
        ("scanner_results.keys.finding_count", 4, ["finding_count"]),
        ("scanner_results.more", {}, ["more"]),
        ("name", "another", ["name"]),
    ],
)
def test_a_report_is_compared_with_the_results(changed: str, value: Any, found: list[str]) -> None:
    document = ScanResults(TOLD).replaced(changed, value).data
    paths = [each.path.rpartition(".")[2] for each in contradictions(ScanResults(OWN), document)]
    assert paths == found


def test_a_report_that_is_no_object_departs_as_a_whole() -> None:
    assert [each.path for each in contradictions(ScanResults(OWN), [])] == ["the whole document"]
    assert findings_in(ScanResults(OWN)) == 3


def observation(text: bytes = b"") -> Observation:
    began = datetime(2026, 11, 23, 22, 3, 55, 600_000, timezone.utc)
    return call(files={"reports/sarif": text}, ended=1.0, began=began)


@pytest.mark.parametrize(
    ("timestamp", "within"),
    [
        *((text, True) for text in ("20261123T220355Z", "2026-11-23T22:03:56.5+00:00")),
        *((text, False) for text in ("20261123T220354Z", "20261123T220357Z", "None")),
    ],
)
def test_a_time_during_the_scan(timestamp: str, *, within: bool) -> None:
    assert is_within(timestamp, observation()) is within


def test_other_reports_may_differ_in_times_alone() -> None:
    def without_times(text: bytes) -> object:
        return other_reports(observation(text))

    first = without_times(b'{"at": "2026-11-23T22:03:55Z", "took": 0.25, "count": 3}')
    later = b'{"at": "2026-11-23 22:04:55.5+00:00", "took": 17.5, "count": 3}'
    assert without_times(later) == first != without_times(later.replace(b"3}", b"4}"))
