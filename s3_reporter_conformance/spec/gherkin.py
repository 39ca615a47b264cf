"""The strict reader of the feature files.

It is strict because pytest-bdd is not: of two scenarios with one name it keeps the last, an outline
without examples or a scenario without steps passes, and a placeholder that no column fills stays as
it is.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from gherkin.errors import ParserError
from gherkin.parser import Parser

from .diagrams import Diagram, DiagramError, all_diagrams
from .requirements import BEYOND, Level, Requirement

_ID = re.compile(r"(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d")
_STRAY = re.compile(r"^\s*(@|\||(Given|When|Then|And|But|Examples|Scenario)\b).*", re.MULTILINE)
_PLACEHOLDER = re.compile(r"<([^<>]+)>")


class FeatureError(Exception):
    """A feature file that cannot be used: what is wrong, and where."""


def feature_files() -> tuple[Path, ...]:
    """The installed feature files, those that are read off a diagram first.

    Raises:
        FeatureError: There are none.
    """
    folder = Path(str(resources.files("s3_reporter_conformance.features")))
    files = (*sorted(folder.glob("*.feature")), *sorted(folder.glob("*/*.feature")))
    if not files:
        raise FeatureError(f"there are no features in {folder}")
    return files


@cache
def feature_descriptions() -> Mapping[str, str]:
    """What each feature file says of itself, in paragraphs, by the name of the file."""
    return {
        path.stem: textwrap.dedent(_parsed(path)["description"].lstrip("\n")).strip()
        for path in feature_files()
    }


@cache
def all_requirements() -> tuple[Requirement, ...]:
    """Every requirement of the suite.

    Raises:
        FeatureError: A feature file cannot be used, or an id is used twice.
    """
    requirements = tuple(r for path in feature_files() for r in read_requirements(path))
    _refuse_repeated("ids", (requirement.id for requirement in requirements), "the features")
    return requirements


@cache
def read_requirements(path: Path) -> tuple[Requirement, ...]:
    """Read a feature file.

    Raises:
        FeatureError: It is not Gherkin, or something in it would be passed over in silence.
    """
    text = path.read_text(encoding="utf-8")
    feature = _parsed(path)
    requirements = []
    _refuse_stray_lines(path, feature)
    for child in feature["children"]:
        if "scenario" in child:
            where = f"{path}:{child['scenario']['location']['line']}"
            raise FeatureError(f"{where}: a scenario outside of a Rule")
        if "rule" in child:
            rule = child["rule"]
            _refuse_stray_lines(path, rule)
            scenarios = [c["scenario"] for c in rule["children"] if "scenario" in c]
            requirements += [_Reader(path, text, rule, each).requirement() for each in scenarios]
    if not requirements:
        raise FeatureError(f"{path}: no scenarios")
    _refuse_repeated("ids", (requirement.id for requirement in requirements), path)
    _refuse_repeated("names", (requirement.name for requirement in requirements), path)
    return tuple(requirements)


def _parsed(path: Path) -> Any:
    """The feature of a file; the library's types leave out what its children are."""
    try:
        document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    except ParserError as error:
        raise FeatureError(f"{path}: {error}") from error
    feature = document.get("feature")
    if not feature:
        raise FeatureError(f"{path}: no Feature")
    return feature


def _refuse_stray_lines(path: Path, part: Any) -> None:
    """Refuse what a misspelt keyword has made part of a description."""
    if stray := _STRAY.search(part["description"]):
        raise FeatureError(
            f"{path}: looks like Gherkin, but is read as a description: {stray[0].strip()}"
        )


def _refuse_repeated(what: str, values: Iterable[str], where: object) -> None:
    repeated = sorted(value for value, count in Counter(values).items() if count > 1)
    if repeated:
        raise FeatureError(f"{where}: {what} used twice: {', '.join(repeated)}")


