"""Whether a report is as good as an earlier one, requirement by requirement."""

from collections.abc import Iterator
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
    """

    regressions: tuple[str, ...]
    improvements: tuple[str, ...]


def judge(baseline: Report, current: Report) -> Gate:
    """Hold a report against an earlier one.

    Args:
        baseline: The report that was good enough.
        current: The report to judge.

    Raises:
        UsageError: The baseline guards nothing, since nothing passed in it.
    """
    if Status.PASSED not in baseline.statuses.values():
        raise UsageError("no requirement passed in the baseline: there is nothing to guard")
    return Gate(tuple(_regressions(baseline, current)), tuple(_improvements(baseline, current)))


def _regressions(baseline: Report, current: Report) -> Iterator[str]:
    now = current.statuses
    for name, status in baseline.statuses.items():
        if name not in now:
            version = current.suite.version
            yield f"{name} is gone: the suite of this report, version {version}, does not have it"
        elif status is Status.PASSED and now[name] is not Status.PASSED:
            yield f"{name} passed before and is {now[name].value} now"
    ran = [sum(each.status.ran for each in r.requirements) for r in (baseline, current)]
    if ran[1] < ran[0]:
        yield f"fewer requirements ran than before: {ran[1]} instead of {ran[0]}"


def _improvements(baseline: Report, current: Report) -> Iterator[str]:
    before = baseline.statuses
    for name, status in current.statuses.items():
        was = before.get(name)
        if status is Status.PASSED and was is not Status.PASSED:
            yield f"{name} passes now; it was {was.value if was else 'not there'} before"
