"""The rules and the scenarios of all feature files."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ..words.names import unknown
from .feature_files import FeatureError, feature_files
from .feature_reader import Contents, FeatureReader
from .rules import Rule, Scenario

_Part = TypeVar("_Part", Rule, Scenario)


@cache
def read_feature(path: Path) -> Contents:
    """Read a feature file.

    Raises:
        FeatureError: It is not valid Gherkin, or pytest-bdd would silently ignore part of it.
    """
    # Late, since `--help` reads none.
    from gherkin.errors import ParserError
    from gherkin.parser import Parser

    try:
        text = path.read_text(encoding="utf-8")
        # The library's types do not cover the children of a feature.
        document: Any = Parser().parse(text)
    except (UnicodeDecodeError, ParserError) as error:
        raise FeatureError(f"{path}: {error}") from error
    if not document.get("feature"):
        raise FeatureError(f"{path}: no Feature")
    return FeatureReader(path, text, document["feature"]).contents()


@cache
def all_features() -> Mapping[str, Contents]:
    """The contents of each feature file, by its name."""
    return {path.stem: read_feature(path) for path in feature_files()}


def summary_of(feature: str) -> str:
    """The first sentence of the file of an extended feature."""
    description = " ".join(all_features()[feature.replace("-", "_")].description.split())
    return re.split(r"(?<=\.) ", description, maxsplit=1)[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the suite."""
    return _unique(rule for each in all_features().values() for rule in each.rules)


@cache
def all_scenarios() -> tuple[Scenario, ...]:
    """Every scenario of the suite that describes a run."""
    return _unique(run for each in all_features().values() for run in each.scenarios)


def rule_called(name: str) -> Rule:
    """The rule of an id, in any case.

    Raises:
        UsageError: There is none.
    """
    by_id = {rule.id: rule for rule in all_rules()}
    if name.upper() not in by_id:
        raise unknown("rule", name, by_id)
    return by_id[name.upper()]


def scenario_called(name: str) -> Scenario:
    """The scenario of an id, in any case; of a rule, the first one under it, or in its file.

    Raises:
        UsageError: There is none.
    """
    by_id = {scenario.id: scenario for scenario in all_scenarios()}
    for rule in all_rules():
        of_file = [scenario for scenario in all_scenarios() if scenario.area == rule.area]
        by_id[rule.id] = min(of_file, key=lambda each: each.rule != rule.id)
    found = by_id.get(name.lower()) or by_id.get(name.upper())
    if found is None:
        raise unknown("run", name, by_id)
    return found


def _unique(parts: Iterable[_Part]) -> tuple[_Part, ...]:
    found = tuple(parts)
    repeated = sorted(name for name, count in Counter(p.id for p in found).items() if count > 1)
    if repeated:
        raise FeatureError(f"the features: used twice: {', '.join(repeated)}")
    return found
