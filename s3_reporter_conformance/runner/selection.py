"""The rules and the runs that a user selects."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from _pytest.mark.expression import Expression

from ..spec.gherkin import all_rules, all_scenarios
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
            and _matches(self.keyword, partial(_is_named, scenario=each, ids=ids))
            and _matches(self.marks, marks_of(each).__contains__)
        )


def marks_of(scenario: Scenario) -> frozenset[str]:
    """The names by which `-m` selects a scenario."""
    return frozenset({scenario.area, "unusual" if scenario.is_unusual else "drawn"})


def _matches(expression: str | None, matcher: Callable[[str], bool]) -> bool:
    # Marks with arguments, which pytest knows, are none of ours.
    return expression is None or Expression.compile(expression).evaluate(
        lambda name, /, **_: matcher(name)
    )


def _is_named(name: str, scenario: Scenario, ids: Collection[str]) -> bool:
    """Whether a name is that of a scenario, of its rule, or of a family of rules; else a part."""
    if name.lower() in ids:
        return name.lower() == scenario.id
    named = [rule for rule in all_rules() if f"{rule.id}-".startswith(f"{name.upper()}-")]
    if not named:
        return name.lower() in scenario.id or name.lower() == scenario.area
    if any(rule.id == scenario.rule for rule in named):
        return True
    # A rule under which no scenario stands is judged best by those of its file.
    lonely = {rule.area for rule in named} if not _has_own(named) else set()
    return scenario.area in lonely


def _has_own(rules: Collection[Rule]) -> bool:
    own = {scenario.rule for scenario in all_scenarios()}
    return any(rule.id in own for rule in rules)
