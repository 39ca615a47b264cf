"""What the feature files say, as data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from gherkin.errors import ParserException
from gherkin.parser import Parser
from gherkin.parser_types import Scenario, Tag

_ID = re.compile(r"@(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d")


class Level(Enum):
    """How binding a requirement is."""

    CORE = "core"
    EXTENDED = "extended"


class FeatureError(Exception):
    """A feature file that cannot be used: what is wrong, and where."""


@dataclass(frozen=True)
class Requirement:
    """One scenario with a stable id.

    Attributes:
        id: Such as `KEY-07`; never reused.
        name: The scenario's name.
        level: `core` or `extended`.
        feature: The feature that a reporter declares, for an extended requirement.
        path: The decisions that its route through the diagram takes.
        area: The name of the feature file, such as `object_naming`.
        line: Where the scenario stands in it.
        examples: How many examples it has: 1 for a plain scenario.
    """

    id: str
    name: str
    level: Level
    feature: str | None
    path: str | None
    area: str
    line: int
    examples: int


def read_requirements(path: Path) -> tuple[Requirement, ...]:
    """Read a feature file.

    Raises:
        FeatureError: It is not Gherkin, or a scenario lacks its tags.
    """
    try:
        # The library's types leave out what the children of a feature are.
        document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    except ParserException as error:
        raise FeatureError(f"{path}: {error}") from error
    feature = document.get("feature")
    if not feature:
        raise FeatureError(f"{path}: no Feature")
    children = [
        child
        for outer in feature["children"]
        for child in (outer["rule"]["children"] if "rule" in outer else [outer])
    ]
    requirements = tuple(
        _requirement(path, child["scenario"]) for child in children if "scenario" in child
    )
    for attribute in ("id", "name"):
        values = [getattr(requirement, attribute) for requirement in requirements]
        if repeated := {value for value in values if values.count(value) > 1}:
            raise FeatureError(f"{path}: used twice: {', '.join(sorted(repeated))}")
    return requirements


def _requirement(path: Path, scenario: Scenario) -> Requirement:
    where = f"{path}:{scenario['location']['line']}"
    ids = [tag["name"] for tag in scenario["tags"] if _ID.fullmatch(tag["name"])]
    if len(ids) != 1:
        raise FeatureError(f"{where}: one tag with an id such as @KEY-01 is needed, not {len(ids)}")
    levels = [level for level in Level if _tagged(scenario["tags"], level.value)]
    if len(levels) != 1:
        raise FeatureError(f"{where}: one tag out of @core and @extended is needed")
    feature = next(_values(scenario["tags"], "feature"), None)
    if (feature is None) is (levels[0] is Level.EXTENDED):
        raise FeatureError(f"{where}: @feature:… belongs to @extended, and to it alone")
    rows = [len(examples["tableBody"]) for examples in scenario["examples"]]
    if rows and not all(rows):
        raise FeatureError(f"{where}: a table of examples is empty")
    return Requirement(
        id=ids[0].removeprefix("@"),
        name=scenario["name"],
        level=levels[0],
        feature=feature,
        path=next(_values(scenario["tags"], "path"), None),
        area=path.stem,
        line=scenario["location"]["line"],
        examples=sum(rows) or 1,
    )


def _tagged(tags: list[Tag], name: str) -> bool:
    return any(tag["name"] == f"@{name}" for tag in tags)


def _values(tags: list[Tag], name: str) -> Iterator[str]:
    beginning = f"@{name}:"
    return (
        tag["name"].removeprefix(beginning) for tag in tags if tag["name"].startswith(beginning)
    )
