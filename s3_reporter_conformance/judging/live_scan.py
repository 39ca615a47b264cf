"""Judges a tool that scans: what it reports to S3, its results, and its other reports."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from dateutil.parser import isoparse

from ..adapters.scan_results import RETURNED, ScanResults
from ..scenario.observation import Observation
from .differences import Difference, differences
from .key_timestamp import instants

# What a reporter cannot know yet.
_AFTER_THE_REPORT = frozenset({"start", "end", "duration"})
# What differs from scan to scan: times, durations, and random identifiers.
_OF_ONE_SCAN = re.compile(
    rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?|\d+\.\d+|\d{10,}"
    rb"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


def is_within(timestamp: str, observation: Observation) -> bool:
    """Whether a key's timestamp denotes a time during the call; it may leave the fraction out."""
    first = observation.began.replace(microsecond=0)
    last = observation.began + timedelta(seconds=observation.ended)
    return any(first <= instant <= last for instant in instants(timestamp))


def contradictions(own: ScanResults, document: Any) -> Iterator[Difference]:
    """The differences between a report and the results that the tool wrote.

    It may leave out what the tool adds for itself, but not the counts, or a scanner.
    """
    expected = _reported_part(own.data, document if isinstance(document, Mapping) else {})
    told = expected.setdefault("metadata", {}).setdefault("summary_stats", {})
    told.setdefault("severity_counts", own.data["metadata"]["summary_stats"]["severity_counts"])
    told = expected.setdefault("scanner_results", {})
    expected["scanner_results"] = {**own.data["scanner_results"], **told}
    yield from differences(expected, document)


def findings_in(results: ScanResults) -> int:
    """The number of findings that the results count."""
    counts = results.data["metadata"]["summary_stats"]["severity_counts"]
    return sum(count for count in counts.values() if isinstance(count, int))


def other_reports(observation: Observation) -> Mapping[str, bytes]:
    """The files of a tool's other reporters, without what differs from scan to scan."""
    payloads = {upload.payload for upload in observation.uploads}
    return {
        name: _OF_ONE_SCAN.sub(b"", content)
        for name, content in observation.reports.items()
        if name != RETURNED and content not in payloads
    }


def _reported_part(own: Any, told: Any) -> Any:
    """As much of the results as a report tells."""
    if not (isinstance(own, Mapping) and isinstance(told, Mapping)):
        return _moment(own) if isinstance(told, str) and told != own else own
    return {
        name: value if name in _AFTER_THE_REPORT else _reported_part(own[name], value)
        for name, value in told.items()
        if name in own
    }


def _moment(value: Any) -> Any:
    """A text that is a date and time, as one: in the report, it may have another form."""
    if isinstance(value, str) and "T" in value:
        with suppress(ValueError):
            return isoparse(value)
    return value
