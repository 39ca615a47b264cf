"""Where conformance reports differ, and for which differences a reason is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .known_differences import KnownDifference
from .report import Report
from .status import Status


@dataclass(frozen=True)
class Cell:
    """What one report says of one requirement.

    Attributes:
        status: Its status, or `None` if the report does not have it.
        differs: Whether the first report has another status.
        reason: Why it differs, if that is known; otherwise empty.
    """

    status: Status | None
    differs: bool
    reason: str

    @property
    def unexplained(self) -> bool:
        """Whether it differs and nobody knows why."""
        return self.differs and not self.reason


@dataclass(frozen=True)
class Row:
    """A requirement that has not the same status in all reports.

    Attributes:
        requirement: Its id.
        name: Its name.
        cells: What each report says of it.
    """

    requirement: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """Reports side by side; the first is the measure.

    Attributes:
        reports: The reports.
        rows: The requirements on which they differ.
        compared: How many requirements there are in all reports together.
        gone: Known differences that a report should show and does not.
    """

    reports: tuple[Report, ...]
    rows: tuple[Row, ...]
    compared: int
    gone: tuple[KnownDifference, ...]

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The ids of the requirements with a difference for which no reason is known."""
        return tuple(
            row.requirement for row in self.rows if any(cell.unexplained for cell in row.cells)
        )


def compare(reports: Sequence[Report], known: Iterable[KnownDifference]) -> Comparison:
    """Compare the statuses of reports with those of the first, requirement by requirement.

    Args:
        reports: The reports, at least one.
        known: The differences for which a reason is known.
    """
    differences = tuple(known)
    # In the order of the first report; what only later ones have comes last.
    names = {each.id: each.name for report in reports for each in report.requirements}
    rows = (_row(requirement, name, reports, differences) for requirement, name in names.items())
    return Comparison(
        reports=tuple(reports),
        rows=tuple(row for row in rows if any(cell.differs for cell in row.cells)),
        compared=len(names),
        gone=tuple(dict.fromkeys(_gone(reports, differences))),
    )


def _row(
    requirement: str, name: str, reports: Sequence[Report], known: Sequence[KnownDifference]
) -> Row:
    measure = reports[0].statuses.get(requirement)
    cells = []
    for report in reports:
        status = report.statuses.get(requirement)
        differs = status is not measure
        reasons = (
            each.reason
            for each in known
            if (each.requirement, each.status) == (requirement, status) and each.is_about(report)
        )
        cells.append(Cell(status, differs, next(reasons, "") if differs else ""))
    return Row(requirement, name, tuple(cells))


def _gone(reports: Sequence[Report], known: Sequence[KnownDifference]) -> Iterator[KnownDifference]:
    measure = reports[0].statuses
    for report in reports[1:]:
        for each in known:
            status = report.statuses.get(each.requirement)
            # What was not asked of the reporter tells nothing of the backend.
            same = status is not None and status.ran and status is measure.get(each.requirement)
            if same and each.is_about(report):
                yield each
