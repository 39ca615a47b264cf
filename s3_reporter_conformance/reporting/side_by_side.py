"""A comparison of reports as a table, on the terminal and in Markdown."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..verdict.comparison import Comparison, Row
from ..verdict.verdict import RuleResult
from ..words.names import count_of
from .formats.markdown import escaped


def lines(comparison: Comparison, paths: Sequence[Path]) -> Iterator[str]:
    """Put a comparison into lines for a terminal.

    Args:
        comparison: The comparison.
        paths: The files of the reports.
    """
    for number, (report, path) in enumerate(zip(comparison.reports, paths, strict=True), start=1):
        yield f"{number}  {path}: {report.title}"
    if comparison.rows:
        yield ""
        yield from _table(comparison.rows)
        yield ""
    yield summary(comparison)


def markdown(comparison: Comparison) -> str:
    """Put a comparison into Markdown: a table and the summary."""
    backends = (escaped(each.backend) for each in comparison.reports)
    head = f"| rule | {' | '.join(backends)} |\n|---|" + "---|" * len(comparison.reports)
    rows = (f"| {row.rule} | {' | '.join(map(_words, row.results))} |" for row in comparison.rows)
    return "\n".join((head, *rows, "", f"{summary(comparison).capitalize()}.", ""))


def summary(comparison: Comparison) -> str:
    """Say in a sentence how many rules differ."""
    if not comparison.rows:
        return "they agree"
    verb = "differs" if len(comparison.rows) == 1 else "differ"
    return f"{len(comparison.rows)} of {comparison.compared} rules {verb}"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    told = [[row.rule, *map(_words, row.results), row.name] for row in rows]
    head = ["", *map(str, range(1, len(rows[0].results) + 1)), ""]
    widths = [max(map(len, column)) for column in zip(head, *told, strict=True)]
    for words in (head, *told):
        yield "  " + "  ".join(map(str.ljust, words, widths)).rstrip()


def _words(rule: RuleResult | None) -> str:
    if rule is None:
        return "absent"
    return rule.status.words + (f" in {count_of(rule.broken, 'run')}" if rule.broken else "")
