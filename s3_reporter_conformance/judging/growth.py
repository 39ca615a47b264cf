"""Judges the waits of a reporter that keeps its own delays: that there are any, and that they grow.

A gap is a wait and what an attempt takes by itself, which is never the same.  How far the fastest
gaps still are from the waits is estimated from how far they are from each other, so that a busy
machine costs further calls, and no verdict (interpretation 3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import exp, log, sqrt
from statistics import fmean, stdev

from ..adapters.manifest import Jitter
from ..words.errors import Nonconformance
from .waits import Calls, fastest, seconds

_MOST_CALLS = 40
# Where a call takes long, this many seconds of gaps are enough, but not fewer calls than these.
_MOST_SECONDS = 40.0
_ENOUGH_CALLS = 6
_FEWEST_CALLS = 5

# How likely it may be that the gaps are further from the waits: in each look, and in the last one.
_RISK_OF_FALSE_ALARM = 1e-5
_RISK_AT_LAST = 1e-2
_RISK_OF_ESCAPE = 1e-4
# How many gaps beyond the fastest one tell how dense they are.
_SPACINGS = 6

_NO_WAIT = 0.02
# Waits that double exceed the first one by once or three times as much.  Less is enough, because
# the first gap contains an attempt, too.
_SEEN_GROWTH = {2: 0.07, 3: 0.2}
_GROWING_GAPS = 3
# How many times as much the third wait exceeds the second as the second the first: 2 if waits
# double, 1.5 if they grow by half, 1 if they grow by the same amount.
_GROWTH, _NO_GROWTH = 1.5, 1.0
# A later wait that is shorter than the third one is not one that a limit made shorter.
_LATER = 0.5
# So clear are waits that double exactly, in calls that together take this many seconds.
_CLEAR_SECONDS = 7.0
_CLEAR_GROWTH = 1.8
# With jitter, averages count: so many standard errors tell that there is growth, or none.
_ERRORS_TO_PASS = 8.0
_ERRORS_TO_FAIL = 7.0
_ERRORS_AT_LAST = 3.0
# With full jitter, a busy machine alone does not make gaps that long on average, in seconds.
_LONG, _NOT_SHORT = 0.2, 0.07
_SHORT = 0.03


@dataclass(frozen=True)
class _Condition:
    """Waits that are right, and waits that are wrong, by weighted sums of gaps.

    Attributes:
        right: The weights of a sum that is not negative if the waits are right.
        wrong: The weights of a sum that is negative, or 0, if the waits are wrong.
        least: What both sums must be, in seconds.
        expected: The condition in words.
    """

    right: Sequence[float]
    wrong: Sequence[float]
    least: float
    expected: str

    def is_broken(self, gaps: Sequence[float], excess: float) -> bool:
        """Whether the waits are not right, whatever up to an excess the gaps exceed them by."""
        hidden = excess * sum(-min(0.0, weight) for weight in self.right)
        return _weighted(self.right, gaps) + hidden < self.least

    def is_met(self, gaps: Sequence[float], excess: float) -> bool:
        """Whether the waits are not wrong, whatever up to an excess the gaps exceed them by."""
        pretended = excess * sum(max(0.0, weight) for weight in self.wrong)
        return _weighted(self.wrong, gaps) - pretended > self.least


def _weighted(weights: Sequence[float], gaps: Sequence[float]) -> float:
    return sum(weight * gap for weight, gap in zip(weights, gaps, strict=False))


def is_settled(calls: Calls, jitter: Jitter) -> bool:
    """Whether the gaps tell enough, or further calls would take too long.

    Args:
        calls: The gaps of each call, in seconds.
        jitter: The reporter's jitter.
    """
    return _is_last(calls) or _is_right(calls, jitter) or not_growing(calls, jitter) is not None


def not_growing(calls: Calls, jitter: Jitter) -> Nonconformance | None:
    """Find that there is no wait, or that the waits do not grow exponentially.

    Args:
        calls: The gaps of each call, in seconds.
        jitter: The reporter's jitter.
    """
    if not calls[0]:
        return None
    if jitter is Jitter.FULL:
        return _missing(calls) if _is_last(calls) else None
    gaps = fastest(calls)
    if len(calls) >= _ENOUGH_CALLS:
        excess = _excess(
            calls, _RISK_AT_LAST if len(calls) >= _MOST_CALLS else _RISK_OF_FALSE_ALARM
        )
        for condition in _conditions(len(gaps), jitter):
            if condition.is_broken(gaps, excess):
                return Nonconformance(condition.expected, seconds(gaps))
    if jitter is Jitter.EQUAL and len(gaps) > 1 and _is_flat(calls):
        averages = map(fmean, zip(*calls, strict=True))
        return Nonconformance("waits that grow, on average", seconds(averages))
    return None


def _is_last(calls: Calls) -> bool:
    taken = sum(chain(*calls))
    return (
        not calls[0]
        or len(calls) >= _MOST_CALLS
        or (len(calls) >= _ENOUGH_CALLS and taken >= _MOST_SECONDS)
    )


def _is_right(calls: Calls, jitter: Jitter) -> bool:
    gaps = fastest(calls)
    if jitter is Jitter.FULL:
        return len(calls) > 1 and fmean(chain(*calls)) >= _LONG
    if jitter is Jitter.NONE and sum(chain(*calls)) >= _CLEAR_SECONDS and _is_clear(gaps):
        return True
    if len(calls) < _FEWEST_CALLS:
        return False
    if jitter is Jitter.EQUAL and len(gaps) > 1:
        return _standing(calls, 0) > _ERRORS_TO_PASS
    excess = _excess(calls, _RISK_OF_ESCAPE)
    return all(each.is_met(gaps, excess) for each in _conditions(len(gaps), jitter))


def _is_flat(calls: Calls) -> bool:
    """Whether random waits do not grow on average."""
    least = _SEEN_GROWTH[min(len(calls[0]), _GROWING_GAPS)]
    if _standing(calls, least) < -_ERRORS_TO_FAIL:
        return True
    return len(calls) >= _MOST_CALLS and _standing(calls, 0) < _ERRORS_AT_LAST


def _is_clear(gaps: Sequence[float]) -> bool:
    if len(gaps) < _GROWING_GAPS:
        return False
    first, second, third, *later = gaps
    return (
        third - second >= _CLEAR_GROWTH * (second - first) > first / 2
        and min(later, default=third) >= _LATER * third
    )


def _conditions(retries: int, jitter: Jitter) -> Iterator[_Condition]:
    yield _Condition((1,), (1,), _NO_WAIT, f"a first wait of at least {_NO_WAIT:.3f} s")
    if retries == 1 or jitter is not Jitter.NONE:
        return
    last = min(retries, _GROWING_GAPS)
    between = [0.0] * (last - 2)
    yield _Condition(
        (-1 - _SEEN_GROWTH[last], *between, 1),
        (-1, *between, 1),
        0,
        "waits that are longer than the first",
    )
    if retries < _GROWING_GAPS:
        return
    yield _Condition(
        (_GROWTH, -1 - _GROWTH, 1),
        (_NO_GROWTH, -1 - _NO_GROWTH, 1),
        0,
        "a third wait that exceeds the second by twice as much as the second the first",
    )
    for later in range(_GROWING_GAPS, retries):
        weights = (0, 0, -_LATER, *[0.0] * (later - _GROWING_GAPS), 1)
        yield _Condition(weights, weights, 0, "later waits that are not shorter than the third")


def _excess(calls: Calls, risk: float) -> float:
    """How much longer the fastest gaps may be than those of the fastest attempts, in seconds.

    Near its minimum, any distribution is nearly uniform: the spacings of its lowest values are
    exponential, and so is what the lowest value of all exceeds the minimum by.
    """
    spacings = []
    for gaps in zip(*calls, strict=True):
        lowest = sorted(gaps)[: _SPACINGS + 1]
        spacings += [
            (later - earlier) * (len(calls) - number)
            for number, (earlier, later) in enumerate(pairwise(lowest), 1)
        ]
    density = fmean(spacings) / len(calls)
    count = len(spacings)
    # The quantile of an exponential distribution whose mean is estimated from so many values.
    return density * count * (exp(-log(risk) / count) - 1)


def _standing(calls: Calls, least: float) -> float:
    """By how many standard errors the average growth exceeds the least growth.

    Args:
        calls: The gaps of each call, in seconds.
        least: The least growth, as a share of the first gap.
    """
    last = min(len(calls[0]), _GROWING_GAPS)
    if len(calls) < _ENOUGH_CALLS:
        return 0.0
    growth = [gaps[last - 1] - (1 + least) * gaps[0] for gaps in calls]
    return fmean(growth) / max(stdev(growth) / sqrt(len(calls)), 1e-9)


def _missing(calls: Calls) -> Nonconformance | None:
    """Find that waits of any length, as with full jitter, are not there at all."""
    average = fmean(chain(*calls))
    if average >= _NOT_SHORT:
        return None
    expected = f"waits of at least {_SHORT:.3f} s on average"
    if len(calls[0]) >= _GROWING_GAPS and _standing(calls, 0) < _ERRORS_AT_LAST:
        expected = "waits that grow, on average"
        return Nonconformance(expected, seconds(map(fmean, zip(*calls, strict=True))))
    if average < _SHORT:
        return Nonconformance(expected, f"{average:.3f} s")
    return None
