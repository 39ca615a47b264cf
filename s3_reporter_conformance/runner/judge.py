"""Judges a run by every rule that applies to it, and finds the step definitions of sentences."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from ..scenario.run import Run
from ..spec.feature_files import FeatureError
from ..spec.rules import Judgment, Level, Rule, Scenario
from ..verdict.runs import Finding, RunResult
from ..words.errors import Nonconformance, UncertainError

# Not `from pytest_bdd import scenario`, which is a function.
_SCENARIO = import_module("pytest_bdd.scenario")


@dataclass(frozen=True)
class Judged:
    """The rules that a run keeps, those of which it cannot be told, and those that it breaks."""

    kept: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
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
        found: list[Finding] = []
        uncertain: list[str] = []
        for judge in applied:
            try:
                found += filter(None, [judge.finding(run)])
            except UncertainError:
                uncertain.append(judge.rule.id)
        broken = {finding.rule for finding in found}
        rule = self._rules.get(scenario.rule or "")
        if particular and rule and rule.id not in broken:
            found.append(_finding(particular, rule, scenario.name, rule))
            broken.add(rule.id)
        found = [each for each in found if not broken & self._rules[each.rule].after]
        if run.is_late:
            # A busy machine made S3 slow: that a reporter gave up is no fault of its own.
            uncertain, found = [*uncertain, *broken], []
        untold = broken.union(uncertain)
        kept = dict.fromkeys(judge.rule.id for judge in applied if judge.rule.id not in untold)
        return Judged(tuple(kept), tuple(dict.fromkeys(uncertain)), tuple(found))

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
    if definition is None:
        raise FeatureError(f"no step definition matches: {sentence}")
    values = definition.parser.parse_arguments(sentence) or {}
    return partial(definition.step_func, **values)


def use_strict_lookup(config: pytest.Config) -> None:
    """Have pytest-bdd find the only step definition that matches a sentence, until pytest ends.

    Pytest-bdd would take any of several.  It also asks pytest for all fixtures of all nodes, for
    each sentence anew, which takes a tenth of a run.
    """

    def get_step_function(
        request: pytest.FixtureRequest,  # noqa: ARG001 -- as pytest-bdd calls it
        step: Step,
    ) -> StepFunctionContext | None:
        return definition_of(step.type, step.name)

    patch = pytest.MonkeyPatch()
    patch.setattr(_SCENARIO, "get_step_function", get_step_function)
    config.add_cleanup(patch.undo)


@cache
def definition_of(kind: str, sentence: str) -> StepFunctionContext | None:
    """Find the only step definition of a sentence, which comes without its keyword.

    Raises:
        FeatureError: Several match.
    """
    _define_steps()
    matching = [
        context
        for context in step_function_context_registry.values()
        if context.type in {kind, None} and context.parser.is_matching(sentence)
    ]
    if len(matching) > 1:
        names = ", ".join(context.step_func.__name__ for context in matching)
        raise FeatureError(f"{sentence}: several step definitions match: {names}")
    return matching[0] if matching else None


@cache
def _define_steps() -> None:
    # By name, since `steps` is a room beside this one.
    steps = import_module("s3_reporter_conformance.steps")
    for module in walk_packages(steps.__path__, f"{steps.__name__}."):
        import_module(module.name)
