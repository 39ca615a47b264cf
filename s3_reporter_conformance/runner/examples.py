"""What became of an example, made of what pytest and the world of its scenario know."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ..errors import AdapterError, BackendError, Nonconformance
from ..judging.divergence import divergence
from ..reporting.evidence import evidence, redact
from ..reporting.failure import describe, findings_of, status_of
from ..spec.requirements import Requirement
from ..verdict.verdict import Example, Status
from .settings import repeat
from .stash import FAILED_STEP, NUMBER, REQUIREMENT, SETTINGS, WORLD, FailedStep


def in_words(error: AdapterError | BackendError) -> str:
    """Say what broke, so that nothing can be run."""
    return f"{'adapter' if isinstance(error, AdapterError) else 'backend'} error: {error}"


def lost(item: pytest.Item, words: str) -> Example:
    """Make the result of an example that nobody can tell of any more."""
    requirement = item.stash[REQUIREMENT]
    example = Example(
        requirement.id,
        Status.ADAPTER_ERROR,
        number=item.stash[NUMBER],
        findings={"suite": words},
    )
    return described(item.config, requirement, example)


def described(config: pytest.Config, requirement: Requirement, example: Example) -> Example:
    """Put into words what became of an example."""
    run = config.stash[SETTINGS]
    broken = example.status is Status.ADAPTER_ERROR
    words = ("call", "REPORTER", requirement.id) if broken else repeat(requirement.id)
    return replace(example, message=describe(requirement, example, run.line(*words)))


def make_example(
    item: pytest.Item, requirement: Requirement, seconds: float, error: BaseException | None
) -> Example:
    """Tell what became of an example.

    Args:
        item: The example.
        requirement: Its requirement.
        seconds: How long it took.
        error: What ended it before its end, if anything.
    """
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


def _values(item: pytest.Item) -> Mapping[str, str]:
    """The example's row of the table."""
    callspec = getattr(item, "callspec", None)
    return dict(callspec.params["_pytest_bdd_example"]) if callspec else {}
