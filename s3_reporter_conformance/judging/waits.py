"""Judges the waits between attempts (interpretation 3).

A gap between two attempts is a wait and whatever an attempt itself takes, such as starting a
program.  A busy machine lengthens a gap and never shortens it: lower bounds are exact, and of
several calls the fastest gap comes closest to the wait.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean

from ..adapters.manifest import Jitter
from ..errors import Nonconformance
from ..spec.symptoms import WRONG_WAIT

Calls = Sequence[Sequence[float]]
"""The gaps between the attempts of each call, in seconds."""

Judge = Callable[[Calls], Nonconformance | None]
"""Says what is wrong with the waits of some calls."""

MOST_CALLS = 6
"""The number of calls after which waits that still look wrong are wrong."""

# Calls that together take this long, or this many calls, outweigh what a busy machine adds.
_ENOUGH_SECONDS = 7.0
_ENOUGH_CALLS = 5
_ENOUGH_CALLS_OVER_LEAST = 3
_GROWING_GAPS = 3
# Doubling gives 2, growth by the same amount 1.
_GROWTH = 1.4
# The third wait exceeds the first by 3 times the first if it doubles, by once with equal jitter.
_SEEN_GROWTH = 0.3
_NO_WAIT = 0.03
# With full jitter, the average wait is half of the formula's. Of 12 waits between three retries
# each, it is less than a seventh once in 100,000 times.
_SEEN_JITTER = 1 / 7
# How many times as long as its fastest one a reporter's slowest attempt may take.
_UNEVEN = 3.0
_SLOWEST_ATTEMPT = 5.0
_SLACK = 0.25


@dataclass(frozen=True)
class Backoff:
    """What the options and the jitter of a reporter say of its waits.

    Attributes:
        retries: The number of retries.
        base: The wait before the first retry, in seconds.
        cap: The longest wait, in seconds.
        jitter: The reporter's jitter.
    """

    retries: int
    base: float
    cap: float
    jitter: Jitter

    @property
    def full(self) -> tuple[float, ...]:
        """The waits without jitter, in seconds."""
        return tuple(min(self.cap, self.base * 2**retry) for retry in range(self.retries))

    @property
    def least(self) -> tuple[float, ...]:
        """The shortest waits that the jitter allows, in seconds."""
        return tuple(wait * self.jitter.least for wait in self.full)


def enough(calls: Calls) -> bool:
    """Whether there are enough gaps to tell waits from what a busy machine adds."""
    return len(calls) >= _ENOUGH_CALLS or sum(chain(*calls)) >= _ENOUGH_SECONDS


def certain(calls: Calls, backoff: Backoff) -> bool:
    """Whether what attempts take by themselves cannot hide waits that are too short."""
    if len(calls) >= _ENOUGH_CALLS_OVER_LEAST:
        return True
    excess = (gap - least for gap, least in zip(_fastest(calls), backoff.least, strict=True))
    return max(excess, default=0.0) < backoff.base / 2


def too_short(calls: Calls, backoff: Backoff) -> Nonconformance | None:
    """Find a gap that is shorter than its wait, however fast an attempt is."""
    for gaps in calls:
        if any(gap < least for gap, least in zip(gaps, backoff.least, strict=True)):
            return _wrong(f"waits of at least {_seconds(backoff.least)}", gaps)
    return None


def too_long(calls: Calls, backoff: Backoff) -> Nonconformance | None:
    """Find a gap that is longer than its wait, however slow an attempt is."""
    gaps = _fastest(calls)
    # What the fastest attempt takes besides waiting.
    besides = min(gap - least for gap, least in zip(gaps, backoff.least, strict=True))
    allowance = min(_UNEVEN * besides, _SLOWEST_ATTEMPT) + _SLACK
    most = [wait + allowance for wait in backoff.full]
    if any(gap > longest for gap, longest in zip(gaps, most, strict=True)):
        return _wrong(f"waits of at most {_seconds(most)}", gaps)
    return None


def not_growing(calls: Calls, jitter: Jitter) -> Nonconformance | None:
    """Find waits that do not double, or where that cannot be told, that there are none.

    Args:
        calls: The gaps of each call.
        jitter: The reporter's jitter.
    """
    gaps = _fastest(calls)
    if jitter is Jitter.FULL:
        return _missing(list(chain(*calls)), _NO_WAIT)
    if len(gaps) < _GROWING_GAPS:
        return _missing(gaps, _NO_WAIT)
    first, second, third = gaps[:_GROWING_GAPS]
    unsure = _unsure(calls) if len(calls) == MOST_CALLS else 0.0
    least = max(_SEEN_GROWTH * first, _NO_WAIT) - unsure
    if third - first < least:
        return _wrong(f"a third wait that is at least {least:.3f} s longer than the first", gaps)
    growth = third - second, second - first
    if jitter is Jitter.NONE and growth[0] < _GROWTH * growth[1] - unsure:
        return Nonconformance(
            "a third wait that exceeds the second by twice as much as the second the first",
            f"{_seconds(gaps)}: by {growth[0]:.3f} s and {growth[1]:.3f} s",
            WRONG_WAIT,
        )
    return None


def not_waiting(calls: Calls, backoff: Backoff) -> Nonconformance | None:
    """Find that a reporter with full jitter, whose waits may be of any length, never waits."""
    return _missing(list(chain(*calls)), fmean(backoff.full) * _SEEN_JITTER)


def _missing(gaps: Sequence[float], least: float) -> Nonconformance | None:
    if gaps and fmean(gaps) < least:
        return Nonconformance(
            f"waits of at least {least:.3f} s on average",
            f"{fmean(gaps):.3f} s: {_seconds(gaps)}",
            WRONG_WAIT,
        )
    return None


def _wrong(expected: str, gaps: Iterable[float]) -> Nonconformance:
    return Nonconformance(expected, _seconds(gaps), WRONG_WAIT)


def _fastest(calls: Calls) -> tuple[float, ...]:
    return tuple(map(min, zip(*calls, strict=True)))


def _unsure(calls: Calls) -> float:
    """How far the fastest gaps may still be from the waits, judged by the next fastest ones."""
    nearest: list[list[float]] = [sorted(gaps)[:2] for gaps in zip(*calls, strict=True)]
    return 2.0 * max(slower - faster for faster, slower in nearest)


def _seconds(gaps: Iterable[float]) -> str:
    return ", ".join(f"{gap:.3f} s" for gap in gaps)
