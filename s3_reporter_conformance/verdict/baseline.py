"""Whether a report is as good as an earlier one, rule by rule and run by run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..words.errors import UsageError
from ..words.names import some_of
from .report import Report
from .status import Status
from .verdict import RuleResult


@dataclass(frozen=True)
class Gate:
    """The changes since the baseline, for the worse and for the better.

    Attributes:
        regressions: Why the gate is red, a sentence each; none if it is green.
        remarks: The recommendations that were met and are not met now, a sentence each.
        improvements: What became better, a sentence each.
        compared: The number of rules that were judged in the baseline and are compared.
        left_out: The number of those that are not, since nothing was selected that judges them.
    """

    regressions: tuple[str, ...]
    remarks: tuple[str, ...]
    improvements: tuple[str, ...]
    compared: int
    left_out: int


def judge(baseline: Report, current: Report, *, selected_only: bool = False) -> Gate:
    """Hold a report against an earlier one.

    Args:
        baseline: The report that was good enough.
        current: The report to judge.
        selected_only: Leave out what was not selected when the current report was made, which is
            then neither better nor worse.  Otherwise it is worse than what passed.

    Raises:
        UsageError: The baseline guards nothing, since nothing passed in it.
    """
    if Status.PASSED not in baseline.statuses.values():
        raise UsageError("no rule passed in the baseline: there is nothing to guard")
    before = _selected(baseline, current) if selected_only else baseline
    worse = list(_worse(before, current))
    compared = sum(rule.status.ran for rule in before.rules)
    return Gate(
        regressions=tuple(sentence for sentence, decides in worse if decides),
        remarks=tuple(sentence for sentence, decides in worse if not decides),
        improvements=tuple(_better(baseline, current)),
        compared=compared,
        left_out=sum(rule.status.ran for rule in baseline.rules) - compared,
    )


def _selected(baseline: Report, current: Report) -> Report:
    """The part of a baseline that was selected when the current report was made."""
    rules = {rule.id for rule in current.rules if rule.status is Status.NOT_SELECTED}
    runs = {run.id for run in current.runs if run.status is Status.NOT_SELECTED}
    return replace(
        baseline,
        rules=tuple(rule for rule in baseline.rules if rule.id not in rules),
        runs=tuple(run for run in baseline.runs if run.id not in runs),
    )


def _worse(baseline: Report, current: Report) -> Iterator[tuple[str, bool]]:
    """The changes for the worse, in a sentence each, and whether they decide."""
    now = {rule.id: rule for rule in current.rules}
    for rule in baseline.rules:
        name = rule.id
        if name not in now:
            version = current.suite.version
            yield f"{name} is gone: the suite of this report, {version}, does not have it", True
            continue
        decides = now[name].decides(strict=current.strict)
        more = _newly_broken(name, baseline, current)
        if rule.status is Status.PASSED and now[name].status is not Status.PASSED:
            yield f"{name} passed before and is {_state(now[name])} now", decides
        elif rule.status is not Status.PASSED and more:
            yield f"{name} is broken in more runs: {some_of(more)}", decides
    there = {run.id for run in current.runs}
    if gone := [run.id for run in baseline.runs if run.id not in there]:
        yield f"runs are gone: {some_of(gone)}", True
    judged = {Status.PASSED, Status.FAILED}
    before, after = (sum(run.status in judged for run in each.runs) for each in (baseline, current))
    if after < before:
        yield f"fewer runs were judged than before: {after} instead of {before}", True


def _better(baseline: Report, current: Report) -> Iterator[str]:
    before = {rule.id: rule for rule in baseline.rules}
    made = {run.id for run in current.runs if run.judged}
    for rule in current.rules:
        old = before.get(rule.id, rule)
        # What broke it before may not have been run now.
        if (
            rule.status is Status.PASSED
            and old.status is not rule.status
            and made.issuperset(old.runs)
        ):
            yield f"{rule.id} passes now; it was {_state(old)} before"


def _newly_broken(rule: str, baseline: Report, current: Report) -> list[str]:
    """The runs that kept a rule before and break it now."""
    kept = {run.id for run in baseline.runs if rule in run.kept and not run.finding(rule)}
    return [run.id for run in current.runs if run.id in kept and run.finding(rule)]


def _state(rule: RuleResult) -> str:
    return f"{rule.status.words} {rule.extent}" if rule.broken else rule.status.words
