"""What became of an example, made of what pytest and the world of its scenario know."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import pytest

from ..errors import Nonconformance
from ..judging.divergence import divergence
from ..reporting.evidence import evidence, redact
from ..reporting.failure import describe, findings_of, status_of
from ..spec.requirements import Requirement
from ..verdict.run_info import RunInfo
from ..verdict.verdict import Example, Status
from .settings import repeat
from .stash import FAILED_STEP, NUMBER, RUN_INFO, SETTINGS, WORLD, FailedStep

_EXAMPLE = "conformance_example"
_RUN_INFO = "conformance_run_info"


def attach(example: Example, report: pytest.TestReport) -> None:
    """Let a report tell of an example; a plain attribute travels also from a worker process."""
    setattr(report, _EXAMPLE, example.to_simple())


def example_of(report: pytest.TestReport) -> Example | None:
    """What became of an example, if the report tells of one that has ended."""
    carried = getattr(report, _EXAMPLE, None)
    return Example.from_simple(carried) if carried else None


def lost(config: pytest.Config, requirement: Requirement, number: int, words: str) -> Example:
    """Make the result of an example that nobody can tell of any more."""
    findings = {"suite": words}
    return described(
        config,
        requirement,
        Example(requirement.id, Status.ADAPTER_ERROR, number=number, findings=findings),
    )


def described(config: pytest.Config, requirement: Requirement, example: Example) -> Example:
    run = config.stash[SETTINGS]
    broken = example.status is Status.ADAPTER_ERROR
    words = ("call", "REPORTER", requirement.id) if broken else repeat(requirement.id)
    return replace(example, message=describe(requirement, example, run.line(*words)))


def make_example(
    item: pytest.Item, requirement: Requirement, seconds: float, error: BaseException | None
) -> Example:
    world = item.stash.get(WORLD, None)
    observation = world.observation if world else None
    failed = item.stash.get(FAILED_STEP, FailedStep("", frozenset()))
    clean = redact(world)
    attempts = len(observation.attempts) if observation else 0
    return Example(
        requirement=requirement.id,
        status=status_of(error) if error else Status.PASSED,
        number=item.stash[NUMBER],
        values=_values(item),
        seconds=round(seconds, 3),
        sentence=failed.sentence,
        findings={k: clean(text) for k, text in findings_of(error).items()} if error else {},
        diverged_at=divergence(requirement.route, failed.nodes, attempts)
        if isinstance(error, Nonconformance)
        else None,
        evidence=evidence(observation, clean) if observation else {},
    )


def hand_over(config: pytest.Config) -> None:
    """Let a worker process hand over what it tells of the run."""
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output[_RUN_INFO] = asdict(config.stash[RUN_INFO])


def run_info_of(output: Mapping[str, Any]) -> RunInfo:
    """The notes that a worker handed over; none if it died before."""
    return RunInfo(**output.get(_RUN_INFO, {}))


def _values(item: pytest.Item) -> Mapping[str, str]:
    """The example's row of the table."""
    callspec = getattr(item, "callspec", None)
    return dict(callspec.params["_pytest_bdd_example"]) if callspec else {}
