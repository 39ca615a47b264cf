"""The differences between conformance reports, rule by rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from .report import Report
from .verdict import RuleResult


@dataclass(frozen=True)
class Row:
    """A rule on which reports differ, and the result in each; `None` where it is absent."""

    rule: str
    name: str
    results: tuple[RuleResult | None, ...]


def compare(reports: Sequence[Report]) -> list[Row]:
    """Compare reports: the status of each rule, and the runs that break it."""
    rules = [{rule.id: rule for rule in report.rules} for report in reports]
    # In the order of the first report; what only later ones have comes last.
    names = {rule.id: rule.name for report in reports for rule in report.rules}
    rows = (Row(id_, names[id_], tuple(each.get(id_) for each in rules)) for id_ in names)
    return [row for row in rows if len(set(map(_compared, row.results))) > 1]


def _compared(rule: RuleResult | None) -> object:
    return (rule.status, frozenset(rule.runs)) if rule else None
