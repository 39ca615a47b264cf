"""The text of `list`, `explain`, and `coverage`."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from .coverage import Coverage
from .diagrams import all_diagrams
from .gherkin import all_requirements, background_of, summary_of
from .interpretations import REASON, all_interpretations
from .paths import NamedPath
from .requirements import MISTAKES, Requirement

_WIDTH = 80


def listing(requirements: Iterable[Requirement]) -> Iterator[str]:
    """One line per requirement, grouped by feature file."""
    area = ""
    for requirement in requirements:
        if requirement.area != area:
            area = requirement.area
            declared = f" (declare {requirement.feature})" if requirement.feature else ""
            yield f"\n{area.replace('_', ' ')}{declared}"
        several = f" ({requirement.examples} examples)" if requirement.examples > 1 else ""
        yield f"  {requirement.id:<18}  {requirement.name}{several}"


def entry(requirement: Requirement) -> dict[str, Any]:
    """A requirement as JSON has it; what does not apply is null."""
    return {
        "id": requirement.id,
        "name": requirement.name,
        "level": requirement.level.value,
        "feature": requirement.feature,
        "diagram": requirement.diagram,
        "path": requirement.path,
        "interpretations": list(requirement.interpretations),
        "rule": requirement.rule,
        "file": requirement.file,
        "line": requirement.line,
        "examples": requirement.examples,
    }


def explanation(requirement: Requirement) -> Iterator[str]:
    """A requirement in full: rule, common mistakes, scenario, path, and interpretations."""
    yield f"{requirement.id}  {requirement.name}"
    level = requirement.level.value
    yield (
        f"{level}, for reporters that declare {requirement.feature}"
        if requirement.feature
        else level
    )
    yield f"{requirement.area}.feature, line {requirement.line}"
    yield from _section("Rule", requirement.rule)
    yield from _section(MISTAKES, requirement.mistakes)
    if background := background_of(requirement.area):
        yield "\nBackground"
        yield textwrap.indent(background, "  ")
    yield "\nScenario"
    yield textwrap.indent(requirement.gherkin, "  ")
    if path := requirement.named_path:
        yield from _section(
            f"Path {path.name} through the diagram {path.diagram}", path.description
        )
        yield from _drawn(path)
    for number in requirement.interpretations:
        interpretation = all_interpretations()[number]
        yield from _section(
            f"Interpretation {number}: {interpretation.title}", interpretation.statement
        )
        yield from _section(REASON, interpretation.reason)
    flags = f" --features {requirement.feature}" if requirement.feature else ""
    yield f"\nRun it alone: s3-reporter-conformance verify REPORTER -k {requirement.id}{flags}"


def feature_explanation(feature: str) -> Iterator[str]:
    """What a feature asks for: its rules, common mistakes, and requirements."""
    yield feature
    yield _filled(summary_of(feature), "", "")
    requirements = [each for each in all_requirements() if each.feature == feature]
    mistakes = {each.rule: each.mistakes for each in requirements}
    for rule, often_wrong in mistakes.items():
        yield from _section("Rule", rule)
        yield from _section(MISTAKES, often_wrong)
    yield "\nRequirements"
    for each in requirements:
        yield f"  {each.id:<18}  {each.name}"
    yield f"\nTry it: s3-reporter-conformance verify REPORTER --features {feature} -m {feature}"


def coverage_lines(coverages: Iterable[Coverage], *, details: bool) -> Iterator[str]:
    """The coverage of each diagram, and by which requirements.

    Args:
        coverages: The coverage of each diagram.
        details: List the requirements of every arrow and path, not only those not covered.
    """
    yield f"{'diagram':<20}{'edges':>10}{'prime paths':>15}{'named paths':>15}"
    for each in coverages:
        parts = (each.edges, each.prime_paths, each.named_paths)
        edges, paths, names = (f"{sum(map(bool, p.values()))} of {len(p)}" for p in parts)
        yield f"{each.diagram.name:<20}{edges:>10}{paths:>15}{names:>15}"
    for each in coverages:
        named = [
            *((f"named path {name}", ids) for name, ids in each.named_paths.items()),
            *((f"edge {edge}", ids) for edge, ids in each.edges.items()),
            *((f"prime path {' > '.join(path)}", ids) for path, ids in each.prime_paths.items()),
        ]
        shown = [(name, ids) for name, ids in named if details or not ids]
        if shown:
            yield f"\n{each.diagram.name}"
        for name, ids in shown:
            yield _filled(name, "  ", "      ")
            yield _filled(", ".join(ids) or "covered by no requirement", "    ", "    ")


def _drawn(path: NamedPath) -> Iterator[str]:
    diagram = all_diagrams()[path.diagram]
    yield f"\n  {diagram.nodes[path.route[0]]}"
    for source, target in pairwise(path.route):
        label = diagram.edge(source, target).label
        yield f"    | {label}".rstrip()
        yield f"  {diagram.nodes[target]}"


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
