"""Where conformance reports differ, and for which differences a reason is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .known_differences import KnownDifference
from .report import Report
from .verdict import RuleResult


@dataclass(frozen=True)
class Cell:
    """What one report says of one rule.

    Attributes:
        rule: The verdict on it, or `None` if the report does not have it.
        differs: Whether the first report has another status, or other runs that break it.
        reason: Why it differs, if that is known; otherwise empty.
    """

    rule: RuleResult | None
    differs: bool
    reason: str

    @property
    def unexplained(self) -> bool:
        """Whether it differs and no reason is known."""
        return self.differs and not self.reason


@dataclass(frozen=True)
class Row:
    """A rule on which the reports differ.

    Attributes:
        rule: Its id.
        name: Its name.
        cells: What each report says of it.
    """

    rule: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """Reports side by side; the first is the measure.

    Attributes:
        reports: The reports.
        rows: The rules on which they differ.
        compared: The number of rules in all reports together.
        gone: Known differences that a report should show and does not.
    """

    reports: tuple[Report, ...]
    rows: tuple[Row, ...]
    compared: int
    gone: tuple[KnownDifference, ...]

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The ids of the rules with a difference for which no reason is known."""
        return tuple(row.rule for row in self.rows if any(cell.unexplained for cell in row.cells))


def compare(reports: Sequence[Report], known: Iterable[KnownDifference]) -> Comparison:
    """Compare reports with the first, rule by rule.

    Args:
        reports: The reports, at least one.
        known: The differences for which a reason is known.
    """
    differences = tuple(known)
    # In the order of the first report; what only later ones have comes last.
    names = {each.id: each.name for report in reports for each in report.rules}
    rows = (_row(rule, name, reports, differences) for rule, name in names.items())
    return Comparison(
        reports=tuple(reports),
        rows=tuple(row for row in rows if any(cell.differs for cell in row.cells)),
        compared=len(names),
        gone=tuple(dict.fromkeys(_gone(reports, differences))),
    )


def _row(name: str, title: str, reports: Sequence[Report], known: Sequence[KnownDifference]) -> Row:
    measure = _rule(reports[0], name)
    cells = []
    for report in reports:
        rule = _rule(report, name)
        differs = _compared(rule) != _compared(measure)
        reasons = (
            each.reason
            for each in known
            if rule and (each.rule, each.status) == (name, rule.status) and each.is_about(report)
        )
        cells.append(Cell(rule, differs, next(reasons, "") if differs else ""))
    return Row(name, title, tuple(cells))


def _rule(report: Report, name: str) -> RuleResult | None:
    return next((rule for rule in report.rules if rule.id == name), None)


def _compared(rule: RuleResult | None) -> object:
    return (rule.status, frozenset(rule.runs)) if rule else None


def _gone(reports: Sequence[Report], known: Sequence[KnownDifference]) -> Iterator[KnownDifference]:
    measure = reports[0].statuses
    for report in reports[1:]:
        for each in known:
            status = report.statuses.get(each.rule)
            # What was not asked of the reporter tells nothing of the backend.
            same = status is not None and status.ran and status is measure.get(each.rule)
            if same and each.is_about(report):
                yield each
