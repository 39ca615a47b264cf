"""What became of an example, made of what pytest and the world of its scenario know."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from ..errors import AdapterError, BackendError, Nonconformance
from ..files import expect_space
from ..judging.divergence import diverged_at
from ..reporting.evidence import make_evidence, redact
from ..reporting.failure import findings_of, status_of
from ..spec.requirements import Requirement
from ..verdict.example import Arrow, Example
from ..verdict.status import Status
from .stash import FAILED_SENTENCE, NUMBER, WORLD


def in_words(error: AdapterError | BackendError) -> str:
    """Say what broke, so that nothing can be run."""
    return f"{'adapter' if isinstance(error, AdapterError) else 'backend'} error: {error}"


def lost(item: pytest.Item, words: str) -> Example:
    """Make the result of an example that nobody can tell of any more."""
    return Example(
        number=item.stash[NUMBER], status=Status.ADAPTER_ERROR, findings={"suite": words}
    )


def make_example(
    item: pytest.Item, requirement: Requirement, seconds: float, error: BaseException | None
) -> Example:
    """Say what became of an item of pytest's.

    Args:
        item: The item, with what the plugin keeps on it.
        requirement: What it asks for.
        seconds: How long it took.
        error: What it raised, or `None` if it passed or was skipped.
    """
    world = item.stash.get(WORLD, None)
    if world and isinstance(error, Nonconformance):
        error = _excuse(world.folder) or error
    observation = world.observation if world else None
    clean = redact(world)
    return Example(
        number=item.stash[NUMBER],
        values=row_of(item),
        status=status_of(error) if error else Status.PASSED,
        seconds=round(seconds, 3),
        sentence=item.stash.get(FAILED_SENTENCE, ""),
        findings={k: clean(text) for k, text in findings_of(error).items()} if error else {},
        diverged_at=_arrow(requirement, diverged_at(requirement, error, observation))
        if isinstance(error, Nonconformance)
        else None,
        evidence=make_evidence(observation, clean) if observation else None,
    )


def _excuse(folder: Path) -> OSError | None:
    """Why the reporter is not to blame: on a full disk, a correct one fails, too."""
    try:
        expect_space(folder)
    except OSError as full:
        return full
    return None


def _arrow(requirement: Requirement, number: int | None) -> Arrow | None:
    if number is None:
        return None
    edge = requirement.arrows[number]
    return Arrow(source=edge.source, target=edge.target, number=number)


def row_of(item: pytest.Item) -> Mapping[str, str]:
    """The example's row of the table."""
    callspec = getattr(item, "callspec", None)
    return dict(callspec.params["_pytest_bdd_example"]) if callspec else {}
