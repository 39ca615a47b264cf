"""Reads the rules and scenarios of a parsed feature file, more strictly than pytest-bdd does.

If two scenarios have the same name, pytest-bdd keeps only the last; an outline without examples and
a scenario without steps pass; and a placeholder without a column stays unchanged.
"""

import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .diagrams import all_diagrams
from .feature_files import EXTENDED, FeatureError, file_name
from .rules import MISTAKES, REASON, Judgment, Level, Rule, Scenario, slug_of

_PLACEHOLDER = re.compile(r"<([^<>]+)>")
_EVERY_RUN, _UNUSUAL = "every-run", "unusual"
_ID = re.compile(r"(?:[A-Z]{3}|EXT-[A-Z]+)-\d\d")
_LEVEL = re.compile("|".join(level.value for level in Level))
_NODE = re.compile(r"node:(?:(?P<diagram>\w+)/)?(?P<node>\w+)")
_INTERPRETATION = re.compile(r"interpretation:(\d+)")
_AFTER = re.compile(rf"after:({_ID.pattern})")
_UNLESS = re.compile(rf"unless:({_ID.pattern})")

Node = tuple[str | None, str | None]


@dataclass(frozen=True)
class Contents:
    """A feature file: its rules, and the runs that it describes."""

    description: str
    rules: tuple[Rule, ...]
    scenarios: tuple[Scenario, ...]


