"""A comparison of reports as a table, on the terminal and in Markdown."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..verdict.comparison import Cell, Comparison, Row
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
    yield from _gone(comparison)
    yield summary(comparison)


def markdown(comparison: Comparison) -> str:
    """Put a comparison into Markdown: a table, the reasons, and the summary."""
    return "\n".join(_markdown(comparison)) + "\n"


def summary(comparison: Comparison) -> str:
    """Say in a sentence how many rules differ, and which of them for no known reason."""
    if not comparison.rows:
        return "they agree"
    unexplained = comparison.unexplained
    verb = "differs" if len(comparison.rows) == 1 else "differ"
    differ = f"{len(comparison.rows)} of {comparison.compared} rules {verb}"
    if not unexplained:
        return f"{differ}; the reasons are known"
    return f"{differ}; no reason is known for {', '.join(unexplained)}"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    told = [[row.rule, *map(_words, row.cells), row.name] for row in rows]
    head = ["", *map(str, range(1, len(rows[0].cells) + 1)), ""]
    widths = [max(map(len, column)) for column in zip(head, *told, strict=True)]
    yield _line(head, widths)
    for row, words in zip(rows, told, strict=True):
        yield _line(words, widths)
        for number, cell in enumerate(row.cells, start=1):
            if cell.reason:
                yield f"  {' ' * widths[0]}  {number}: {cell.reason}"


def _line(words: Sequence[str], widths: Sequence[int]) -> str:
    return "  " + "  ".join(map(str.ljust, words, widths)).rstrip()


def _words(cell: Cell) -> str:
    rule = cell.rule
    words = rule.status.words if rule else "absent"
    if rule and rule.broken:
        words += f" in {count_of(rule.broken, 'run')}"
    return f"{words} (?)" if cell.unexplained else words


def _gone(comparison: Comparison) -> Iterator[str]:
    for each in comparison.gone:
        yield (
            f"{each.backend} does not differ on {each.rule} any more: take it out of the "
            f"known differences ({each.reason})"
        )


def _markdown(comparison: Comparison) -> Iterator[str]:
    backends = (escaped(each.backend) for each in comparison.reports)
    yield f"| rule | {' | '.join(backends)} |"
    yield "|---|" + "---|" * len(comparison.reports)
    for row in comparison.rows:
        yield f"| {row.rule} | " + " | ".join(map(_words, row.cells)) + " |"
    yield ""
    for title, reason, rules in _reasons(comparison):
        yield f"- {escaped(title)}, {', '.join(rules)}: {reason}"
    yield ""
    text = summary(comparison)
    yield f"{text[0].upper()}{text[1:]}."


def _reasons(comparison: Comparison) -> Iterator[tuple[str, str, list[str]]]:
    """The backends, in order, each with its reasons and the rules that they are about."""
    for number, report in enumerate(comparison.reports):
        found: dict[str, list[str]] = {}
        for row in comparison.rows:
            if reason := row.cells[number].reason:
                found.setdefault(reason, []).append(row.rule)
        yield from ((report.backend_name, reason, names) for reason, names in found.items())
