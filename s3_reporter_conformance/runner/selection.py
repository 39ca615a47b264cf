"""The rules and the runs that a user selects."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..spec.gherkin import all_rules, all_scenarios
from ..spec.rules import Level, Rule, Scenario
from ..verdict.status import Status
from ..words.errors import UsageError
from ..words.names import unknown
from ..words.option import option

if TYPE_CHECKING:
    from _pytest.mark.expression import Expression

    from ..verdict.verdict import Verdict

_ID = re.compile(r"([a-z]{3}|ext-[a-z]+)-\d+", re.IGNORECASE)
_GROUP = "Selection"
# Shorter words of a name are no guess at what was meant.
_TELLING = 5
_EXPRESSION = {"group": _GROUP, "metavar": "EXPRESSION"}
JUDGED_UNDER = {
    "ERR-04": "KEY-02",
    "ERR-05": "ERR-08",
    "KEY-07": "CFG-01",
    "EXT-HADOOP-01": "SEQ-01",
    "EXT-PREFLIGHT-01": "ERR-05",
}
"""Rules that their own runs do not always judge; and others, under which runs stand that do."""
_OPERATORS = {"and", "or", "not", "True", "False", "None"}


@dataclass(frozen=True)
class Selection:
    """The rules and the runs that a user selects; all of them by default."""

    keyword: str | None = option(
        None, 'Run only these: "CFG or a-json-report".', flag="-k", **_EXPRESSION
    )
    marks: str | None = option(
        None, 'Select by feature file: "error_handling and drawn".', flag="-m", **_EXPRESSION
    )
    level: str | None = option(
        None,
        "Judge only the rules of this level.",
        group=_GROUP,
        choices=tuple(level.value for level in Level),
    )
    last_failed: bool = option(
        False, "Run only what did not pass in the last run in this folder.", group=_GROUP
    )

    def check(self, examples: Collection[Scenario] = ()) -> None:
        """Make sure that the expressions can be read, and name rules, runs, and marks there are.

        Raises:
            UsageError: One cannot, or does not.
        """
        marks = {mark for scenario in all_scenarios() for mark in _marks_of(scenario)}
        for name in _names("-k", self.keyword):
            if _named(name) or any(_is_named(each)(name) for each in examples):
                continue
            if _ID.fullmatch(name):
                raise unknown("rule", name, (rule.id for rule in all_rules()), "-k")
            if (area := name.replace("-", "_")) in marks:
                raise UsageError(f"-k: there is no run {name}: did you mean -m {area}?")
            ids = [scenario.id for scenario in (*all_scenarios(), *examples)]
            parts = (word for each in ids for word in each.split("-") if len(word) >= _TELLING)
            raise unknown("run", name, {*ids, *parts}, "-k")
        for name in _names("-m", self.marks):
            if name not in marks:
                raise unknown("mark", name, marks, "-m")

    def is_judged(self, verdict: "Verdict") -> bool:
        """Whether a rule was judged, if the keyword is its id, and so asks for no other."""
        asked = [rule for rule in verdict.rules if rule.id.lower() == (self.keyword or "").lower()]
        return not any(rule.status is Status.NOT_SELECTED for rule in asked)

    def rules(self) -> Sequence[Rule]:
        """The rules of the level."""
        return [rule for rule in all_rules() if self.level in {None, rule.level.value}]

    def scenarios(
        self, failed: Collection[str] = (), examples: Iterable[Scenario] = ()
    ) -> frozenset[str]:
        """The ids of the selected scenarios; with `failed`, of these alone."""
        is_extended = self.level == Level.EXTENDED.value
        return frozenset(
            each.id
            for each in (*all_scenarios(), *examples)
            if (self.level is None or is_extended is bool(each.feature))
            and (not failed or each.id in failed)
            and _matches(self.keyword, _is_named(each))
            and _matches(self.marks, _marks_of(each).__contains__)
        )


def _is_named(run: Scenario) -> Callable[[str], bool]:
    is_known = run in all_scenarios()
    return lambda name: run.id in _named(name) if is_known else name.lower() in run.id


@cache
def _named(word: str) -> frozenset[str]:
    """The ids of the run of a name, of those under a rule or a family, or of those with a part."""
    word, runs = word.lower(), all_scenarios()
    rules = [rule for rule in all_rules() if f"{rule.id}-".lower().startswith(f"{word}-")]
    ids, areas = {rule.id for rule in rules}, {rule.area for rule in rules}
    if other := JUDGED_UNDER.get(word.upper()):
        ids.add(other)
    kinds = (
        [run for run in runs if run.id == word],
        [run for run in runs if run.rule in ids],
        # A rule under which no scenario stands is judged best by those of its file.
        [run for run in runs if run.area in areas],
        [run for run in runs if word in run.id or word == run.area],
    )
    return frozenset(run.id for run in next(filter(None, kinds), ()))


def _marks_of(scenario: Scenario) -> frozenset[str]:
    return frozenset({scenario.area, "unusual" if scenario.is_unusual else "drawn"})


def _matches(expression: str | None, matcher: Callable[[str], bool]) -> bool:
    # Marks with arguments, which pytest knows, are none of ours.
    return expression is None or _compiled(expression).evaluate(lambda name, /, **_: matcher(name))


def _compiled(expression: str) -> "Expression":
    # Late, since pytest takes longer to import than `--help` to print.
    from _pytest.mark.expression import Expression

    return Expression.compile(expression)


def _names(flag: str, expression: str | None) -> list[str]:
    """The names in an expression."""
    if not expression:
        return []
    try:
        _compiled(expression)
    except Exception as error:
        # Pytest 8.3 calls it a message.
        reason = getattr(error, "msg", getattr(error, "message", str(error)))
        several = "," in expression or reason.endswith("got identifier")
        hint = "; put or between names, as in 'KEY-03 or KEY-04'" if several else ""
        raise UsageError(f"{flag} {expression!r} cannot be understood: {reason}{hint}") from error
    return [word for word in re.findall(r"[^\s()]+", expression) if word not in _OPERATORS]
