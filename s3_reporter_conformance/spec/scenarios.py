"""Makes requirements of a scenario.

A plain scenario is one requirement, and so is a scenario outline with its examples. An outline
whose tags take the id from its table, `@<id>`, makes a requirement of every id in the table.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .diagrams import DiagramError
from .features import FeatureError
from .paths import find_path
from .requirements import BEYOND, MISTAKES, Level, Requirement

PLACEHOLDER = re.compile(r"<([^<>]+)>")
_ID = re.compile(r"(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d")
_STRAY = re.compile(r"^\s*(@|\||(Given|When|Then|And|But|Examples|Scenario)\b).*", re.MULTILINE)


def refuse_stray_lines(path: Path, part: Any) -> None:
    """Reject lines that a misspelled keyword has turned into a description.

    Args:
        path: The feature file.
        part: A part of it, as parsed.

    Raises:
        FeatureError: Its description holds a line that looks like Gherkin.
    """
    if stray := _STRAY.search(part["description"]):
        raise FeatureError(
            f"{path}: looks like Gherkin, but is read as a description: {stray[0].strip()}"
        )


@dataclass(frozen=True)
class _Row:
    line: int
    values: Mapping[str, str]

    def fill(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda match: self.values[match[1]], text)


class ScenarioReader:
    """Makes requirements of one scenario."""

    def __init__(self, path: Path, lines: Sequence[str], rule: Any, scenario: Any) -> None:
        """Take what the parser found.

        Args:
            path: The feature file.
            lines: Its lines.
            rule: The rule that the scenario belongs to.
            scenario: The scenario.
        """
        self._path = path
        self._lines = lines
        self._rule = rule
        self._scenario = scenario
        self._tags = _tags(scenario)
        self._where = f"{path}:{scenario['location']['line']}"

    def requirements(self) -> Iterator[Requirement]:
        """Make the requirements, in the order of the file.

        Raises:
            FeatureError: Something in the scenario would be passed over in silence.
        """
        self._check_tables()
        self._check_sentences()
        groups: dict[str, list[_Row]] = {}
        for row in self._rows():
            groups.setdefault(self._id([row.fill(tag) for tag in self._tags]), []).append(row)
        for rows in groups.values() or [[]]:
            yield self._requirement(rows)

    def _requirement(self, rows: list[_Row]) -> Requirement:
        name, *tags = self._heading(rows)
        level, feature = self._level(tags)
        diagram, path = self._path_of(tags, level)
        in_table = rows and not any(_ID.fullmatch(tag) for tag in self._tags)
        used = _placeholders(self._sentences())
        return Requirement(
            id=self._id(tags),
            name=name,
            level=level,
            feature=feature,
            diagram=diagram,
            path=path,
            interpretations=tuple(
                int(number) for number in _values([*_tags(self._rule), *tags], "interpretation")
            ),
            rule=self._rule["name"],
            mistakes=self._mistakes(),
            area=self._path.stem,
            line=rows[0].line if in_table else self._scenario["location"]["line"],
            scenario=self._scenario["name"],
            rows=tuple({c: v for c, v in row.values.items() if c in used} for row in rows),
            gherkin=self._gherkin({row.line for row in rows}),
        )

    def _rows(self) -> Iterator[_Row]:
        for examples in self._scenario["examples"]:
            columns = _cells(examples["tableHeader"])
            for row in examples["tableBody"]:
                values = dict(zip(columns, _cells(row), strict=True))
                yield _Row(row["location"]["line"], values)

    def _sentences(self) -> list[str]:
        return [step["text"] for step in self._scenario["steps"]]

    def _check_tables(self) -> None:
        refuse_stray_lines(self._path, self._scenario)
        tables = self._scenario["examples"]
        outline = self._scenario["keyword"] == "Scenario Outline"
        if not all(table["tableBody"] for table in tables) or (outline and not tables):
            raise self._error("a table of examples is empty")
        used = _placeholders([self._scenario["name"], *self._tags, *self._sentences()])
        for columns in [_cells(table["tableHeader"]) for table in tables] or [[]]:
            if odd := used.symmetric_difference(columns):
                names = ", ".join(f"<{name}>" for name in sorted(odd))
                raise self._error(f"placeholders and columns do not match: {names}")
        for table in tables:
            refuse_stray_lines(self._path, table)
            if table["tags"]:
                raise self._error("tags above Examples are not read: put them above the scenario")

    def _check_sentences(self) -> None:
        if not self._scenario["steps"]:
            raise self._error("no steps")
        if not any(step["keyword"].strip() == "Then" for step in self._scenario["steps"]):
            raise self._error("no Then: it would assert nothing")

    def _heading(self, rows: list[_Row]) -> tuple[str, ...]:
        """The name and the tags, with the values of the rows filled in."""
        written = (self._scenario["name"], *self._tags)
        headings = {tuple(row.fill(text) for text in written) for row in rows} or {written}
        if len(headings) > 1:
            found = self._id(min(headings)[1:])
            raise self._error(f"rows of {found} differ in name or tags, but it has one of each")
        return headings.pop()

    def _id(self, tags: Sequence[str]) -> str:
        return self._only("id, such as @KEY-01", [tag for tag in tags if _ID.fullmatch(tag)])

    def _level(self, tags: Sequence[str]) -> tuple[Level, str | None]:
        levels = [level.value for level in Level if level.value in tags]
        level = Level(self._only("level, @core or @extended", levels))
        feature = next(_values(tags, "feature"), None)
        if (feature is None) is (level is Level.EXTENDED):
            raise self._error("@feature:… belongs to @extended, and to it alone")
        return level, feature

    def _path_of(self, tags: Sequence[str], level: Level) -> tuple[str | None, str | None]:
        name = self._only("path, @path:…", list(_values(tags, "path")))
        diagram = self._path.stem
        if level is Level.EXTENDED:
            if name == BEYOND:
                return None, None
            diagram, _, name = name.partition("/")
        try:
            find_path(diagram, name)
        except DiagramError as error:
            raise self._error(str(error)) from error
        return diagram, name

    def _mistakes(self) -> str:
        description = " ".join(self._rule["description"].split())
        _, found, mistakes = description.partition(f"{MISTAKES}: ")
        if not found:
            raise self._error("its rule does not say what is often wrong")
        return mistakes

    def _gherkin(self, rows: set[int]) -> str:
        """The scenario as it is written, of its tables only some rows, by their lines."""
        tables = self._scenario["examples"]
        left_out: set[int] = set()
        for table in tables:
            body = {row["location"]["line"] for row in table["tableBody"]}
            # A table without such a row is left out with its heading and the blank line before it.
            whole = range(table["location"]["line"] - 1, max(body) + 1)
            left_out |= body - rows if body & rows else set(whole)
        first = min(_lines_of(self._scenario["tags"]))
        last = max(_lines_of([*self._scenario["steps"], *tables]))
        kept = [n for n in range(first, last + 1) if n not in left_out]
        return textwrap.dedent("\n".join(self._lines[n - 1] for n in kept))

    def _only(self, what: str, values: Sequence[str]) -> str:
        if len(values) != 1:
            raise self._error(f"one tag with its {what} is needed; there are {len(values)}")
        return values[0]

    def _error(self, problem: str) -> FeatureError:
        return FeatureError(f"{self._where}: {problem}")


def _tags(part: Any) -> list[str]:
    return [tag["name"].removeprefix("@") for tag in part["tags"]]


def _cells(row: Any) -> list[str]:
    return [cell["value"] for cell in row["cells"]]


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def _values(tags: Iterable[str], name: str) -> Iterator[str]:
    beginning = f"{name}:"
    return (tag.removeprefix(beginning) for tag in tags if tag.startswith(beginning))


def _lines_of(node: Any) -> Iterator[int]:
    """The line numbers of a part of a parsed feature."""
    if isinstance(node, list):
        for item in node:
            yield from _lines_of(item)
    elif isinstance(node, dict):
        if "line" in node:
            yield node["line"]
        for item in node.values():
            yield from _lines_of(item)
