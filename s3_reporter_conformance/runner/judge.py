"""Judges a run by every rule that applies to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..scenario.run import Run
from ..spec.rules import Judgment, Rule, Scenario
from ..verdict.runs import Finding
from ..words.errors import Nonconformance
from .sentences import definition_of

Condition = Callable[[Run], bool]
Check = Callable[[Run], None]


@dataclass(frozen=True)
class Judge:
    """A judgment, ready to be applied to runs.

    Attributes:
        rule: The rule.
        judgment: The judgment.
        conditions: Tell whether a run is one to which it applies.
        checks: The checks, by their sentence; each raises `Nonconformance` if it does not hold.
    """

    rule: Rule
    judgment: Judgment
    conditions: tuple[Condition, ...]
    checks: tuple[tuple[str, Check], ...]

    @classmethod
    def of(cls, rule: Rule, judgment: Judgment) -> "Judge":
        """Find the step definitions of a judgment.

        Raises:
            FeatureError: A sentence has none, or several.
        """
        return cls(
            rule,
            judgment,
            tuple(_function("when", sentence) for sentence in judgment.when),
            tuple((sentence, _function("then", sentence)) for sentence in judgment.then),
        )

    def applies_to(self, run: Run) -> bool:
        """Whether the rule can be judged in a run."""
        return all(condition(run) for condition in self.conditions)

    def finding(self, run: Run) -> Finding | None:
        """The first sentence that does not hold in a run, if there is one."""
        for sentence, check in self.checks:
            try:
                check(run)
            except Nonconformance as problem:
                return Finding(
                    rule=self.rule.id,
                    sentence=sentence,
                    diagram=self.judgment.diagram,
                    node=self.judgment.node,
                    expected=problem.expected,
                    seen=problem.seen,
                )
        return None


@dataclass(frozen=True)
class Judged:
    """The rules that a run keeps, and those that it breaks."""

    kept: tuple[str, ...]
    findings: tuple[Finding, ...]


class Judges:
    """All judgments of some rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Find all step definitions.

        Raises:
            FeatureError: A sentence has none, or several.
        """
        self._rules = {rule.id: rule for rule in rules}
        self._judges = [
            Judge.of(rule, judgment) for rule in self._rules.values() for judgment in rule.judgments
        ]

    def judge(self, run: Run, scenario: Scenario, particular: Nonconformance | None) -> Judged:
        """Judge a run by every rule that applies to it.

        Args:
            run: The run.
            scenario: The scenario that describes it.
            particular: The sentence of the scenario itself that does not hold, if there is one; it
                counts for the rule that the scenario stands under.
        """
        applied = [judge for judge in self._judges if judge.applies_to(run)]
        found = [finding for judge in applied if (finding := judge.finding(run))]
        broken = {finding.rule for finding in found}
        found += self._particular(scenario, particular, broken)
        kept = {judge.rule.id: None for judge in applied}
        broken = {finding.rule for finding in found}
        return Judged(tuple(name for name in kept if name not in broken), tuple(found))

    def _particular(
        self, scenario: Scenario, problem: Nonconformance | None, broken: set[str]
    ) -> Iterator[Finding]:
        rule = self._rules.get(scenario.rule or "")
        if problem is None or rule is None or rule.id in broken:
            return
        yield Finding(
            rule=rule.id,
            sentence=scenario.name,
            diagram=rule.diagram,
            node=rule.node,
            expected=problem.expected,
            seen=problem.seen,
        )


def _function(kind: str, sentence: str) -> Callable[[Run], Any]:
    definition = definition_of(kind, sentence)
    values = definition.parser.parse_arguments(sentence) or {}
    return partial(definition.step_func, **values)
