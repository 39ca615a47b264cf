"""The generated parts of documents: tables of rules and features, and the failure in the README.

`python tests/writing.py` updates the documents.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.features import extended_features
from s3_reporter_conformance.spec.gherkin import all_rules, summary_of
from s3_reporter_conformance.spec.interpretations import all_interpretations
from s3_reporter_conformance.spec.rules import Level, Rule

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
INTERPRETATIONS = ROOT / "docs" / "interpretations.md"
HOW_TO = ROOT / "docs" / "verify-your-reporter.md"

Row = tuple[str, ...]

_COMMAND = "s3-reporter-conformance verify --quiet"
_FAILURE = re.compile(rf"(?<=```text\n\$ {_COMMAND}\n).*?(?=```)", re.DOTALL)
_MANIFEST = 'name = "my-reporter"\nadapter = "python:my_reporter:MyReporter"\n'
_TWO_FAULTS = '''\
"""The reference with two faults: in the URL of a YAML report, and in the copy after a failure."""

from s3_reporter_conformance.reference import S3Reporter


class MyReporter(S3Reporter):
    def report(self, results):
        return super().report(results).replace(".yaml", ".json")

    def _upload(self, key, document):
        outcome = super()._upload(key, document)
        self.is_stored = outcome.startswith("s3://")
        return outcome

    def _write_local_copy(self, document):
        if self.is_stored:
            super()._write_local_copy(document)
'''


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


def failure_in_readme() -> str:
    """The example of a failure, as the README shows it."""
    found = _FAILURE.search(README.read_text())
    assert found, f"the README shows no output of {_COMMAND}"
    return found[0]


def output(folder: Path, *selection: str) -> str:
    """The output of `verify` on a reporter with two faults, in an empty folder.

    Args:
        folder: The folder.
        selection: Further arguments, to select some runs.
    """
    (folder / "my_reporter.py").write_text(_TWO_FAULTS)
    (folder / "reporter.toml").write_text(_MANIFEST)
    command = [sys.executable, "-m", "s3_reporter_conformance", "verify", "--quiet", *selection]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def failure() -> str:
    """The parts of that output that the README shows."""
    with tempfile.TemporaryDirectory() as name:
        printed = output(Path(name))
    broken, _, rest = printed.partition("\nRecommendations that are not met\n")
    unmet, _, summary = rest.partition("\nSummary\n")
    _, _, broken = broken.partition("\n\n")
    shown = "\n".join(unmet.splitlines()[:2])
    conclusion = summary.rpartition("\n\n")[2]
    return f"{broken}\nRecommendations that are not met\n{shown}\n    ...\n\n{conclusion}"


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


def main() -> None:
    """Update the documents."""
    for page, table in tables():
        page.write_text(page.read_text().replace(in_page(table, page), table))
    shown = failure()
    README.write_text(_FAILURE.sub(lambda _: shown, README.read_text(), count=1))


if __name__ == "__main__":
    main()
