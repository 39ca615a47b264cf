"""The text of `list`, `explain`, and `coverage`."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from .coverage import Coverage
from .diagrams import all_diagrams
from .gherkin import all_rules, all_scenarios, summary_of
from .interpretations import REASON, all_interpretations
from .rules import Rule, Scenario


def listing(parts: Iterable[Rule | Scenario]) -> Iterator[str]:
    """One line per rule or run, grouped by feature file."""
    for (area, feature), group in groupby(parts, lambda part: (part.area, part.feature)):
        yield f"\n{area.replace('_', ' ')}{f' (declare {feature})' if feature else ''}"
        for part in group:
            if isinstance(part, Rule):
                yield f"  {part.id:<18}  {part.level.value:<11}  {part.name}"
            else:
                yield f"  {part.rule or '':<18}  {part.id}{'  (unusual)' * part.is_unusual}"


def run_explanation(run: Scenario) -> Iterator[str]:
    """A run with the values of its row."""
    yield f"{run.id}\n{run.file}, line {run.line}\n"
    yield f"  Scenario: {run.name}"
    yield "\n      And ".join((f"    Given {run.given[0]}", *run.given[1:]))
    yield f"    When {run.when}"
    yield f"\nMake this run alone: s3-reporter-conformance call REPORTER {run.id}"


def explanation(rule: Rule) -> Iterator[str]:
    """A rule in full: as it stands, its node, its runs, and its interpretations."""
    yield f"{rule.id}  {rule.name}"
    level = rule.level.value
    yield f"{level}, for reporters that declare {rule.feature}" if rule.feature else level
    yield f"{rule.file}, line {rule.line}\n"
    yield _as_it_stands(rule)
    if rule.diagram and rule.node:
        text = all_diagrams()[rule.diagram].nodes[rule.node]
        yield from _section(f"Node {rule.node} of diagrams/{rule.diagram}.mmd", text)
    runs = [scenario.id for scenario in all_scenarios() if scenario.rule == rule.id]
    if runs:
        yield "\n  ".join(("\nRuns that stand under it", *runs))
    for number in rule.interpretations:
        interpretation = all_interpretations()[number]
        yield f"\nInterpretation {number}: {interpretation.title}"
        yield "\n\n".join(f"  {each}" for each in interpretation.statement)
        yield from _section(REASON, interpretation.reason)
    flags = f" --features {rule.feature}" if rule.feature else ""
    which = "these runs" if runs else "the runs of its feature file"
    yield f"\nMake {which} alone: s3-reporter-conformance verify REPORTER -k {rule.id}{flags}"


def feature_explanation(feature: str) -> Iterator[str]:
    """The rules of a feature."""
    yield feature
    yield summary_of(feature)
    for rule in (rule for rule in all_rules() if rule.feature == feature):
        yield f"\n{_as_it_stands(rule)}"
    area = feature.replace("-", "_")
    yield f"\nTry it: s3-reporter-conformance verify REPORTER --features {feature} -m {area}"


def coverage_lines(coverages: Iterable[Coverage], *, details: bool) -> Iterator[str]:
    """The coverage of each diagram; with details, the runs of each arrow and path."""
    yield f"{'diagram':<20}{'edges':>10}{'prime paths':>15}"
    for each in coverages:
        parts = (each.edges, each.prime_paths)
        edges, paths = (f"{sum(map(bool, p.values()))} of {len(p)}" for p in parts)
        yield f"{each.diagram.name:<20}{edges:>10}{paths:>15}"
    for each in coverages:
        diagram = each.diagram
        named = [(f"edge {diagram.told(edge)}", ids) for edge, ids in each.edges.items()]
        for path, ids in each.prime_paths.items():
            named.append((f"prime path {' -> '.join(diagram.nodes[node] for node in path)}", ids))
        shown = [(name, ids) for name, ids in named if details or not ids]
        if shown:
            yield f"\n{each.diagram.name}"
        for name, ids in shown:
            yield f"  {name}"
            yield f"    {', '.join(ids) or 'covered by no run'}"


def _as_it_stands(rule: Rule) -> str:
    """The text of a rule; a sentence that goes on in the next line is one line."""
    return textwrap.indent(re.sub(r"\n +(?=[a-z`])", " ", rule.gherkin), "  ")


def _section(title: str, text: str) -> Iterator[str]:
    yield f"\n{title}"
    yield f"  {text}"
