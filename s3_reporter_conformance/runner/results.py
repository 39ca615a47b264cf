"""Makes the result of a run from the knowledge of pytest and of its world."""

from dataclasses import replace

import pytest

from ..disk.files import expect_space
from ..judging.facts import given_facts, observed_facts
from ..judging.walks import routes_of
from ..reporting.evidence import make_evidence, redact
from ..reporting.failure import diagnose
from ..spec.rules import Scenario
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..words.errors import Nonconformance
from .judge import Judged
from .resources import RESOURCES, SCENARIO, WORLD

# The parts of a scenario that its result has, too.
_SAME = ("id", "name", "rule", "feature", "file", "line", "values")


def without_run(scenario: Scenario, status: Status, problem: str = "") -> RunResult:
    """Make the result of a scenario without a run; `status` and `problem` say why."""
    return RunResult(
        **{name: getattr(scenario, name) for name in _SAME},
        unusual=scenario.is_unusual,
        status=status,
        problem=problem,
    )


def make_result(item: pytest.Item, seconds: float, error: BaseException | None) -> RunResult:
    """Make the result of an item of pytest that raised this error, if any, and judge its run."""
    world = item.stash.get(WORLD, None)
    judged, problem = _judged(item, error)
    clean = redact(world)
    result = replace(
        without_run(item.stash[SCENARIO], Status.FAILED if judged.findings else Status.PASSED),
        kept=judged.kept,
        uncertain=judged.uncertain,
        findings=tuple(
            replace(each, expected=clean(each.expected), seen=clean(each.seen))
            for each in judged.findings
        ),
        seconds=round(seconds, 3),
        calls=world.runs if world else 0,
    )
    if problem:
        status, why = diagnose(problem)
        result = replace(result, status=status, problem=clean(why))
    if world is None:
        return result
    if observation := world.broken_off or getattr(world.last, "observation", None):
        result = replace(result, evidence=make_evidence(observation, clean))
    if world.last is None:
        return result
    return replace(
        result,
        facts={name: clean(value) for name, value in given_facts(world.last).items()},
        observed=observed_facts(world.last),
        paths=routes_of(world.last),
    )


def _judged(item: pytest.Item, error: BaseException | None) -> tuple[Judged, BaseException | None]:
    """Judge the last run of an item; the second value is the reason why there is no verdict."""
    particular = error if isinstance(error, Nonconformance) else None
    world = item.stash.get(WORLD, None)
    if world is None or world.last is None or (error and not particular):
        return Judged(), error
    try:
        judges = item.config.stash[RESOURCES].judges
        judged = judges.judge(world.last, item.stash[SCENARIO], particular)
        if particular or judged.findings:
            # On a full disk, a correct reporter fails, too.
            expect_space(world.folder)
    except Exception as broken:  # noqa: BLE001 -- told as a fault of the suite, or of the disk
        return Judged(), broken
    return judged, None
