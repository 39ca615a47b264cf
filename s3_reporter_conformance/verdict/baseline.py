"""Whether a report is as good as an earlier one, requirement by requirement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import UsageError
from .verdict import Status

_RAN = {
    status.value
    for status in (
        Status.PASSED,
        Status.FAILED,
        Status.KNOWN_DEVIATION,
        Status.UNEXPECTEDLY_PASSED,
    )
}
_PASSED = Status.PASSED.value


@dataclass(frozen=True)
class Gate:
    """What became worse and what became better.

    Attributes:
        regressions: Why the gate is red, a sentence each; none if it is green.
        improvements: What became better, a sentence each.
    """

    regressions: tuple[str, ...]
    improvements: tuple[str, ...]


def judge(baseline: Mapping[str, Any], current: Mapping[str, Any]) -> Gate:
    """Hold a report against an earlier one.

    Args:
        baseline: The report that was good enough.
        current: The report to judge.

    Raises:
        UsageError: The baseline guards nothing, since nothing passed in it.
    """
    before, now = _statuses(baseline), _statuses(current)
    if _PASSED not in before.values():
        raise UsageError("no requirement passed in the baseline: there is nothing to guard")
    return Gate(
        tuple(_regressions(before, now, current)),
        tuple(
            f"{name} passes now; it was {before.get(name, 'not there')} before"
            for name, status in now.items()
            if status == _PASSED and before.get(name) != _PASSED
        ),
    )


def _regressions(
    before: Mapping[str, str], now: Mapping[str, str], current: Mapping[str, Any]
) -> Iterator[str]:
    version = current.get("suite", {}).get("version", "unknown")
    for name, status in before.items():
        if name not in now:
            yield f"{name} is gone: the suite of this report, version {version}, does not have it"
        elif status == _PASSED != now[name]:
            yield f"{name} passed before and is {now[name]} now"
    ran = [sum(status in _RAN for status in report.values()) for report in (before, now)]
    if ran[1] < ran[0]:
        yield f"fewer requirements ran than before: {ran[1]} instead of {ran[0]}"


def _statuses(report: Mapping[str, Any]) -> dict[str, str]:
    return {entry["id"]: entry["status"] for entry in report["requirements"]}
