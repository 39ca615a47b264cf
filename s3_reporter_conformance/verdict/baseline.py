"""Whether a report is as good as an earlier one, rule by rule and run by run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..words.errors import UsageError
from ..words.names import some_of
from .report import Report
from .runs import RunResult
from .status import Status
from .verdict import RuleResult

_JUDGED = {Status.PASSED, Status.FAILED}


@dataclass(frozen=True)
class Gate:
    """What became worse and what became better.

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


@dataclass(frozen=True)
class _Both:
    """A rule in either report, and the runs that judged it in both."""

    before: RuleResult
    now: RuleResult
    runs: Sequence[tuple[RunResult, RunResult]]

    @property
    def newly_broken(self) -> list[str]:
        """The runs that kept it before and break it now."""
        return [now.id for before, now in self.runs if self._kept(before) and not self._kept(now)]

    @property
    def newly_kept(self) -> list[str]:
        """The runs that broke it before and keep it now."""
        return [now.id for before, now in self.runs if self._kept(now) and not self._kept(before)]

    def _kept(self, run: RunResult) -> bool:
        return run.finding(self.now.id) is None


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
    found = [*_worse_rules(before, current), *_worse_runs(before, current)]
    compared = sum(rule.status.ran for rule in before.rules)
    return Gate(
        regressions=tuple(sentence for sentence, decides in found if decides),
        remarks=tuple(sentence for sentence, decides in found if not decides),
        improvements=tuple(_improvements(baseline, current)),
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


def _worse_rules(baseline: Report, current: Report) -> Iterator[tuple[str, bool]]:
    """What became worse, in a sentence, and whether that decides."""
    now = {rule.id: rule for rule in current.rules}
    version = current.suite.version
    for rule in baseline.rules:
        name = rule.id
        if name not in now:
            yield f"{name} is gone: the suite of this report, {version}, does not have it", True
        elif rule.status is Status.PASSED and now[name].status is not Status.PASSED:
            decides = now[name].decides(strict=current.strict)
            yield f"{name} passed before and is {_state(now[name])} now", decides


def _worse_runs(baseline: Report, current: Report) -> Iterator[tuple[str, bool]]:
    for both in _in_both(baseline, current):
        # Of a rule that passed, everything is said.
        if both.newly_broken and both.before.status is not Status.PASSED:
            sentence = f"{both.now.id} is broken in more runs: {some_of(both.newly_broken)}"
            yield sentence, both.now.decides(strict=current.strict)
    there = {run.id for run in current.runs}
    if gone := [run.id for run in baseline.runs if run.id not in there]:
        yield f"runs are gone: {some_of(gone)}", True
    before, now = (sum(run.status in _JUDGED for run in each.runs) for each in (baseline, current))
    if now < before:
        yield f"fewer runs were judged than before: {now} instead of {before}", True


def _improvements(baseline: Report, current: Report) -> Iterator[str]:
    for both in _in_both(baseline, current):
        name = both.now.id
        passes = both.now.status is Status.PASSED
        if not passes and both.newly_kept:
            yield f"{name} holds in more runs: {some_of(both.newly_kept)}"
        # What broke it before may not have been run now.
        comparable = both.newly_kept or not both.before.runs
        if passes and both.before.status is not Status.PASSED and comparable:
            yield f"{name} passes now; it was {_state(both.before)} before"
    there = {rule.id for rule in baseline.rules}
    for rule in current.rules:
        if rule.status is Status.PASSED and rule.id not in there:
            yield f"{rule.id} passes now; it was not there before"


def _in_both(baseline: Report, current: Report) -> Iterator[_Both]:
    rules = {rule.id: rule for rule in current.rules}
    runs = {run.id: run for run in current.runs}
    pairs = [(run, runs[run.id]) for run in baseline.runs if run.id in runs]
    judged = [before.judged & now.judged for before, now in pairs]
    for rule in baseline.rules:
        if rule.id in rules:
            of_it = [pair for pair, ids in zip(pairs, judged, strict=True) if rule.id in ids]
            yield _Both(rule, rules[rule.id], of_it)


def _state(rule: RuleResult) -> str:
    return f"{rule.status.words} {rule.extent}" if rule.broken else rule.status.words
