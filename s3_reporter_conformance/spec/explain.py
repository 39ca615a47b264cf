"""The text of `list`, `explain`, and `coverage`."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from .coverage import Coverage
from .diagrams import all_diagrams
from .gherkin import all_rules, all_scenarios, background_of, summary_of
from .interpretations import REASON, all_interpretations
from .rules import Rule, Scenario

_WIDTH = 80


def listing(rules: Iterable[Rule]) -> Iterator[str]:
    """One line per rule, grouped by feature file."""
    area = ""
    for rule in rules:
        if rule.area != area:
            area = rule.area
            declared = f" (declare {rule.feature})" if rule.feature else ""
            yield f"\n{area.replace('_', ' ')}{declared}"
        yield f"  {rule.id:<18}  {rule.level.value:<11}  {rule.name}"


def run_listing(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """One line per run, grouped by feature file."""
    area = ""
    for scenario in scenarios:
        if scenario.area != area:
            area = scenario.area
            yield f"\n{area.replace('_', ' ')}"
        unusual = "  (unusual)" if scenario.is_unusual else ""
        yield f"  {scenario.rule or '':<18}  {scenario.id}{unusual}"


def entry(rule: Rule) -> dict[str, Any]:
    """A rule for JSON; what does not apply is null."""
    return {
        "id": rule.id,
        "name": rule.name,
        "level": rule.level.value,
        "feature": rule.feature,
        "diagram": rule.diagram,
        "node": rule.node,
        "interpretations": list(rule.interpretations),
        "file": rule.file,
        "line": rule.line,
    }


def run_entry(scenario: Scenario) -> dict[str, Any]:
    """A run for JSON; what does not apply is null."""
    return {
        "id": scenario.id,
        "name": scenario.name,
        "rule": scenario.rule,
        "feature": scenario.feature,
        "unusual": scenario.is_unusual,
        "file": scenario.file,
        "line": scenario.line,
    }


def explanation(rule: Rule) -> Iterator[str]:
    """A rule in full: as it stands, its node, its runs, and its interpretations."""
    yield f"{rule.id}  {rule.name}"
    level = rule.level.value
    yield f"{level}, for reporters that declare {rule.feature}" if rule.feature else level
    yield f"{rule.file}, line {rule.line}\n"
    yield textwrap.indent(rule.gherkin, "  ")
    if rule.diagram and rule.node:
        text = all_diagrams()[rule.diagram].nodes[rule.node]
        yield from _section(f"Node {rule.node} of diagrams/{rule.diagram}.mmd", text)
    if runs := [scenario for scenario in all_scenarios() if scenario.rule == rule.id]:
        yield "\nRuns that stand under it"
        if background := background_of(rule.area):
            yield textwrap.indent(background, "  ")
        for scenario in runs:
            yield f"  {scenario.id}"
    for number in rule.interpretations:
        interpretation = all_interpretations()[number]
        yield f"\nInterpretation {number}: {interpretation.title}"
        for paragraph in interpretation.statement:
            yield f"{_filled(paragraph, '  ', '  ')}\n"
        yield from _section(REASON, interpretation.reason)
    flags = f" --features {rule.feature}" if rule.feature else ""
    yield f"\nMake these runs alone: s3-reporter-conformance verify REPORTER -k {rule.id}{flags}"


def feature_explanation(feature: str) -> Iterator[str]:
    """The rules of a feature."""
    yield feature
    yield _filled(summary_of(feature), "", "")
    for rule in (rule for rule in all_rules() if rule.feature == feature):
        yield f"\n{textwrap.indent(rule.gherkin, '  ')}"
    area = feature.replace("-", "_")
    yield f"\nTry it: s3-reporter-conformance verify REPORTER --features {feature} -m {area}"


def coverage_lines(coverages: Iterable[Coverage], *, details: bool) -> Iterator[str]:
    """The coverage of each diagram, and by which runs.

    Args:
        coverages: The coverage of each diagram.
        details: List the runs of every arrow and path, not only those not covered.
    """
    yield f"{'diagram':<20}{'edges':>10}{'prime paths':>15}"
    for each in coverages:
        parts = (each.edges, each.prime_paths)
        edges, paths = (f"{sum(map(bool, p.values()))} of {len(p)}" for p in parts)
        yield f"{each.diagram.name:<20}{edges:>10}{paths:>15}"
    for each in coverages:
        named = [
            *((f"edge {edge}", ids) for edge, ids in each.edges.items()),
            *((f"prime path {' > '.join(path)}", ids) for path, ids in each.prime_paths.items()),
        ]
        shown = [(name, ids) for name, ids in named if details or not ids]
        if shown:
            yield f"\n{each.diagram.name}"
        for name, ids in shown:
            yield _filled(name, "  ", "      ")
            yield _filled(", ".join(ids) or "covered by no run", "    ", "    ")


def _section(title: str, text: str) -> Iterator[str]:
    yield f"\n{title}"
    yield _filled(text, "  ", "  ")


def _filled(text: str, first: str, rest: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
