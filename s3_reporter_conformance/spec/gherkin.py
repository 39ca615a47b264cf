"""The strict reader of the feature files.

It is strict because pytest-bdd is not.  If two scenarios have the same name, pytest-bdd keeps only
the last; an outline without examples and a scenario without steps pass; and a placeholder without a
column stays unchanged.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gherkin.errors import ParserError
from gherkin.parser import Parser

from ..names import unknown
from .features import FeatureError, feature_files
from .requirements import Requirement
from .scenarios import PLACEHOLDER, ScenarioReader, refuse_stray_lines


@cache
def feature_descriptions() -> Mapping[str, str]:
    """The description of each feature file, by the name of the file."""
    return {
        path.stem: textwrap.dedent(_parsed(path)["description"].lstrip("\n")).strip()
        for path in feature_files()
    }


def summary_of(feature: str) -> str:
    """What an extended feature is about: the first sentence of its file."""
    description = " ".join(feature_descriptions()[feature.replace("-", "_")].split())
    return re.split(r"(?<=\.) ", description, maxsplit=1)[0]


@cache
def all_requirements() -> tuple[Requirement, ...]:
    """Every requirement of the suite.

    Raises:
        FeatureError: A feature file is invalid, or an id is used twice.
    """
    requirements = tuple(r for path in feature_files() for r in read_requirements(path))
    _refuse_repeated("ids", (requirement.id for requirement in requirements), "the features")
    return requirements


def requirement_called(name: str) -> Requirement:
    """The requirement of an id, in whatever case it is written.

    Raises:
        UsageError: There is none.
    """
    by_id = {requirement.id: requirement for requirement in all_requirements()}
    found = by_id.get(name.upper())
    if found is None:
        raise unknown("requirement", name, by_id)
    return found


@cache
def read_requirements(path: Path) -> tuple[Requirement, ...]:
    """Read a feature file.

    Raises:
        FeatureError: It is not valid Gherkin, or pytest-bdd would silently ignore part of it.
    """
    lines = _text(path).splitlines()
    feature = _parsed(path)
    requirements: list[Requirement] = []
    outlines: list[str] = []
    refuse_stray_lines(path, feature)
    for child in feature["children"]:
        if "scenario" in child:
            where = f"{path}:{child['scenario']['location']['line']}"
            raise FeatureError(f"{where}: a scenario outside of a Rule")
        if "rule" in child:
            rule = child["rule"]
            refuse_stray_lines(path, rule)
            scenarios = [c["scenario"] for c in rule["children"] if "scenario" in c]
            for scenario in scenarios:
                requirements += ScenarioReader(path, lines, rule, scenario).requirements()
            outlines += [each["name"] for each in scenarios if PLACEHOLDER.search(each["name"])]
    if not requirements:
        raise FeatureError(f"{path}: no scenarios")
    _refuse_repeated("ids", (requirement.id for requirement in requirements), path)
    names = (requirement.name for requirement in requirements)
    _refuse_repeated("names", (*names, *outlines), path)
    return tuple(requirements)


def background_of(area: str) -> str:
    """The steps that begin each scenario of a feature file, a line each; empty if there are none.

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
