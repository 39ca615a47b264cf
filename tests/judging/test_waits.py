"""Waits are told from what an attempt takes by itself, whatever that is."""

import random

import pytest

from s3_reporter_conformance.adapters.manifest import Jitter
from s3_reporter_conformance.judging.waits import (
    MOST_CALLS,
    Backoff,
    certain,
    is_told,
    not_waiting,
    too_long,
    too_short,
)


def backoff(
    base: float, cap: float = 60, retries: int = 3, jitter: Jitter = Jitter.NONE
) -> Backoff:
    return Backoff(retries, base, cap, jitter)


def measured(waits: tuple[float, ...], attempt: float, uneven: float = 0) -> list[list[float]]:
    """As many calls as are made at most, whose attempts take a time of their own."""
    chance = random.Random(1)  # noqa: S311
    return [
        [wait + attempt + chance.uniform(0, uneven) for wait in waits] for _ in range(MOST_CALLS)
    ]


def test_full_jitter_waits_somewhere() -> None:
    full = backoff(0.2, jitter=Jitter.FULL)
    assert not_waiting([[0.0, 0.01, 0.3], [0.1, 0.2, 0.4]], full) is None
    assert not_waiting([[0.01, 0.02, 0.01]] * 5, full)


@pytest.mark.parametrize(
    ("jitter", "gaps", "right"),
    [
        (Jitter.NONE, [0.2, 0.4, 0.8], True),
        (Jitter.NONE, [1.3, 2.0, 1.1], True),
        (Jitter.NONE, [0.2, 0.4, 0.7], False),
        (Jitter.NONE, [0.0002, 0.0004, 0.0008], False),
        (Jitter.EQUAL, [0.1, 0.2, 0.4], True),
        (Jitter.EQUAL, [0.1, 0.2, 0.3], False),
        (Jitter.FULL, [0.0, 0.0, 0.0], True),
    ],
)
def test_no_wait_is_shorter_than_the_formula(
    jitter: Jitter, gaps: list[float], right: bool
) -> None:
    assert (too_short([gaps], backoff(0.2, jitter=jitter)) is None) is right


def test_no_wait_is_longer_than_the_cap_and_what_an_attempt_takes() -> None:
    capped = backoff(0.1, cap=0.1, retries=6)
    for attempt, uneven in ((0.005, 0.01), (0.6, 1.0), (2.0, 2.0)):
        assert too_long(measured((0.1,) * 6, attempt, uneven), capped) is None
    for attempt in (0.005, 0.6, 1.0):
        assert too_long(measured((0.1, 0.2, 0.4, 0.8, 1.6, 3.2), attempt), capped)


def test_a_first_wait_as_long_as_the_limit_is_too_long() -> None:
    doubling = backoff(0.05, cap=8, retries=5)
    assert too_long([[0.06, 0.11, 0.21, 0.41, 0.81]], doubling) is None
    assert too_long([[8.01, 0.11, 0.21, 0.41, 0.81]], doubling)
    assert too_long([[8.01] * 5], doubling)


def test_slow_attempts_may_hide_waits_that_are_too_short() -> None:
    assert certain([[0.21, 0.41, 0.81]], backoff(0.2))
    assert not certain([[0.4, 0.6, 0.81]], backoff(0.2))
    assert certain([[0.4, 0.6, 0.81]] * 3, backoff(0.2))


def test_random_waits_are_told_after_some_calls() -> None:
    full = backoff(0.2, jitter=Jitter.FULL)
    assert not is_told([[0.1, 0.2, 0.4]] * 4, full)
    assert is_told([[0.1, 0.2, 0.4]] * 5, full)
    assert not is_told([[0.03, 0.05, 0.04]] * 5, full)
    assert is_told([[0.03, 0.05, 0.04]] * 20, full)
    assert not_waiting([[0.03, 0.05, 0.04]] * 20, full)
