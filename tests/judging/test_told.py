"""Whether the calls of a run tell a reporter's waits, and what they tell."""

from typing import Any

import pytest
from made_runs import a_run, call, options, put, run_of

from s3_reporter_conformance.adapters.manifest import Jitter, Manifest
from s3_reporter_conformance.judging.told import (
    UNTIL_TOLD,
    can_tell_waits,
    has_waits,
    late_end,
    not_growing,
    too_long,
    too_short,
)
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.scenario.run import Run

FACTS = {"calls": UNTIL_TOLD}
# Sums that floating point keeps.
DOUBLING = (0, 0.25, 0.75, 1.75)
EQUAL = (0, 0.25, 0.5, 0.75)
DECLARES = Manifest("mine", "command:mine", features=frozenset({"retry-options"}))


def throttled(*times: float, ended: float | None = None) -> Observation:
    """A call in which S3 throttles attempts at some times."""
    attempts = [put("SlowDown", time=time) for time in times]
    late: dict[str, Any] = {} if ended is None else {"ended": ended}
    return call(*attempts, **late)


def waiting(*times: float, calls: int = 1, delay: float = 0.25, **changes: Any) -> Run:
    """A run of calls whose attempts come at some times, of a reporter that takes its delay."""
    situation: dict[str, Any] = {
        "options": options(base_delay=delay),
        "manifest": DECLARES,
        "facts": FACTS,
    }
    return run_of(*[throttled(*times)] * calls, **{**situation, **changes})


def test_only_a_run_that_was_repeated_for_its_waits_tells_them() -> None:
    assert has_waits(waiting(*DOUBLING))
    assert not has_waits(waiting(*DOUBLING, facts={}))
    assert not has_waits(run_of(throttled(*DOUBLING), throttled(0), facts=FACTS))
    assert not has_waits(run_of(call(), facts=FACTS))


def test_waits_that_are_clear_need_no_further_call() -> None:
    assert can_tell_waits(waiting(*DOUBLING))
    # Lower bounds are exact.
    assert can_tell_waits(waiting(0, 0.001, 0.002, 0.003))


def test_calls_that_differ_tell_no_more_however_often_they_are_repeated() -> None:
    assert can_tell_waits(run_of(throttled(*DOUBLING), throttled(0), facts=FACTS))
    assert can_tell_waits(run_of(call(), facts=FACTS))


def test_slow_attempts_need_further_calls() -> None:
    slow = (0, 1.2, 2.6, 4.4)
    assert not can_tell_waits(waiting(*slow))
    assert can_tell_waits(waiting(*slow, calls=6))


def test_a_late_end_is_looked_at_again() -> None:
    late = throttled(*DOUBLING, ended=9.0)
    situation: dict[str, Any] = {
        "options": options(base_delay=0.25),
        "manifest": DECLARES,
        "facts": FACTS,
    }
    assert not can_tell_waits(run_of(late, **situation))
    assert can_tell_waits(run_of(late, throttled(*DOUBLING), **situation))
    assert late_end(run_of(late, throttled(*DOUBLING), **situation)) is None
    problem = late_end(run_of(*[late] * 6, **situation))
    assert problem
    assert problem.seen == "after 7.250 s"


@pytest.mark.parametrize(
    ("times", "delay", "grows"),
    [(DOUBLING, 0.25, True), (DOUBLING, 0.5, False), (EQUAL, 0.25, False)],
)
def test_growth_is_judged_by_the_delay_that_was_given(
    times: tuple[float, ...], delay: float, grows: bool
) -> None:
    assert (not_growing(waiting(*times, delay=delay, calls=6)) is None) is grows


def test_growth_is_judged_by_the_waits_alone_where_a_reporter_takes_no_delay() -> None:
    def alone(*times: float) -> Run:
        return run_of(*[throttled(*times)] * 6, facts=FACTS)

    assert not_growing(alone(*DOUBLING)) is None
    assert not_growing(alone(*EQUAL))
    # Without a retry, there is no wait to judge.
    assert not_growing(run_of(call(put("AccessDenied")), facts=FACTS)) is None


def test_full_jitter_has_to_wait_somewhere() -> None:
    jittered = Manifest("m", "command:m", features=DECLARES.features, jitter=Jitter.FULL)
    assert not_growing(waiting(*EQUAL, calls=5, manifest=jittered)) is None
    assert not_growing(waiting(0, 0, 0, 0, calls=20, manifest=jittered))


def test_waits_are_within_what_base_delay_and_max_delay_allow() -> None:
    assert too_short(waiting(*DOUBLING)) is None
    assert too_short(waiting(0, 0.1, 0.3, 0.7))
    capped = options(base_delay=0.25, max_delay=0.25)
    assert too_long(waiting(*EQUAL, calls=3, options=capped)) is None
    assert too_long(waiting(0, 0.25, 0.75, 3.25, calls=3, options=capped))


def test_a_reporter_that_stops_retrying_is_not_said_to_wait_too_long() -> None:
    capped = options(base_delay=0.25, max_delay=0.25)
    assert too_long(waiting(0, 9.0, calls=3, options=capped)) is None


def test_a_retry_beyond_the_allowed_ones_is_no_wait_that_is_too_short() -> None:
    assert (
        too_short(
            a_run(
                *[put("SlowDown", time=t) for t in (*DOUBLING, 1.75)],
                options=options(base_delay=0.25),
            )
        )
        is None
    )
