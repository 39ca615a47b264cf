"""The differences between reports, and whether one is as good as an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..words.errors import UsageError
from ..words.names import some_of
from .report import Report
from .status import Status
from .verdict import RuleResult


@dataclass(frozen=True)
class Row:
    """A rule on which reports differ, and the result in each; `None` where it is absent."""

    rule: str
    name: str
    results: tuple[RuleResult | None, ...]


def compare(reports: Sequence[Report]) -> list[Row]:
    """Compare reports: the status of each rule, and the runs that break it."""
    rules = [{rule.id: rule for rule in report.rules} for report in reports]
    # In the order of the first report; what only later ones have comes last.
    names = {rule.id: rule.name for report in reports for rule in report.rules}
    rows = (Row(id_, names[id_], tuple(each.get(id_) for each in rules)) for id_ in names)
    return [row for row in rows if len(set(map(_compared, row.results))) > 1]


@dataclass
class Gate:
    """The changes since a baseline, a sentence each; remarks are on what does not decide.

    Of the rules that were judged in the baseline, some are left out, since they are not selected.
    """

    compared: int
    left_out: int
    regressions: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    improvements: list[str] = field(default_factory=list)


def judge(baseline: Report, current: Report, *, selected_only: bool = False) -> Gate:
    """Hold a report against an earlier one that was good enough.

    What was not selected now is worse than what passed, or left out with `selected_only`.

    Raises:
        UsageError: The baseline guards nothing, since nothing passed in it, or not enough.
    """
    _check(baseline)
    skipped = set()
    if selected_only:
        asked = {run.feature for run in current.runs if run.status is not Status.NOT_SELECTED}
        skipped |= {
            rule.id
            for rule in current.rules
            if rule.status is Status.NOT_SELECTED
            or (rule.status is Status.NOT_CLAIMED and rule.feature not in asked)
        }
        skipped |= {run.id for run in current.runs if run.status is Status.NOT_SELECTED}
    judged = [rule.id for rule in baseline.rules if rule.status.ran]
    left_out = len(skipped.intersection(judged))
    gate = Gate(compared=len(judged) - left_out, left_out=left_out)
    made = {run.id for run in current.runs if run.judged}
    for row in compare([baseline, current]):
        before, now = row.results
        if before is None or row.rule in skipped:
            continue
        if now is None:
            version = current.suite.version
            gone = f"{row.rule} is gone: the suite of this report, {version}, does not have it"
            gate.regressions.append(gone)
        elif worse := _worse(before, now, _newly_broken(row.rule, baseline, current)):
            decides = now.status is not Status.NOT_CERTAIN and now.decides(strict=current.strict)
            (gate.regressions if decides else gate.remarks).append(worse)
        # What broke it before may not have been run now.
        elif _holds(now) and not _holds(before) and made.issuperset(before.runs):
            gate.improvements.append(f"{row.rule} passes now; before: {_state(before)}")
    there = {run.id: run.status for run in current.runs}
    if missing := [run.id for run in baseline.runs if run.id not in there]:
        gate.regressions.append(f"runs are gone: {some_of(missing)}")
    earlier = {run.id: run.status for run in baseline.runs if run.id not in skipped}
    judging = {Status.PASSED, Status.FAILED}
    less, more = (sum(each in judging for each in runs.values()) for runs in (there, earlier))
    if less < more:
        gate.regressions.append(f"fewer runs were judged than before: {less} instead of {more}")
    return gate


def _check(baseline: Report) -> None:
    if baseline.aborted:
        raise UsageError(f"the baseline broke off ({baseline.aborted}): make it of a whole run")
    if not any(rule.status is Status.PASSED for rule in baseline.rules):
        raise UsageError("no rule passed in the baseline: there is nothing to guard")


def _worse(before: RuleResult, now: RuleResult, newly_broken: Sequence[str]) -> str:
    if _holds(before):
        return "" if _holds(now) else f"{now.id} passed before; now: {_state(now)}"
    return f"{now.id} is broken in more runs: {some_of(newly_broken)}" if newly_broken else ""


def _holds(rule: RuleResult) -> bool:
    """Whether a rule was judged and not broken, even if that was not expected."""
    return rule.status.ran and not rule.broken


def _newly_broken(rule: str, baseline: Report, current: Report) -> list[str]:
    """The runs that kept a rule before and break it now."""
    kept = {run.id for run in baseline.runs if rule in run.kept}
    return [run.id for run in current.runs if run.id in kept and run.finding(rule)]


def _state(rule: RuleResult) -> str:
    return f"{rule.status.words} {rule.extent}" if rule.broken else rule.status.words


def _compared(rule: RuleResult | None) -> object:
    return (rule.status, frozenset(rule.runs)) if rule else None
