"""Waits are told from what attempts take by themselves, as far as they can be."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest
from made_runs import call, options, put, run_of
from s3_reporter_conformance.steps.then.attempts import reporter_ends_at_once

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.adapters.retries import Jitter
from s3_reporter_conformance.judging import wait_growth
from s3_reporter_conformance.judging.waits import (
    UNTIL_TOLD,
    endless,
    has_waits,
    late_end,
    not_growing,
    too_long,
    too_short,
    waits_are_settled,
)
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.words.errors import Nonconformance, UncertainError

RNG = random.Random(17)  # noqa: S311
JITTER = {
    Jitter.NONE: lambda: 1.0,
    Jitter.EQUAL: lambda: RNG.uniform(0.5, 1),
    Jitter.FULL: RNG.random,
}
FACTS = {"calls": UNTIL_TOLD}
# Sums that floating point keeps.
DOUBLING, EQUAL = (0.25, 0.5, 1.0), (0.25, 0.25, 0.25)
Attempt = Callable[[], float]
ATTEMPTS: Mapping[str, Attempt] = {
    "busy machine": lambda: RNG.uniform(0.002, 0.06) + RNG.choices((0, 0.2), (19, 1))[0],
    "quiet machine": lambda: RNG.uniform(0.003, 0.008),
    "program": lambda: RNG.uniform(0.6, 1.6),
    "very busy machine": lambda: RNG.expovariate(2),
}


def verdict(waits: Sequence[float], jitter: Jitter, attempt: Attempt) -> str:
    """The verdict on a reporter with these waits, after as many calls as it takes."""
    calls: list[list[float]] = []
    while not calls or not wait_growth.is_settled(calls, jitter):
        calls.append([wait * JITTER[jitter]() + attempt() for wait in waits])
    try:
        return "broken" if wait_growth.not_growing(calls, jitter) else "kept"
    except UncertainError:
        return "uncertain"


def verdicts(waits: Sequence[float], jitter: Jitter, attempt: str) -> set[str]:
    RNG.seed(17)
    return {verdict(waits, jitter, ATTEMPTS[attempt]) for _ in range(40)}


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("jitter", Jitter)
@pytest.mark.parametrize("base", [0.2, 1.0])
@pytest.mark.parametrize("retries", [1, 2, 3, 5])
def test_own_waits_that_double_are_never_broken(
    attempt: str, jitter: Jitter, base: float, retries: int
) -> None:
    found = verdicts([base * 2**n for n in range(retries)], jitter, attempt)
    assert "broken" not in found
    assert attempt != "quiet machine" or found == {"kept"}


# To start a program takes as long as a wait.
@pytest.mark.parametrize("attempt", sorted(ATTEMPTS.keys() - {"program"}))
@pytest.mark.parametrize(
    "waits",
    [
        *((0,), (0, 0), (0, 0.2), (0.4, 0.2), (0, 0, 0), (0.2, 0.4, 0.6), (1, 2, 3)),
        *((0.2, 0.2, 0.2), (0, 0.2, 0.4), (0.8, 0.4, 0.2), (1.4, 0, 0), (0.2, 0.4, 0.4)),
        *((0.5, 0.5, 0.5), (0.02, 0.04, 0.06), (0.2, 0.4, 0.8, 1.6, 0)),
    ],
)
def test_other_waits_of_its_own_are_never_kept(attempt: str, waits: Sequence[float]) -> None:
    found = verdicts(waits, Jitter.NONE, attempt)
    assert "kept" not in found
    assert attempt != "quiet machine" or found == {"broken"}


def test_random_waits_of_its_own_that_are_none_or_do_not_grow_fail() -> None:
    for waits, jitter in (((0, 0, 0), Jitter.FULL), (EQUAL, Jitter.EQUAL), ((0, 0), Jitter.EQUAL)):
        assert verdicts(waits, jitter, "quiet machine") == {"broken"}


def throttled(*gaps: float, attempt: float = 0.0, **more: Any) -> Observation:
    """A call in which S3 throttles attempts with these waits between them."""
    times = accumulate((0, *gaps), lambda time, gap: time + gap + attempt)
    return call(*(put("SlowDown", time=time) for time in times), **more)


def given(delay: float = 0.25, jitter: Jitter = Jitter.NONE, **more: float) -> dict[str, Any]:
    """The situation of a reporter that takes its delays from the options."""
    features = frozenset({"retry-options"})
    return {
        "options": options(base_delay=delay, **more),
        "manifest": Manifest("mine", "command:mine", features=features, jitter=jitter),
        "facts": FACTS,
    }


def waiting(*gaps: float, calls: int = 1, attempt: float = 0.0, **more: Any) -> Run:
    return run_of(*[throttled(*gaps, attempt=attempt)] * calls, **given(**more))


def test_only_a_run_that_was_repeated_for_its_waits_tells_them() -> None:
    assert has_waits(waiting(*DOUBLING))
    assert not has_waits(run_of(throttled(*DOUBLING)))
    # Calls that differ tell no more, however often they are repeated.
    odd = run_of(throttled(0.25), throttled(), facts=FACTS)
    assert not has_waits(odd)
    assert waits_are_settled(odd)


def test_slow_attempts_need_further_calls() -> None:
    assert waits_are_settled(waiting(*DOUBLING))
    assert waits_are_settled(waiting())
    assert not waits_are_settled(waiting(*DOUBLING, attempt=0.5, calls=2))
    assert waits_are_settled(waiting(*DOUBLING, attempt=0.5, calls=3))


def test_a_late_end_is_looked_at_again() -> None:
    late = throttled(*DOUBLING, ended=9.0)
    assert not waits_are_settled(run_of(late, **given()))
    assert late_end(run_of(late, throttled(*DOUBLING), **given())) is None
    run = run_of(*[late] * 6, **given())
    assert late_end(run)
    with pytest.raises(Nonconformance, match="a program that ends within"):
        reporter_ends_at_once(run)
    # Beside other runs, a machine may be too busy.
    with pytest.raises(UncertainError):
        reporter_ends_at_once(replace(run, is_alone=False))


@pytest.mark.parametrize(
    ("gaps", "more", "right"),
    [
        (DOUBLING, {}, True),
        (EQUAL, {}, False),
        (DOUBLING, {"delay": 0.5}, False),
        ((0.125, 0.25, 0.5), {"jitter": Jitter.EQUAL}, True),
        ((0.125, 0.25, 0.4), {"jitter": Jitter.EQUAL}, False),
        ((0, 0, 0), {"jitter": Jitter.FULL}, True),
    ],
)
def test_no_wait_is_shorter_than_the_formula(
    gaps: Sequence[float], more: dict[str, Any], right: bool
) -> None:
    run = waiting(*gaps, **more)
    assert (too_short(run) is None) is right
    assert "jitter" in more or (not_growing(run) is None) is right


@pytest.mark.parametrize(("gaps", "calls"), [((0.1, 0.2, 0.4), 5), ((0.03, 0.05, 0.04), 20)])
def test_full_jitter_has_to_wait_somewhere(gaps: Sequence[float], calls: int) -> None:
    full: dict[str, Any] = {"delay": 0.2, "jitter": Jitter.FULL}
    assert not waits_are_settled(waiting(*gaps, calls=calls - 1, **full))
    assert waits_are_settled(waiting(*gaps, calls=calls, **full))
    assert (not_growing(waiting(*gaps, calls=calls, **full)) is None) is (gaps[0] == 0.1)


@pytest.mark.parametrize("attempt", [0.0, 0.6, 1.0])
def test_no_wait_is_longer_than_the_limit_and_what_an_attempt_takes(attempt: float) -> None:
    capped: dict[str, Any] = {"delay": 0.1, "max_delay": 0.1, "calls": 3}
    assert too_long(waiting(*[0.1] * 3, attempt=attempt, **capped)) is None
    assert too_long(waiting(0.1, 0.8, 3.2, attempt=attempt, **capped))
    assert too_long(waiting(8, 0.1, 0.1, **capped))
    # Another rule says that a retry is missing.
    assert too_long(waiting(9.0, **capped)) is None


def test_a_reporter_that_was_killed_in_a_wait_breaks_the_rule_of_the_waits() -> None:
    assert endless(waiting(*DOUBLING, max_delay=0.1)) is None
    killed = Outcome(ready=True, exception="waited 30 s after attempt 4", endless="wait")
    found = endless(run_of(throttled(*DOUBLING, outcome=killed), **given(max_delay=0.1)))
    assert found
    assert (found.expected, found.seen) == (
        "no wait longer than max_delay: 0.1 s",
        killed.exception,
    )


def test_growth_is_judged_by_the_waits_alone_where_a_reporter_takes_no_delay() -> None:
    def alone(*gaps: float) -> Run:
        return run_of(*[throttled(*gaps)] * 6, facts=FACTS)

    assert not_growing(alone(*DOUBLING)) is None
    assert not_growing(alone(*EQUAL))
    # Without a retry, there is no wait to judge.
    assert not_growing(alone()) is None
