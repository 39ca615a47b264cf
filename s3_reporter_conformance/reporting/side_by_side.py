"""A comparison of reports as a table on the terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..verdict.comparison import Row, compare
from ..verdict.report import Report
from ..verdict.verdict import RuleResult
from ..words.names import count_of


def lines(reports: Sequence[Report], paths: Sequence[Path]) -> Iterator[str]:
    """Compare the reports in some files, in lines for a terminal."""
    for number, (report, path) in enumerate(zip(reports, paths, strict=True), start=1):
        yield f"{number}  {path}: {report.title}"
    rows = compare(reports)
    if not rows:
        yield "they agree"
        return
    yield from ("", *_table(rows), "")
    yield "1 rule differs" if len(rows) == 1 else f"{len(rows)} rules differ"


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
