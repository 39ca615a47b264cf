"""The rules and the runs that a user selects."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from _pytest.mark.expression import Expression

from ..spec.rules import Level, Rule, Scenario
from ..words.errors import UsageError
from ..words.names import unknown
from ..words.option import option

_ID = re.compile(r"([a-z]{3}|ext-[a-z]+)-\d+", re.IGNORECASE)
_GROUP = "Selection"
_EXPRESSION = {"group": _GROUP, "metavar": "EXPRESSION"}
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

    def check(self, scenarios: Iterable[Scenario], rules: Iterable[Rule]) -> None:
        """Make sure that the expressions can be read, and name rules and marks that there are.

        Raises:
            UsageError: One cannot, or does not.
        """
        ids = {rule.id for rule in rules}
        for name in _names("-k", self.keyword):
            if _ID.fullmatch(name) and not any(name.upper() in known for known in ids):
                raise unknown("rule", name, ids, "-k")
        marks = {mark for scenario in scenarios for mark in _marks_of(scenario)}
        for name in _names("-m", self.marks):
            if name not in marks:
                raise unknown("mark", name, marks, "-m")

    def rules(self, rules: Iterable[Rule]) -> Sequence[Rule]:
        """The rules of the level."""
        return [rule for rule in rules if self.level in {None, rule.level.value}]

    def scenarios(
        self,
        scenarios: Collection[Scenario],
        rules: Collection[Rule],
        failed: Collection[str] = (),
    ) -> frozenset[str]:
        """The ids of the selected scenarios; with `failed`, of these alone."""
        named = _Names(scenarios, rules)
        is_extended = self.level == Level.EXTENDED.value
        return frozenset(
            each.id
            for each in scenarios
            if (self.level is None or is_extended is bool(each.feature))
            and (not failed or each.id in failed)
            and _matches(self.keyword, partial(named, scenario=each))
            and _matches(self.marks, _marks_of(each).__contains__)
        )


class _Names:
    """The names of runs, and of rules that runs stand under."""

    def __init__(self, scenarios: Iterable[Scenario], rules: Collection[Rule]) -> None:
        self._rule_of = {each.id: each.rule for each in scenarios}
        self._rules = rules

    def __call__(self, word: str, scenario: Scenario) -> bool:
        """Whether a word names a scenario, its rule, or a family of rules; else a part of it."""
        if word.lower() in self._rule_of:
            return word.lower() == scenario.id
        named = {rule.id for rule in self._rules if f"{rule.id}-".startswith(f"{word.upper()}-")}
        if not named:
            return word.lower() in scenario.id or word.lower() == scenario.area
        if named & set(self._rule_of.values()):
            return scenario.rule in named
        # A rule under which no scenario stands is judged best by those of its file.
        return scenario.area in {rule.area for rule in self._rules if rule.id in named}


def _marks_of(scenario: Scenario) -> frozenset[str]:
    return frozenset({scenario.area, "unusual" if scenario.is_unusual else "drawn"})


def _matches(expression: str | None, matcher: Callable[[str], bool]) -> bool:
    # Marks with arguments, which pytest knows, are none of ours.
    return expression is None or Expression.compile(expression).evaluate(
        lambda name, /, **_: matcher(name)
    )


def _names(flag: str, expression: str | None) -> list[str]:
    """The names in an expression."""
    if not expression:
        return []
    try:
        Expression.compile(expression)
    except Exception as error:
        reason = getattr(error, "msg", str(error))
        several = "," in expression or reason.endswith("got identifier")
        hint = "; put or between names, as in 'KEY-03 or KEY-04'" if several else ""
        raise UsageError(f"{flag} {expression!r} cannot be understood: {reason}{hint}") from error
    return [word for word in re.findall(r"[^\s()]+", expression) if word not in _OPERATORS]
