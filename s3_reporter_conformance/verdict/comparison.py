"""Where conformance reports differ, rule by rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from .report import Report
from .verdict import RuleResult


@dataclass(frozen=True)
class Row:
    """A rule on which reports differ.

    Attributes:
        rule: Its id.
        name: Its name.
        results: The verdict of each report on it; `None` for a report that does not have it.
    """

    rule: str
    name: str
    results: tuple[RuleResult | None, ...]


@dataclass(frozen=True)
class Comparison:
    """Reports side by side; the first is the measure.

    Attributes:
        reports: The reports.
        rows: The rules on which a report differs from the first.
        compared: The number of rules in all reports together.
    """

    reports: tuple[Report, ...]
    rows: tuple[Row, ...]
    compared: int


def compare(reports: Sequence[Report]) -> Comparison:
    """Compare reports with the first: the status of each rule, and the runs that break it."""
    rules = [{rule.id: rule for rule in report.rules} for report in reports]
    # In the order of the first report; what only later ones have comes last.
    names = {rule.id: rule.name for report in reports for rule in report.rules}
    rows = (Row(id_, names[id_], tuple(each.get(id_) for each in rules)) for id_ in names)
    different = (row for row in rows if len(set(map(_compared, row.results))) > 1)
    return Comparison(tuple(reports), tuple(different), len(names))


def _compared(rule: RuleResult | None) -> object:
    return (rule.status, frozenset(rule.runs)) if rule else None
