"""Where two conformance reports disagree."""

from collections.abc import Iterator
from dataclasses import dataclass

from .report import Report
from .status import Status


@dataclass(frozen=True)
class Disagreement:
    """A requirement with another status in each report.

    Attributes:
        requirement: Its id.
        name: Its name.
        first: Its status in the first report, or `None` if that does not have it.
        second: Its status in the second, or `None`.
    """

    requirement: str
    name: str
    first: Status | None
    second: Status | None


def disagreements(first: Report, second: Report) -> Iterator[Disagreement]:
    """Compare the statuses of two reports, requirement by requirement."""
    names = {each.id: each.name for report in (second, first) for each in report.requirements}
    ours, theirs = first.statuses, second.statuses
    for requirement, name in names.items():
        before, after = ours.get(requirement), theirs.get(requirement)
        if before is not after:
            yield Disagreement(requirement, name, before, after)
