"""Reads rules and scenarios from parsed feature files."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .diagrams import all_diagrams
from .features import FeatureError
from .rules import MISTAKES, REASON, Judgment, Level, Rule, Scenario

PLACEHOLDER = re.compile(r"<([^<>]+)>")
_ID = re.compile(r"(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d")
_STRAY = re.compile(r"^\s*(@|\||(Given|When|Then|And|But|Examples|Scenario)\b).*", re.MULTILINE)
_EVERY_RUN = "every-run"
_UNUSUAL = "unusual"
_JUDGMENT_TAG = re.compile(rf"{_EVERY_RUN}|node:.+")
_RULE_TAG = re.compile(
    rf"{_ID.pattern}|{'|'.join(level.value for level in Level)}|node:.+|interpretation:\d+"
)
_EXTENDED = "extended"


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


class RuleReader:
    """Reads a rule."""

    def __init__(self, path: Path, lines: Sequence[str], rule: Any) -> None:
        """Take the output of the parser.

        Args:
            path: The feature file.
            lines: Its lines.
            rule: The rule.
        """
        self._path = path
        self._lines = lines
        self._rule = rule
        self._tags = _tags(rule)
        self._where = f"{path}:{rule['location']['line']}"

    def rule(self) -> Rule:
        """Read it.

        Raises:
            FeatureError: It has no id, level, node, judgment, reason, or mistakes.
        """
        refuse_stray_lines(self._path, self._rule)
        self._check_tags(self._where, self._tags, _RULE_TAG)
        level = self._level()
        diagram, node = self._node(self._tags)
        if level is not Level.EXTENDED and node is None:
            raise self._error("@node:… is needed, unless the rule is extended")
        text, reason, mistakes = self._description()
        if (level is Level.RECOMMENDED) is not bool(reason):
            raise self._error(f"{REASON!r} belongs to @recommended, and to it alone")
        judgments = tuple(self._judgments())
        if not judgments:
            raise self._error("no scenario with @every-run: it would judge nothing")
        return Rule(
            id=self._only("id, such as @KEY-01", [tag for tag in self._tags if _ID.fullmatch(tag)]),
            name=self._rule["name"],
            level=level,
            feature=_feature(self._path),
            diagram=diagram,
            node=node,
            interpretations=tuple(int(n) for n in _values(self._tags, "interpretation")),
            text=text,
            reason=reason,
            mistakes=mistakes,
            area=self._path.stem,
            line=self._rule["location"]["line"],
            judgments=judgments,
            gherkin=self._gherkin(),
        )

    def _level(self) -> Level:
        levels = [level.value for level in Level if level.value in self._tags]
        level = Level(self._only("level, @core, @recommended, or @extended", levels))
        if (level is Level.EXTENDED) is not (self._path.parent.name == _EXTENDED):
            raise self._error("@extended belongs to the files in extended/, and to them alone")
        return level

    def _node(self, tags: Sequence[str]) -> tuple[str | None, str | None]:
        names = list(_values(tags, "node"))
        if not names:
            return None, None
        *before, node = self._only("node, @node:…", names).split("/")
        diagram = before[0] if before else self._path.stem
        known = all_diagrams()
        if diagram not in known or node not in known[diagram].nodes:
            raise self._error(f"there is no node {node} in the diagram {diagram}")
        return diagram, node

    def _description(self) -> tuple[str, str, str]:
        text = " ".join(self._rule["description"].split())
        text, found, mistakes = text.partition(f"{MISTAKES}: ")
        if not found:
            raise self._error("it does not say what is often wrong")
        text, _, reason = text.partition(f"{REASON} ")
        return text.strip(), reason.strip(), mistakes

    def _judgments(self) -> Iterator[Judgment]:
        for scenario in self._scenarios():
            where = f"{self._path}:{scenario['location']['line']}"
            refuse_stray_lines(self._path, scenario)
            if scenario["examples"]:
                raise FeatureError(f"{where}: a judgment has no examples")
            sentences: dict[str, list[str]] = {"When": [], "Then": []}
            keyword = ""
            for step in scenario["steps"]:
                keyword = step["keyword"].strip() if step["keyword"].strip() != "And" else keyword
                if keyword not in sentences:
                    raise FeatureError(f"{where}: a judgment has only When and Then")
                sentences[keyword].append(step["text"])
            if not all(sentences.values()):
                raise FeatureError(f"{where}: a judgment needs When and Then")
            self._check_tags(where, _tags(scenario), _JUDGMENT_TAG)
            own = self._node(_tags(scenario))
            yield Judgment(
                scenario["name"],
                tuple(sentences["When"]),
                tuple(sentences["Then"]),
                *(own if own[1] else self._node(self._tags)),
            )

    def _check_tags(self, where: str, tags: Sequence[str], known: re.Pattern[str]) -> None:
        if odd := sorted(tag for tag in tags if not known.fullmatch(tag)):
            raise FeatureError(f"{where}: tags that nobody reads: {', '.join(odd)}")

    def _scenarios(self) -> list[Any]:
        found = [each["scenario"] for each in self._rule["children"] if "scenario" in each]
        return [each for each in found if _EVERY_RUN in _tags(each)]

    def _gherkin(self) -> str:
        """The rule with its judgments, as they are written."""
        parts = [_lines_of(self._rule["tags"]), [self._rule["location"]["line"]]]
        first = min(line for lines in parts for line in lines)
        children = [each["scenario"] for each in self._rule["children"] if "scenario" in each]
        end = min(min(_lines_of(each), default=first) for each in children) if children else first
        head = self._lines[first - 1 : end - 1]
        judgments = [
            self._lines[min(_lines_of(each)) - 1 : max(_lines_of(each["steps"]))]
            for each in self._scenarios()
        ]
        blocks = [head, *judgments]
        text = "\n\n".join("\n".join(block).rstrip() for block in blocks)
        return textwrap.dedent(text)

    def _only(self, what: str, values: Sequence[str]) -> str:
        if len(values) != 1:
            raise self._error(f"one tag with its {what} is needed; there are {len(values)}")
        return values[0]

    def _error(self, problem: str) -> FeatureError:
        return FeatureError(f"{self._where}: {problem}")


@dataclass(frozen=True)
class _Row:
    line: int
    values: Mapping[str, str]

    def fill(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda match: self.values[match[1]], text)


class ScenarioReader:
    """Reads a scenario that describes a run, or an outline that describes several."""

    def __init__(self, path: Path, lines: Sequence[str], rule: Rule | None, scenario: Any) -> None:
        """Take the output of the parser.

        Args:
            path: The feature file.
            lines: Its lines.
            rule: The rule that the scenario stands under, if any.
            scenario: The scenario.
        """
        self._path = path
        self._lines = lines
        self._rule = rule
        self._scenario = scenario
        self._where = f"{path}:{scenario['location']['line']}"

    def scenarios(self) -> Iterator[Scenario]:
        """Make a scenario of each row, or one if there is no table.

        Raises:
            FeatureError: Something in it would be passed over in silence.
        """
        self._check_tags()
        self._check_tables()
        self._check_sentences()
        rows = list(self._rows())
        if not rows:
            yield self._described(_Row(self._scenario["location"]["line"], {}), "")
        width = len(str(len(rows)))
        has_own_names = bool(_placeholders([self._scenario["name"]]))
        for number, row in enumerate(rows, start=1):
            yield self._described(row, "" if has_own_names else f" {number:0{width}}")

    def _described(self, row: _Row, number: str) -> Scenario:
        name = row.fill(self._scenario["name"])
        used = _placeholders([step["text"] for step in self._scenario["steps"]])
        return Scenario(
            id=slug(f"{name}{number}"),
            name=f"{name}{number}",
            rule=self._rule.id if self._rule else None,
            feature=_feature(self._path),
            is_unusual=_UNUSUAL in _tags(self._scenario),
            area=self._path.stem,
            line=row.line,
            template=self._scenario["name"],
            values={c: v for c, v in row.values.items() if c in used},
            gherkin=self._gherkin(row),
        )

    def _rows(self) -> Iterator[_Row]:
        for examples in self._scenario["examples"]:
            columns = _cells(examples["tableHeader"])
            for row in examples["tableBody"]:
                values = dict(zip(columns, _cells(row), strict=True))
                yield _Row(row["location"]["line"], values)

    def _check_tags(self) -> None:
        if odd := set(_tags(self._scenario)) - {_UNUSUAL}:
            raise self._error(f"tags that nobody reads: {', '.join(sorted(odd))}")

    def _check_tables(self) -> None:
        refuse_stray_lines(self._path, self._scenario)
        tables = self._scenario["examples"]
        outline = self._scenario["keyword"] == "Scenario Outline"
        if not all(table["tableBody"] for table in tables) or (outline and not tables):
            raise self._error("a table of examples is empty")
        texts = [self._scenario["name"], *(step["text"] for step in self._scenario["steps"])]
        used = _placeholders(texts)
        for columns in [_cells(table["tableHeader"]) for table in tables] or [[]]:
            if odd := used.symmetric_difference(columns):
                names = ", ".join(f"<{name}>" for name in sorted(odd))
                raise self._error(f"placeholders and columns do not match: {names}")
        for table in tables:
            refuse_stray_lines(self._path, table)
            if table["tags"]:
                raise self._error("tags above Examples are not read: put them above the scenario")

    def _check_sentences(self) -> None:
        keywords = [step["keyword"].strip() for step in self._scenario["steps"]]
        if "When" not in keywords:
            raise self._error("no When: it would run nothing")
        if self._rule is None and "Then" in keywords:
            raise self._error("a Then outside of a Rule counts for no rule")

    def _gherkin(self, row: _Row) -> str:
        """The scenario as it is written, of its tables only one row."""
        tables = self._scenario["examples"]
        left_out: set[int] = set()
        for table in tables:
            body = {each["location"]["line"] for each in table["tableBody"]}
            # A table without the row is left out with its heading and the blank line before it.
            whole = range(table["location"]["line"] - 1, max(body) + 1)
            left_out |= body - {row.line} if row.line in body else set(whole)
        first = min(_lines_of([*self._scenario["tags"], self._scenario["location"]]))
        last = max(_lines_of([*self._scenario["steps"], *tables]))
        kept = [n for n in range(first, last + 1) if n not in left_out]
        return textwrap.dedent("\n".join(self._lines[n - 1] for n in kept))

    def _error(self, problem: str) -> FeatureError:
        return FeatureError(f"{self._where}: {problem}")


def slug(text: str) -> str:
    """A name in lower case, with hyphens for everything that is neither letter nor digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _feature(path: Path) -> str | None:
    return path.stem.replace("_", "-") if path.parent.name == _EXTENDED else None


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
        if isinstance(node.get("line"), int):
            yield node["line"]
        for item in node.values():
            yield from _lines_of(item)
