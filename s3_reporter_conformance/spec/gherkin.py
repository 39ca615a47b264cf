"""The strict reader of the feature files.

It is strict because pytest-bdd is not.  If two scenarios have the same name, pytest-bdd keeps only
the last; an outline without examples and a scenario without steps pass; and a placeholder without a
column stays unchanged.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gherkin.errors import ParserError
from gherkin.parser import Parser

from ..words.names import unknown
from .features import FeatureError, feature_files
from .reading import RuleReader, ScenarioReader, refuse_stray_lines
from .rules import Rule, Scenario


@dataclass(frozen=True)
class Contents:
    """What a feature file contains.

    Attributes:
        rules: Its rules, in order.
        scenarios: Its scenarios and rows that describe runs, in order.
    """

    rules: tuple[Rule, ...]
    scenarios: tuple[Scenario, ...]


@cache
def feature_descriptions() -> Mapping[str, str]:
    """The description of each feature file, by the name of the file."""
    return {
        path.stem: textwrap.dedent(_parsed(path)["description"].lstrip("\n")).strip()
        for path in feature_files()
    }


def summary_of(feature: str) -> str:
    """The first sentence of the file of an extended feature."""
    description = " ".join(feature_descriptions()[feature.replace("-", "_")].split())
    return re.split(r"(?<=\.) ", description, maxsplit=1)[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the suite.

    Raises:
        FeatureError: A feature file is invalid, or an id is used twice.
    """
    rules = tuple(rule for path in feature_files() for rule in read_feature(path).rules)
    _refuse_repeated("ids", (rule.id for rule in rules), "the features")
    return rules


@cache
def all_scenarios() -> tuple[Scenario, ...]:
    """Every scenario of the suite that describes a run.

    Raises:
        FeatureError: A feature file is invalid, or two scenarios have the same id.
    """
    scenarios = tuple(each for path in feature_files() for each in read_feature(path).scenarios)
    _refuse_repeated("names of runs", (each.id for each in scenarios), "the features")
    return scenarios


def rule_called(name: str) -> Rule:
    """The rule of an id, in any case.

    Raises:
        UsageError: There is none.
    """
    by_id = {rule.id: rule for rule in all_rules()}
    found = by_id.get(name.upper())
    if found is None:
        raise unknown("rule", name, by_id)
    return found


def scenario_called(name: str) -> Scenario:
    """The scenario of an id, in any case; for the id of a rule, the first one under it.

    If no scenario stands under the rule, it is the first one of its file.

    Raises:
        UsageError: There is none.
    """
    by_id = {scenario.id: scenario for scenario in all_scenarios()}
    first = {each.area: each for each in reversed(all_scenarios())}
    under = {rule.id: first[rule.area] for rule in all_rules()}
    under |= {each.rule: each for each in reversed(all_scenarios()) if each.rule}
    found = by_id.get(name.lower()) or under.get(name.upper())
    if found is None:
        raise unknown("run", name, {*by_id, *under})
    return found


@cache
def read_feature(path: Path) -> Contents:
    """Read a feature file.

    Raises:
        FeatureError: It is not valid Gherkin, or pytest-bdd would silently ignore part of it.
    """
    lines = _text(path).splitlines()
    feature = _parsed(path)
    refuse_stray_lines(path, feature)
    rules: list[Rule] = []
    scenarios: list[Scenario] = []
    names: list[str] = []
    judgments: list[str] = []
    for child in feature["children"]:
        rule = None
        within = [child]
        if "rule" in child:
            rule = RuleReader(path, lines, child["rule"]).rule()
            rules.append(rule)
            within = child["rule"]["children"]
        for part in within:
            if "scenario" not in part:
                continue
            name = part["scenario"]["name"]
            if any(tag["name"] == "@every-run" for tag in part["scenario"]["tags"]):
                if rule is None:
                    raise FeatureError(f"{path}: @every-run outside of a Rule: {name}")
                judgments.append(name)
                continue
            names.append(name)
            scenarios += ScenarioReader(path, lines, rule, part["scenario"]).scenarios()
    if not scenarios:
        raise FeatureError(f"{path}: no scenarios")
    # Pytest-bdd keeps the last of several scenarios with one name; judgments are not its business.
    _refuse_repeated("names", (*names, *set(judgments)), path)
    return Contents(tuple(rules), tuple(scenarios))


def background_of(area: str) -> str:
    """The steps that begin each run of a feature file, a line each; empty if there are none.

    Args:
        area: The name of the file, without its ending.
    """
    [path] = (path for path in feature_files() if path.stem == area)
    return "\n".join(
        f"{step['keyword']}{step['text']}"
        for child in _parsed(path)["children"]
        if "background" in child
        for step in child["background"]["steps"]
    )


@cache
def _parsed(path: Path) -> Any:
    """The feature of a file; the library's types do not cover its children."""
    try:
        document: Any = Parser().parse(_text(path))
    except ParserError as error:
        raise FeatureError(f"{path}: {error}") from error
    feature = document.get("feature")
    if not feature:
        raise FeatureError(f"{path}: no Feature")
    return feature


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FeatureError(f"{path} is not text in UTF-8: {error}") from error


def _refuse_repeated(what: str, values: Iterable[str], where: object) -> None:
    repeated = sorted(value for value, count in Counter(values).items() if count > 1)
    if repeated:
        raise FeatureError(f"{where}: {what} used twice: {', '.join(repeated)}")
