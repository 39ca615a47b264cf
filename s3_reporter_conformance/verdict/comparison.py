"""Where two conformance reports disagree."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ABSENT = "absent"
"""The status of a requirement that a report does not have."""


@dataclass(frozen=True)
class Disagreement:
    """A requirement with another status in each report.

    Attributes:
        requirement: Its id.
        name: Its name.
        first: Its status in the first report.
        second: Its status in the second.
    """

    requirement: str
    name: str
    first: str
    second: str


def disagreements(first: dict[str, Any], second: dict[str, Any]) -> Iterator[Disagreement]:
    """Compare the statuses of two reports, requirement by requirement."""
    ours, theirs = (
        {entry["id"]: entry for entry in report["requirements"]} for report in (first, second)
    )
    for name, entry in {**theirs, **ours}.items():
        before = ours[name]["status"] if name in ours else ABSENT
        after = theirs[name]["status"] if name in theirs else ABSENT
        if before != after:
            yield Disagreement(name, entry["name"], before, after)
