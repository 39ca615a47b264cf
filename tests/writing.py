"""The generated parts of documents: tables of rules and features, and the failure in the README.

`python tests/writing.py` prints them; with `--write` it updates the documents.
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
    core = ("core rule", "diagram and node", "its words", "interpretation")
    yield INTERPRETATIONS, _table(core, _core_rows())
    recommended = ("recommended rule", "recommended because", "interpretation")
    yield INTERPRETATIONS, _table(recommended, _recommended_rows())
    extended = ("extended rule", "feature", "interpretation")
    yield INTERPRETATIONS, _table(extended, _extended_rows())
    yield HOW_TO, _table(("feature", "declare it"), _feature_rows())


def in_page(table: str, page: Path) -> str:
    """The table of a document that has the same heading.

    Raises:
        ValueError: It has none.
    """
    head, _, _ = table.partition("\n")
    found = re.search(rf"^{re.escape(head)}\n(?:\|.*\n)*", page.read_text(), re.MULTILINE)
    if found is None:
        message = f"{page} has no table {head}"
        raise ValueError(message)
    return found[0]


def failure_in_readme() -> str:
    """The example of a failure, as the README shows it.

    Raises:
        ValueError: The README shows none.
    """
    found = _FAILURE.search(README.read_text())
    if found is None:
        message = f"the README shows no output of {_COMMAND}"
        raise ValueError(message)
    return found[0]


def output(folder: Path, *selection: str) -> str:
    """The output of `verify` on a reporter with two faults.

    Args:
        folder: An empty folder.
        selection: Further arguments, to select some runs.
    """
    (folder / "my_reporter.py").write_text(_TWO_FAULTS)
    (folder / "reporter.toml").write_text(_MANIFEST)
    done = subprocess.run(
        [sys.executable, "-m", "s3_reporter_conformance", "verify", "--quiet", *selection],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


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


def _core_rows() -> Iterator[Row]:
    for rule in _rules(Level.CORE):
        for diagram, node in dict.fromkeys((each.diagram, each.node) for each in rule.judgments):
            if diagram and node:
                file = f"[{diagram}](../diagrams/{diagram}.mmd)"
                words = _words(diagram, node)
                yield _title(rule), f"{file}: `{node}`", words, _interpretations(rule)


def _recommended_rows() -> Iterator[Row]:
    for rule in _rules(Level.RECOMMENDED):
        yield _title(rule), rule.reason.removesuffix("."), _interpretations(rule)


def _extended_rows() -> Iterator[Row]:
    for rule in _rules(Level.EXTENDED):
        yield _title(rule), f"`{rule.feature}`", _interpretations(rule)


def _feature_rows() -> Iterator[Row]:
    for name in sorted(extended_features()):
        summary = summary_of(name)
        yield f"`{name}`", f"{summary[0].lower()}{summary[1:].removesuffix('.')}"


def _rules(level: Level) -> list[Rule]:
    return [rule for rule in all_rules() if rule.level is level]


def _title(rule: Rule) -> str:
    return f"{rule.id} {rule.name}"


def _words(diagram: str, node: str) -> str:
    """The text of a node, behind the answers that lead to it."""
    found = all_diagrams()[diagram]
    answers = dict.fromkeys(
        f"{found.nodes[edge.source]} {edge.label}"
        for edge in found.edges
        if edge.target == node and edge.label
    )
    return ": ".join(filter(None, (" / ".join(answers), found.nodes[node])))


def _interpretations(rule: Rule) -> str:
    known = all_interpretations()
    return ", ".join(
        f"[{number}](#{number}-{_slug(known[number].title)})" for number in rule.interpretations
    )


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = (f"| {' | '.join(cells)} |\n" for cells in rows)
    return f"| {' | '.join(head)} |\n{'|---' * len(head)}|\n{''.join(lines)}"


def main() -> None:
    """Print the generated parts, or update the documents."""
    write = sys.argv[1:] == ["--write"]
    for page, table in tables():
        if write:
            page.write_text(page.read_text().replace(in_page(table, page), table))
        else:
            print(table)
    shown = failure()
    if write:
        README.write_text(_FAILURE.sub(lambda _: shown, README.read_text(), count=1))
    else:
        print(shown)


if __name__ == "__main__":
    main()
