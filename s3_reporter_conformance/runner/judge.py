"""Judges a run by every rule that applies to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..scenario.run import Run
from ..spec.rules import Judgment, Level, Rule, Scenario
from ..verdict.runs import Finding, RunResult
from ..words.errors import Nonconformance
from .sentences import definition_of


@dataclass(frozen=True)
class Judged:
    """The rules that a run keeps, and those that it breaks."""

    kept: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Judges:
    """All judgments of some rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Find all step definitions.

        Raises:
            FeatureError: A sentence has none, or several.
        """
        self._rules = {rule.id: rule for rule in rules}
        self._judges = [
            _Judge(rule, judgment) for rule in self._rules.values() for judgment in rule.judgments
        ]

    def judge(self, run: Run, scenario: Scenario, particular: Nonconformance | None) -> Judged:
        """Judge a run by every rule that applies to it.

        If a `particular` sentence of the scenario itself does not hold, that counts for the rule
        that the scenario stands under.
        """
        applied = [judge for judge in self._judges if judge.applies_to(run)]
        found = [finding for judge in applied if (finding := judge.finding(run))]
        broken = {finding.rule for finding in found}
        rule = self._rules.get(scenario.rule or "")
        if particular and rule and rule.id not in broken:
            found.append(_finding(particular, rule, scenario.name, rule))
            broken.add(rule.id)
        kept = dict.fromkeys(judge.rule.id for judge in applied if judge.rule.id not in broken)
        return Judged(tuple(kept), tuple(found))

    def decisive(self, result: RunResult, *, strict: bool) -> Iterator[str]:
        """The ids of the rules that a run breaks and that decide."""
        for finding in result.findings:
            level = self._rules[finding.rule].level
            recommended = level is Level.RECOMMENDED or (level is Level.CORE and result.unusual)
            if strict or not recommended:
                yield finding.rule


class _Judge:
    """A judgment, ready to be applied to runs."""

    def __init__(self, rule: Rule, judgment: Judgment) -> None:
        self.rule = rule
        self._judgment = judgment
        self._conditions = [_function("when", sentence) for sentence in judgment.when]
        self._checks = {sentence: _function("then", sentence) for sentence in judgment.then}

    def applies_to(self, run: Run) -> bool:
        return all(condition(run) for condition in self._conditions)

    def finding(self, run: Run) -> Finding | None:
        """The first sentence that does not hold in a run, if there is one."""
        for sentence, check in self._checks.items():
            try:
                check(run)
            except Nonconformance as problem:
                return _finding(problem, self.rule, sentence, self._judgment)
        return None


def _finding(problem: Nonconformance, rule: Rule, sentence: str, place: Rule | Judgment) -> Finding:
    return Finding(
        rule=rule.id,
        sentence=sentence,
        diagram=place.diagram,
        node=place.node,
        expected=problem.expected,
        seen=problem.seen,
    )


def _function(kind: str, sentence: str) -> Callable[[Run], Any]:
    definition = definition_of(kind, sentence)
    values = definition.parser.parse_arguments(sentence) or {}
    return partial(definition.step_func, **values)
