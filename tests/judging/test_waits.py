"""Waits are told from what an attempt takes by itself, whatever that is."""

import random

import pytest

from s3_reporter_conformance.adapters.manifest import Jitter
from s3_reporter_conformance.judging.waits import (
    MOST_CALLS,
    Backoff,
    certain,
    enough,
    not_growing,
    not_waiting,
    too_long,
    too_short,
)

DOUBLING, LINEAR, CONSTANT, NONE = (1, 2, 4), (1, 2, 3), (1, 1, 1), (0, 0, 0)


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


@pytest.mark.parametrize("attempt", [0.0, 0.005, 0.3, 2.0])
def test_growth_is_told_whatever_an_attempt_takes(attempt: float) -> None:
    assert not_growing(measured(DOUBLING, attempt), Jitter.NONE) is None
    assert not_growing(measured(LINEAR, attempt), Jitter.NONE)
    assert not_growing(measured(CONSTANT, attempt), Jitter.NONE)
    assert not_growing(measured(NONE, attempt), Jitter.NONE)


def test_uneven_attempts_do_not_hide_growth() -> None:
    assert not_growing(measured(DOUBLING, 0.6, uneven=1.0), Jitter.NONE) is None
    assert not_growing(measured(LINEAR, 0.6, uneven=0.02), Jitter.NONE)


def test_a_slow_attempt_in_one_call_does_not_count() -> None:
    slow, fast = [0.078, 0.063, 0.103], [0.025, 0.043, 0.085]
    assert not_growing([slow], Jitter.NONE)
    assert not_growing([slow, fast], Jitter.NONE) is None


def test_the_message_shows_the_waits() -> None:
    problem = not_growing([[1, 2, 3]], Jitter.NONE)
    assert problem
    assert problem.seen == "1.000 s, 2.000 s, 3.000 s: by 1.000 s and 1.000 s"


@pytest.mark.parametrize(
    ("gaps", "jitter", "waits"),
    [
        ([0.05], Jitter.NONE, True),
        ([0.004], Jitter.NONE, False),
        ([0.05, 0.1], Jitter.EQUAL, True),
        ([0.004, 0.005], Jitter.EQUAL, False),
        ([0.2, 0.01, 0.1], Jitter.FULL, True),
        ([0.006, 0.004, 0.005], Jitter.FULL, False),
        ([], Jitter.NONE, True),
    ],
)
def test_where_growth_cannot_be_told_some_wait_is_seen(
    gaps: list[float], jitter: Jitter, waits: bool
) -> None:
    assert (not_growing([gaps] * MOST_CALLS, jitter) is None) is waits


def test_equal_jitter_grows_but_need_not_double() -> None:
    assert not_growing([[0.1, 0.1, 0.2]], Jitter.EQUAL) is None
    assert not_growing([[0.1, 0.1, 0.12]], Jitter.EQUAL)


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


def test_short_calls_are_repeated() -> None:
    assert not enough([[0.1, 0.2, 0.4]])
    assert enough([[1, 2, 4]])
    assert not enough([[1, 2, 3]])
    assert enough([[0.1, 0.2, 0.4]] * 5)


def test_slow_attempts_may_hide_waits_that_are_too_short() -> None:
    assert certain([[0.21, 0.41, 0.81]], backoff(0.2))
    assert not certain([[0.4, 0.6, 0.81]], backoff(0.2))
    assert certain([[0.4, 0.6, 0.81]] * 3, backoff(0.2))
