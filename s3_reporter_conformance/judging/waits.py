"""Judges the waits between attempts (interpretation 3).

A gap between two attempts is a wait and whatever an attempt itself takes, such as starting a
program.  A busy machine lengthens a gap and never shortens it: lower bounds are exact, and of
several calls the fastest gap comes closest to the wait.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean

from ..adapters.manifest import Jitter
from ..words.errors import Nonconformance

Calls = Sequence[Sequence[float]]
"""The gaps between the attempts of each call, in seconds."""

MOST_CALLS = 6
"""The number of calls after which waits that still look wrong are wrong."""

_ENOUGH_CALLS_OVER_LEAST = 3
# With full jitter, the average wait is half of the formula's.  Over five calls, a busy machine
# alone does not make it that long; over 20, a reporter that waits is never below it.
_SEEN_JITTER = 3 / 14
_CALLS_WITH_JITTER, _MOST_CALLS_WITH_JITTER = 5, 20
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


def certain(calls: Calls, backoff: Backoff) -> bool:
    """Whether what attempts take by themselves cannot hide waits that are too short."""
    if len(calls) >= _ENOUGH_CALLS_OVER_LEAST or not backoff.base:
        return True
    excess = (gap - least for gap, least in zip(fastest(calls), backoff.least, strict=True))
    return max(excess, default=0.0) < backoff.base / 2


def too_short(calls: Calls, backoff: Backoff) -> Nonconformance | None:
    """Find a gap that is shorter than its wait, however fast an attempt is."""
    for gaps in calls:
        if any(gap < least for gap, least in zip(gaps, backoff.least, strict=True)):
            return _wrong(f"waits of at least {seconds(backoff.least)}", gaps)
    return None


def too_long(calls: Calls, backoff: Backoff) -> Nonconformance | None:
    """Find a gap that is longer than its wait, however slow an attempt is."""
    gaps = fastest(calls)
    # What the fastest attempt takes besides waiting.
    besides = min(gap - least for gap, least in zip(gaps, backoff.least, strict=True))
    allowance = min(_UNEVEN * besides, _SLOWEST_ATTEMPT) + _SLACK
    most = [wait + allowance for wait in backoff.full]
    if any(gap > longest for gap, longest in zip(gaps, most, strict=True)):
        return _wrong(f"waits of at most {seconds(most)}", gaps)
    return None


def is_told(calls: Calls, backoff: Backoff) -> bool:
    """Whether there are enough calls to tell waits with full jitter from none."""
    if len(calls) < _CALLS_WITH_JITTER:
        return False
    return len(calls) >= _MOST_CALLS_WITH_JITTER or not_waiting(calls, backoff) is None


def not_waiting(calls: Calls, backoff: Backoff) -> Nonconformance | None:
    """Find that a reporter with full jitter, whose waits may be of any length, never waits."""
    gaps = list(chain(*calls))
    least = fmean(backoff.full) * _SEEN_JITTER
    if gaps and fmean(gaps) < least:
        return Nonconformance(
            f"waits of at least {least:.3f} s on average",
            f"{fmean(gaps):.3f} s: {seconds(gaps)}",
        )
    return None


def fastest(calls: Calls) -> tuple[float, ...]:
    """The fastest gap of all calls before each retry, in seconds."""
    return tuple(map(min, zip(*calls, strict=True)))


def seconds(gaps: Iterable[float]) -> str:
    """Gaps in words."""
    return ", ".join(f"{gap:.3f} s" for gap in gaps)


def _wrong(expected: str, gaps: Iterable[float]) -> Nonconformance:
    return Nonconformance(expected, seconds(gaps))
