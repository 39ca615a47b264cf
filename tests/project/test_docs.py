"""The documentation is right, and its advice works."""

import re
from pathlib import Path

import msgspec
import pytest
from writing import INTERPRETATIONS, ROOT, in_page, tables

from s3_reporter_conformance.adapters.contract import Operation, Request, read_reply
from s3_reporter_conformance.cli.main import main
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.interpretations import all_interpretations
from s3_reporter_conformance.spec.rules import Level

DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text()
PAGES = sorted(
    [
        *DOCS.glob("*.md"),
        *ROOT.glob("*.md"),
        *ROOT.glob("examples/README.md"),
        *ROOT.glob("examples/*/README.md"),
    ]
)

# A retry that meets another error: the diagram does not say what it should do.
UNSPECIFIED = 13


def test_the_generated_tables_are_current() -> None:
    stale = [table.partition("\n")[0] for page, table in tables() if in_page(table, page) != table]
    assert stale == [], "run python tests/writing.py"


def test_the_readme_quotes_the_features() -> None:
    quotes = re.findall(r"```gherkin\n(.*?)```", README, re.DOTALL)
    features = "\n".join(path.read_text() for path in ROOT.glob("features/*.feature"))
    stripped = re.sub(r"^ +", "", features, flags=re.MULTILINE)
    assert len(quotes) == 2
    for quote in quotes:
        assert re.sub(r"^ +", "", quote, flags=re.MULTILINE) in stripped


def test_the_readme_lists_every_command() -> None:
    _, _, rest = README.partition("\n| command | what it does |\n|---|---|\n")
    listed = re.findall(r"^\| `([a-z]+)\b", rest.partition("\n\n")[0], re.MULTILINE)
    assert sorted(listed) == sorted(main.commands)


def test_the_documents_name_runs_that_there_are() -> None:
    text = README + (DOCS / "verify-your-reporter.md").read_text()
    named = re.findall(r"(?: -k| serve|\bcall reporter\.toml)\s+([a-z0-9-]+)\b", text)
    assert len(named) > 4
    assert set(named) <= {scenario.id for scenario in all_scenarios()}


def test_every_interpretation_has_a_reason_and_a_rule() -> None:
    known = all_interpretations()
    assert [*known] == [*range(1, 16)]
    assert all(each.statement and each.reason for each in known.values())
    used = {number for rule in all_rules() for number in rule.interpretations}
    assert used == known.keys() - {UNSPECIFIED}


def test_the_contract_asks_for_each_core_rule_and_for_no_other() -> None:
    _, _, rest = (DOCS / "contract.md").read_text().partition("## What is asked of a reporter\n")
    asked = re.findall(r"\b[A-Z]{3}-\d\d\b", rest.partition("\n## ")[0])
    assert sorted(asked) == sorted(rule.id for rule in all_rules() if rule.level is Level.CORE)


def test_each_node_of_a_diagram_has_a_rule_or_is_listed_with_its_reason() -> None:
    judged = {(each.diagram, each.node) for rule in all_rules() for each in rule.judgments}
    nodes = {(name, node) for name, each in all_diagrams().items() for node in each.nodes}
    _, _, rest = INTERPRETATIONS.read_text().partition("| nodes without a rule |")
    rows = re.findall(r"^\| (\w+) \| (.+) \| .+ \|$", rest, re.MULTILINE)
    listed = {(name, node) for name, cell in rows for node in re.findall(r"`(\w+)`", cell)}
    assert listed == nodes - judged


def test_the_contract_shows_what_its_schemas_allow() -> None:
    page = (DOCS / "contract.md").read_text()
    request = re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0]
    msgspec.json.decode(request, type=Request)
    replies = re.findall(r"`(\{\"(?:ready|returned)\".*?\})`", page)
    assert len(replies) == 3
    for reply in replies:
        operation = Operation.REPORT if "returned" in reply else Operation.VALIDATE
        read_reply(reply.encode(), operation)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!\w+:)([^)#]*)#?([^)]*)\)", page.read_text()):
        there = page.parent / target if target else page
        assert there.exists(), target
        if anchor:
            assert anchor in _anchors(there), f"{target}#{anchor}"


def _anchors(page: Path) -> set[str]:
    """The addresses of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
