"""The rules and the runs that a user selects."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from _pytest.mark.expression import Expression

from ..spec.rules import Level, Rule, Scenario


@dataclass(frozen=True)
class Selection:
    """The rules and the runs that a user selects; all of them by default.

    Attributes:
        keyword: An expression of names of runs, ids of rules, and parts of them.
        marks: An expression of feature files, `drawn`, and `unusual`.
        level: `core`, `recommended`, or `extended`.
        last_failed: Whether to select only what did not pass the last time.
    """

    keyword: str | None = None
    marks: str | None = None
    level: str | None = None
    last_failed: bool = False

    def rules(self, rules: Iterable[Rule]) -> Sequence[Rule]:
        """The rules of the level."""
        return [rule for rule in rules if self.level in {None, rule.level.value}]

    def scenarios(
        self, scenarios: Collection[Scenario], failed: Collection[str] = ()
    ) -> frozenset[str]:
        """The ids of the scenarios.

        Args:
            scenarios: The scenarios of the suite.
            failed: The runs that did not pass the last time, if only they are wanted.
        """
        ids = {scenario.id for scenario in scenarios}
        is_extended = self.level == Level.EXTENDED.value
        return frozenset(
            each.id
            for each in scenarios
            if (self.level is None or is_extended is bool(each.feature))
            and (not failed or each.id in failed)
            and _matches(self.keyword, lambda name, each=each: _is_named(name, each, ids))
            and _matches(self.marks, marks_of(each).__contains__)
        )


def marks_of(scenario: Scenario) -> frozenset[str]:
    """The names by which `-m` selects a scenario."""
    return frozenset({scenario.area, "unusual" if scenario.is_unusual else "drawn"})


def _matches(expression: str | None, matcher: Callable[[str], bool]) -> bool:
    return expression is None or Expression.compile(expression).evaluate(matcher)


def _is_named(name: str, scenario: Scenario, ids: Collection[str]) -> bool:
    """Whether a name is that of a scenario, or of its rule; a part of one, if there is no such."""
    wanted = name.lower()
    if wanted in ids:
        return wanted == scenario.id
    return any(wanted in own for own in (scenario.id, (scenario.rule or "").lower(), scenario.area))