class _Reader:
    """Makes a requirement of one scenario."""

    def __init__(self, path: Path, text: str, rule: Any, scenario: Any) -> None:
        self._path = path
        self._area = path.stem
        self._lines = text.splitlines()
        self._rule = rule
        self._scenario = scenario
        self._tags = [tag["name"].removeprefix("@") for tag in scenario["tags"]]
        self._where = f"{path}:{scenario['location']['line']}"

    def requirement(self) -> Requirement:
        level, feature = self._level()
        diagram, path = self._diagram(level)
        rule_tags = [tag["name"].removeprefix("@") for tag in self._rule["tags"]]
        description = " ".join(self._rule["description"].split())
        _, found, mistakes = description.partition("Often wrong: ")
        if not found:
            raise self._error("its rule does not say what is often wrong")
        _refuse_stray_lines(self._path, self._scenario)
        self._check_steps()
        return Requirement(
            id=self._only("id, such as @KEY-01", [tag for tag in self._tags if _ID.fullmatch(tag)]),
            name=self._scenario["name"],
            level=level,
            feature=feature,
            diagram=diagram,
            path=path,
            interpretations=tuple(
                int(number) for number in _values([*rule_tags, *self._tags], "interpretation")
            ),
            rule=self._rule["name"],
            mistakes=mistakes,
            area=self._area,
            line=self._scenario["location"]["line"],
            examples=self._examples(),
            gherkin=self._gherkin(),
        )

    def _level(self) -> tuple[Level, str | None]:
        levels = [level.value for level in Level if level.value in self._tags]
        level = Level(self._only("level, @core or @extended", levels))
        feature = next(_values(self._tags, "feature"), None)
        if (feature is None) is (level is Level.EXTENDED):
            raise self._error("@feature:… belongs to @extended, and to it alone")
        return level, feature

    def _diagram(self, level: Level) -> tuple[str | None, str | None]:
        path = self._only("path, @path:…", list(_values(self._tags, "path")))
        name = self._area
        if level is Level.EXTENDED:
            if path == BEYOND:
                return None, None
            name, _, path = path.partition("/")
        try:
            diagram: Diagram = all_diagrams()[name]
            diagram.route(path)
        except (KeyError, DiagramError) as error:
            raise self._error(f"its path fits no diagram: {error}") from error
        return name, path

    def _check_steps(self) -> None:
        if not self._scenario["steps"]:
            raise self._error("no steps")
        if not any(step["keyword"].strip() == "Then" for step in self._scenario["steps"]):
            raise self._error("no Then: it would assert nothing")
        if _PLACEHOLDER.search(self._scenario["name"]):
            raise self._error("its name holds a placeholder, but a requirement has one name")
        texts = (step["text"] for step in self._scenario["steps"])
        used = {name for text in texts for name in _PLACEHOLDER.findall(text)}
        for examples in self._scenario["examples"] or [{}]:
            header = examples.get("tableHeader") or {"cells": []}
            columns = {cell["value"] for cell in header["cells"]}
            if used != columns:
                odd = ", ".join(f"<{name}>" for name in sorted(used ^ columns))
                raise self._error(f"placeholders and columns do not match: {odd}")

    def _examples(self) -> int:
        rows = [len(examples["tableBody"]) for examples in self._scenario["examples"]]
        if not all(rows) or (self._scenario["keyword"] == "Scenario Outline" and not rows):
            raise self._error("a table of examples is empty")
        return sum(rows) or 1

    def _gherkin(self) -> str:
        first = min(tag["location"]["line"] for tag in self._scenario["tags"])
        last = max(_lines_of([*self._scenario["steps"], *self._scenario["examples"]]))
        return textwrap.dedent("\n".join(self._lines[first - 1 : last]))

    def _only(self, what: str, values: list[str]) -> str:
        if len(values) != 1:
            raise self._error(f"one tag with its {what} is needed; there are {len(values)}")
        return values[0]

    def _error(self, problem: str) -> FeatureError:
        return FeatureError(f"{self._where}: {problem}")


def _lines_of(node: Any) -> Iterator[int]:
    """The lines on which a part of a parsed feature stands."""
    if isinstance(node, list):
        for item in node:
            yield from _lines_of(item)
    elif isinstance(node, dict):
        if "line" in node:
            yield node["line"]
        for item in node.values():
            yield from _lines_of(item)


def _values(tags: list[str], name: str) -> Iterator[str]:
    beginning = f"{name}:"
    return (tag.removeprefix(beginning) for tag in tags if tag.startswith(beginning))
