"""The generated parts of documents: tables of rules and features.

`python tests/writing.py` updates the documents.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.feature_files import extended_features
from s3_reporter_conformance.spec.gherkin import all_rules, summary_of
from s3_reporter_conformance.spec.interpretations import all_interpretations
from s3_reporter_conformance.spec.rules import Level, Rule

ROOT = Path(__file__).parents[1]
INTERPRETATIONS = ROOT / "docs" / "interpretations.md"
HOW_TO = ROOT / "docs" / "verify-your-reporter.md"

Row = tuple[str, ...]


def tables() -> Iterator[tuple[Path, str]]:
    """Each generated table, with the document that it belongs to."""
    core, recommended, extended = (
        [rule for rule in all_rules() if rule.level is level] for level in Level
    )
    yield (
        INTERPRETATIONS,
        _table(
            ("core rule", "diagram and node", "its words", "interpretation"),
            (
                (_title(rule), *_place(diagram, node), _interpretations(rule))
                for rule in core
                for diagram, node in dict.fromkeys(
                    (each.diagram, each.node) for each in rule.judgments
                )
                if diagram and node
            ),
        ),
    )
    yield (
        INTERPRETATIONS,
        _table(
            ("recommended rule", "recommended because", "interpretation"),
            (
                (_title(rule), rule.reason.removesuffix("."), _interpretations(rule))
                for rule in recommended
            ),
        ),
    )
    yield (
        INTERPRETATIONS,
        _table(
            ("extended rule", "feature", "interpretation"),
            ((_title(rule), f"`{rule.feature}`", _interpretations(rule)) for rule in extended),
        ),
    )
    summaries = {name: summary_of(name) for name in sorted(extended_features())}
    yield (
        HOW_TO,
        _table(
            ("feature", "declare it"),
            (
                (f"`{name}`", f"{summary[0].lower()}{summary[1:].removesuffix('.')}")
                for name, summary in summaries.items()
            ),
        ),
    )


def in_page(table: str, page: Path) -> str:
    """The table of a document that has the same heading."""
    head, _, _ = table.partition("\n")
    found = re.search(rf"^{re.escape(head)}\n(?:\|.*\n)*", page.read_text(), re.MULTILINE)
    assert found, f"{page} has no table {head}"
    return found[0]


def _title(rule: Rule) -> str:
    return f"{rule.id} {rule.name}"


def _place(diagram: str, node: str) -> Row:
    """A node, and its text behind the answers that lead to it."""
    found = all_diagrams()[diagram]
    answers = dict.fromkeys(
        f"{found.nodes[edge.source]} {edge.label}"
        for edge in found.edges
        if edge.target == node and edge.label
    )
    words = ": ".join(filter(None, (" / ".join(answers), found.nodes[node])))
    return f"[{diagram}](../diagrams/{diagram}.mmd): `{node}`", words


def _interpretations(rule: Rule) -> str:
    known = all_interpretations()
    titles = {number: known[number].title.lower() for number in rule.interpretations}
    slugs = {number: re.sub(r"\W+", "-", title) for number, title in titles.items()}
    return ", ".join(f"[{number}](#{number}-{slug})" for number, slug in slugs.items())


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = (f"| {' | '.join(cells)} |\n" for cells in rows)
    return f"| {' | '.join(head)} |\n{'|---' * len(head)}|\n{''.join(lines)}"


if __name__ == "__main__":
    for page, table in tables():
        page.write_text(page.read_text().replace(in_page(table, page), table))