class FeatureReader:
    """Reads a feature file."""

    def __init__(self, path: Path, text: str, feature: Any) -> None:
        """Take a file, its text, and the feature in it as it was parsed."""
        self._path = path
        self._lines = text.splitlines()
        self._parsed = feature
        is_extended = path.parent.name == EXTENDED
        self._feature = path.stem.replace("_", "-") if is_extended else None
        self._background: list[Any] = []

    def contents(self) -> Contents:
        """Read it."""
        rules: list[Rule] = []
        runs: list[Scenario] = []
        names: Counter[str] = Counter()
        children = self._parsed["children"]
        backgrounds = (each["background"]["steps"] for each in children if "background" in each)
        self._background = [step for steps in backgrounds for step in steps]
        for child in children:
            rule = self._rule(child["rule"]) if "rule" in child else None
            rules += [rule] if rule else []
            for each in _scenarios(child["rule"]["children"] if rule else [child]):
                if _EVERY_RUN not in _tags(each):
                    runs += self._runs(each, rule)
                    names[each["name"]] += 1
                elif rule is None:
                    self._refuse(each, "@every-run outside of a Rule", when=True)
        # Judgments are not pytest-bdd's business, unless a run has the name of one.
        names.update({each.name for rule in rules for each in rule.judgments})
        repeated = ", ".join(name for name, count in names.items() if count > 1)
        self._refuse(self._parsed, f"names used twice: {repeated}", when=bool(repeated))
        self._refuse(self._parsed, "no scenarios", when=not runs)
        description = textwrap.dedent(self._parsed["description"].lstrip("\n")).strip()
        return Contents(description, tuple(rules), tuple(runs))

    def _rule(self, parsed: Any) -> Rule:
        self._refuse_tags(parsed, _ID, _LEVEL, _NODE, _INTERPRETATION, _AFTER, _UNLESS)
        level = Level(self._only(parsed, "level, @core, @recommended, or @extended", _LEVEL))
        is_misplaced = (level is Level.EXTENDED) is not bool(self._feature)
        self._refuse(parsed, "@extended belongs to the files in extended/", when=is_misplaced)
        text, _, mistakes = " ".join(parsed["description"].split()).partition(f"{MISTAKES}: ")
        self._refuse(parsed, "it does not say what is often wrong", when=not mistakes)
        text, _, reason = text.partition(f"{REASON} ")
        has_odd_reason = (level is Level.RECOMMENDED) is not bool(reason)
        self._refuse(parsed, f"{REASON!r} belongs to @recommended", when=has_odd_reason)
        judging = [each for each in _scenarios(parsed["children"]) if _EVERY_RUN in _tags(each)]
        self._refuse(parsed, "no @every-run: it would judge nothing", when=not judging)
        diagram, node = self._node(parsed)
        is_nowhere = level is not Level.EXTENDED and node is None
        self._refuse(parsed, "@node:… is needed, unless it is extended", when=is_nowhere)
        return Rule(
            id=self._only(parsed, "id, such as @KEY-01", _ID),
            name=parsed["name"],
            level=level,
            diagram=diagram,
            node=node,
            interpretations=tuple(map(int, _matching(parsed, _INTERPRETATION))),
            after=frozenset(_matching(parsed, _AFTER)),
            unless=frozenset(_matching(parsed, _UNLESS)),
            text=text.strip(),
            reason=reason.strip(),
            mistakes=mistakes,
            judgments=tuple(self._judgment(each, (diagram, node)) for each in judging),
            **self._place(parsed, judging[-1]["steps"]),
        )

    def _judgment(self, parsed: Any, node: Node) -> Judgment:
        self._refuse_tags(parsed, re.compile(_EVERY_RUN), _NODE)
        sentences = _sentences(parsed)
        is_odd = sentences.keys() != {"Action", "Outcome"}
        self._refuse(parsed, "a judgment has When and Then, and nothing else", when=is_odd)
        own = self._node(parsed)
        when, then = tuple(sentences["Action"]), tuple(sentences["Outcome"])
        return Judgment(parsed["name"], when, then, *(own if own[1] else node))

    def _runs(self, parsed: Any, rule: Rule | None) -> Iterator[Scenario]:
        """A scenario for each row, or one if there is no table."""
        self._refuse_tags(parsed, re.compile(_UNUSUAL))
        tables = parsed["examples"]
        rows = tables[0]["tableBody"] if tables else []
        is_empty = len(tables) != bool(rows) or (parsed["keyword"] != "Scenario" and not rows)
        self._refuse(parsed, "a table of examples is empty, or a second one", when=is_empty)
        columns = _cells(tables[0]["tableHeader"]) if tables else []
        sentences = _sentences(parsed)
        # Without a table, what is in angle brackets is text.
        steps = parsed["steps"] if tables else []
        used = _placeholders(*(step["text"] for step in steps))
        odd = (used | _placeholders(parsed["name"] if tables else "")) ^ set(columns)
        problem = f"placeholders and columns do not match: {', '.join(sorted(odd))}"
        self._refuse(parsed, problem, when=bool(odd))
        self._refuse(parsed, "no When: it would run nothing", when="Action" not in sentences)
        is_lost = rule is None and "Outcome" in sentences
        self._refuse(parsed, "a Then outside of a Rule counts for no rule", when=is_lost)
        for number, row in enumerate(rows or [parsed], start=1):
            values = dict(zip(columns, _cells(row), strict=True)) if rows else {}
            name = _filled(parsed["name"], values)
            if rows and name == parsed["name"]:
                name += f" {number:0{len(str(len(rows)))}}"
            others = [each for each in rows if each is not row]
            place = self._place(parsed, rows or parsed["steps"], others)
            yield Scenario(
                id=slug_of(name),
                name=name,
                rule=rule.id if rule else None,
                is_unusual=_UNUSUAL in _tags(parsed),
                template=parsed["name"],
                values={column: value for column, value in values.items() if column in used},
                given=(
                    *(step["text"] for step in self._background),
                    *(_filled(each, values) for each in sentences["Context"]),
                ),
                when=_filled(sentences["Action"][0], values),
                **{**place, "line": row["location"]["line"]},
            )

    def _place(
        self, parsed: Any, last: Sequence[Any], without: Iterable[Any] = ()
    ) -> dict[str, Any]:
        """The place of a part, and its source until the last of some lines, without others."""
        first = min(each["location"]["line"] for each in (parsed, *parsed["tags"]))
        left_out = {each["location"]["line"] for each in without}
        numbers = range(first, last[-1]["location"]["line"] + 1)
        lines = [self._lines[number - 1] for number in numbers if number not in left_out]
        return {
            "area": self._path.stem,
            "file": file_name(self._path),
            "line": parsed["location"]["line"],
            "feature": self._feature,
            "gherkin": textwrap.dedent("\n".join(lines)),
        }

    def _node(self, parsed: Any) -> Node:
        tags = [match for tag in _tags(parsed) if (match := _NODE.fullmatch(tag))]
        self._refuse(parsed, "one tag with its node is enough", when=len(tags) > 1)
        if not tags:
            return None, None
        diagram, node = tags[0]["diagram"] or self._path.stem, tags[0]["node"]
        known = all_diagrams()
        is_unknown = diagram not in known or node not in known[diagram].nodes
        self._refuse(parsed, f"there is no node {node} in the diagram {diagram}", when=is_unknown)
        return diagram, node

    def _only(self, parsed: Any, what: str, form: re.Pattern[str]) -> str:
        values = _matching(parsed, form)
        problem = f"one tag with its {what} is needed; there are {len(values)}"
        self._refuse(parsed, problem, when=len(values) != 1)
        return values[0]

    def _refuse_tags(self, parsed: Any, *known: re.Pattern[str]) -> None:
        odd = [tag for tag in _tags(parsed) if not any(form.fullmatch(tag) for form in known)]
        self._refuse(parsed, f"tags that nobody reads: {', '.join(odd)}", when=bool(odd))

    def _refuse(self, parsed: Any, problem: str, *, when: bool) -> None:
        if when:
            raise FeatureError(f"{self._path}:{parsed['location']['line']}: {problem}")


def _sentences(parsed: Any) -> Mapping[str, Sequence[str]]:
    """The sentences of a scenario by their kind: Context, Action, Outcome."""
    sentences: dict[str, list[str]] = defaultdict(list)
    kind = ""
    for step in parsed["steps"]:
        kind = kind if step["keywordType"] == "Conjunction" else step["keywordType"]
        sentences[kind].append(step["text"])
    return sentences


def _scenarios(children: Iterable[Any]) -> list[Any]:
    return [child["scenario"] for child in children if "scenario" in child]


def _tags(parsed: Any) -> list[str]:
    return [tag["name"].removeprefix("@") for tag in parsed["tags"]]


def _matching(parsed: Any, form: re.Pattern[str]) -> list[str]:
    """The tags of a form, or their group."""
    matches = filter(None, map(form.fullmatch, _tags(parsed)))
    return [match[form.groups] for match in matches]


def _cells(row: Any) -> list[str]:
    return [cell["value"] for cell in row["cells"]]


def _placeholders(*texts: str) -> set[str]:
    return {name for text in texts for name in _PLACEHOLDER.findall(text)}


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
