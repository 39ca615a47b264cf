"""Whether a report is as good as an earlier one, requirement by requirement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..errors import UsageError
from .report import Report
from .status import Status


@dataclass(frozen=True)
class Gate:
    """What became worse and what became better.

    Attributes:
        regressions: Why the gate is red, a sentence each; none if it is green.
        improvements: What became better, a sentence each.
        compared: How many requirements that ran in the baseline were compared.
        left_out: How many were not, since they were not selected.
    """

    regressions: tuple[str, ...]
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
        raise UsageError("no requirement passed in the baseline: there is nothing to guard")
    now = current.statuses
    left_out = {name for name in baseline.statuses if now.get(name) is Status.NOT_SELECTED}
    if not selected_only:
        left_out = set()
    before = {name: status for name, status in baseline.statuses.items() if name not in left_out}
    return Gate(
        tuple(_regressions(before, current)),
        tuple(_improvements(baseline, current)),
        compared=sum(status.ran for status in before.values()),
        left_out=sum(baseline.statuses[name].ran for name in left_out),
    )


def _regressions(before: Mapping[str, Status], current: Report) -> Iterator[str]:
    now = current.statuses
    for name, status in before.items():
        if name not in now:
            version = current.suite.version
            yield f"{name} is gone: the suite of this report, version {version}, does not have it"
        elif status is Status.PASSED and now[name] is not Status.PASSED:
            yield f"{name} passed before and is {now[name].words} now"
    ran = [sum(status.ran for status in statuses.values()) for statuses in (before, now)]
    if ran[1] < ran[0]:
        yield f"fewer requirements ran than before: {ran[1]} instead of {ran[0]}"


def _improvements(baseline: Report, current: Report) -> Iterator[str]:
    before = baseline.statuses
    for name, status in current.statuses.items():
        was = before.get(name)
        if status is Status.PASSED and was is not Status.PASSED:
            yield f"{name} passes now; it was {was.words if was else 'not there'} before"
