"""Makes the result of a run from the knowledge of pytest and of its world."""

from pathlib import Path

import pytest

from ..disk.files import expect_space
from ..judging.facts import given_facts, observed_facts
from ..judging.walks import routes_of
from ..reporting.evidence import make_evidence, redact
from ..reporting.failure import problem_of, status_of
from ..reporting.requests import Redact
from ..scenario.world import World
from ..spec.rules import Scenario
from ..verdict.runs import Finding, RunResult
from ..verdict.status import Status
from ..words.errors import AdapterError, BackendError, Nonconformance
from .judge import Judged, Judges
from .stash import JUDGES, SCENARIO, WORLD


def in_words(error: AdapterError | BackendError) -> str:
    """Say what broke, so that nothing can be run."""
    return f"{'adapter' if isinstance(error, AdapterError) else 'backend'} error: {error}"


def without_run(scenario: Scenario, status: Status, problem: str = "") -> RunResult:
    """Make the result of a scenario without a run.

    Args:
        scenario: The scenario.
        status: Why there is none.
        problem: The same in words.
    """
    return RunResult(
        id=scenario.id,
        name=scenario.name,
        rule=scenario.rule,
        feature=scenario.feature,
        unusual=scenario.is_unusual,
        file=scenario.file,
        line=scenario.line,
        values=scenario.values,
        status=status,
        problem=problem,
    )


def make_result(item: pytest.Item, seconds: float, error: BaseException | None) -> RunResult:
    """Make the result of an item of pytest.

    Args:
        item: The item, with everything that the plugin keeps on it.
        seconds: The duration, in seconds.
        error: The exception that it raised, or `None`.
    """
    scenario = item.stash[SCENARIO]
    world = item.stash.get(WORLD, None)
    clean = redact(world)
    particular = error if isinstance(error, Nonconformance) else None
    problem = None if particular else error
    if world and particular:
        problem = _excuse(world.folder)
    judged = Judged((), ())
    if problem is None and world and world.last:
        judged, problem = _judge(item.config.stash[JUDGES], world, scenario, particular)
        if judged.findings:
            problem = _excuse(world.folder)
    if problem is not None:
        judged = Judged((), ())
    status = Status.FAILED if judged.findings else Status.PASSED
    result = RunResult(
        **{
            **vars(without_run(scenario, status_of(problem) if problem else status)),
            "problem": clean(problem_of(problem)) if problem else "",
            "kept": judged.kept,
            "findings": tuple(_cleaned(each, clean) for each in judged.findings),
            "seconds": round(seconds, 3),
            "calls": world.runs if world else 0,
        }
    )
    return _with_run(result, world, clean)


def _judge(
    judges: Judges, world: World, scenario: Scenario, particular: Nonconformance | None
) -> tuple[Judged, BaseException | None]:
    """Judge the last run; a judge that breaks is a fault of the suite, and no verdict."""
    if world.last is None:
        return Judged((), ()), None
    try:
        return judges.judge(world.last, scenario, particular), None
    except Exception as broken:  # noqa: BLE001 -- told as a fault of the suite
        return Judged((), ()), broken


def _with_run(result: RunResult, world: World | None, clean: Redact) -> RunResult:
    if world is None or world.last is None:
        return result
    run = world.last
    return RunResult(
        **{
            **vars(result),
            "facts": {name: clean(value) for name, value in given_facts(run).items()},
            "observed": observed_facts(run),
            "paths": routes_of(run),
            "evidence": make_evidence(run.observation, clean),
        }
    )


def _cleaned(finding: Finding, clean: Redact) -> Finding:
    return Finding(
        **{**vars(finding), "expected": clean(finding.expected), "seen": clean(finding.seen)}
    )


def _excuse(folder: Path) -> OSError | None:
    """Find an excuse for the reporter: on a full disk, a correct one fails, too."""
    try:
        expect_space(folder)
    except OSError as full:
        return full
    return None
