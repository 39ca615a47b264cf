"""Judges the waits of a reporter with delays of its own: that there are any, and that they grow.

A gap is a wait and what an attempt takes by itself, which is never the same.  How far the fastest
gaps still are from the waits is estimated from how far they are from each other, so that a busy
machine costs further calls, or leaves it uncertain (interpretation 3).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import exp, log, sqrt
from statistics import fmean, stdev

from ..adapters.retries import Jitter
from ..words.errors import Nonconformance, UncertainError

Calls = Sequence[Sequence[float]]
"""The gaps between the attempts of each call, in seconds."""

_MOST_CALLS = 40
# Where a call takes long, this many seconds of gaps are enough, but not fewer calls than these.
_MOST_SECONDS = 40.0
_ENOUGH_CALLS = 6

# How likely it may be that the gaps are further from the waits: in each look, and in the last one.
_RISK, _RISK_AT_LAST = 1e-5, 1e-2
# How many gaps beyond the fastest one tell how dense they are.
_SPACINGS = 6
# With jitter, averages count: so many standard errors tell that there is growth, or none.
_ERRORS, _ERRORS_AT_LAST = 7.0, 3.0

_NO_WAIT = 0.02
# Waits that double exceed the first one by once or three times as much.  Less is enough, because
# the first gap contains an attempt, too.
_SEEN_GROWTH = {2: 0.07, 3: 0.2}
_GROWING_GAPS = 3
# How many times as much the third wait exceeds the second as the second the first: 2 if waits
# double, 1 if they grow by the same amount.
_GROWTH = 1.5
# A later wait that is shorter than the third one is not one that a limit made shorter.
_LATER = 0.5
# With full jitter, a busy machine alone does not make gaps that long on average, in seconds.
_LONG, _NOT_SHORT, _SHORT = 0.2, 0.07, 0.03


@dataclass(frozen=True)
class _Condition:
    """A sum of gaps, each with a weight by its number, that must be so many seconds or more."""

    expected: str
    weights: Mapping[int, float]
    least: float = 0.0

    def is_broken(self, gaps: Sequence[float], excess: float) -> bool:
        """Whether the waits break it, even if each gap exceeds its wait by as much as it may."""
        return self._sum(gaps, excess, max) < self.least

    def is_met(self, gaps: Sequence[float], excess: float) -> bool:
        """Whether the waits meet it, even if each gap exceeds its wait by as much as it may."""
        return self._sum(gaps, excess, min) > self.least

    def _sum(self, gaps: Sequence[float], excess: float, extreme: Callable[..., float]) -> float:
        return sum(
            extreme(weight * gaps[number], weight * (gaps[number] - excess))
            for number, weight in self.weights.items()
        )


def is_settled(calls: Calls, jitter: Jitter) -> bool:
    """Whether the gaps tell enough, or further calls would take too long."""
    return _is_last(calls) or _is_right(calls, jitter) or not_growing(calls, jitter) is not None


def not_growing(calls: Calls, jitter: Jitter) -> Nonconformance | None:
    """Find that there is no wait, or that the waits do not grow exponentially.

    Raises:
        UncertainError: What attempts take by themselves hides it, even in the last call.
    """
    found = _not_waiting(calls) if jitter is Jitter.FULL else _standing_still(calls, jitter)
    if found is None and _is_last(calls) and not _is_right(calls, jitter, at_last=True):
        raise UncertainError
    return found


def _standing_still(calls: Calls, jitter: Jitter) -> Nonconformance | None:
    """Find waits that are none, or do not grow, whatever attempts take."""
    if len(calls) < _ENOUGH_CALLS:
        return None
    gaps = fastest(calls)
    excess = _excess(calls, _RISK_AT_LAST if len(calls) >= _MOST_CALLS else _RISK)
    for condition in _conditions(len(gaps), jitter):
        if condition.is_broken(gaps, excess):
            return Nonconformance(condition.expected, seconds(gaps))
    least = _ERRORS_AT_LAST if len(calls) >= _MOST_CALLS else -_ERRORS
    if jitter is Jitter.EQUAL and len(gaps) > 1 and _standing(calls) < least:
        return Nonconformance("waits that grow, on average", seconds(_averages(calls)))
    return None


def fastest(calls: Calls) -> tuple[float, ...]:
    """The fastest gap of all calls before each retry, in seconds."""
    return tuple(map(min, zip(*calls, strict=True)))


def seconds(gaps: Iterable[float]) -> str:
    """Gaps in words."""
    return ", ".join(f"{gap:.3f} s" for gap in gaps)


def _is_last(calls: Calls) -> bool:
    taken = sum(chain(*calls))
    return len(calls) >= _MOST_CALLS or (len(calls) >= _ENOUGH_CALLS and taken >= _MOST_SECONDS)


def _is_right(calls: Calls, jitter: Jitter, *, at_last: bool = False) -> bool:
    gaps = fastest(calls)
    if jitter is Jitter.FULL:
        least = _NOT_SHORT if at_last else _LONG
        return len(calls) > 1 and fmean(chain(*calls)) >= least
    if jitter is Jitter.EQUAL and len(gaps) > 1:
        least = _ERRORS_AT_LAST if at_last else _ERRORS
        return len(calls) >= _ENOUGH_CALLS and _standing(calls) > least
    if len(calls) < _ENOUGH_CALLS:
        return False
    excess = _excess(calls, _RISK_AT_LAST if at_last else _RISK)
    return all(each.is_met(gaps, excess) for each in _conditions(len(gaps), jitter))


def _conditions(retries: int, jitter: Jitter) -> Iterator[_Condition]:
    yield _Condition(f"a first wait of at least {_NO_WAIT:.3f} s", {0: 1}, _NO_WAIT)
    if retries == 1 or jitter is not Jitter.NONE:
        return
    last = min(retries, _GROWING_GAPS)
    growth = 1 + _SEEN_GROWTH[last]
    which = "third" if last == _GROWING_GAPS else "second"
    expected = f"a {which} wait that is {growth:g} times as long as the first, or longer"
    yield _Condition(expected, {last - 1: 1, 0: -growth})
    if retries >= _GROWING_GAPS:
        yield _Condition(
            "a third wait that exceeds the second 1.5 times as much as the second the first",
            {2: 1, 1: -1 - _GROWTH, 0: _GROWTH},
        )
    for later in range(_GROWING_GAPS, retries):
        yield _Condition("later waits that are not shorter than the third", {later: 1, 2: -_LATER})


def _excess(calls: Calls, risk: float) -> float:
    """The seconds that the fastest gaps may exceed those of the fastest attempts by.

    Near its minimum, any distribution is nearly uniform: the spacings of its lowest values are
    exponential, and so is what the lowest value of all exceeds the minimum by.
    """
    spacings: list[float] = [
        (later - earlier) * (len(calls) - number)
        for gaps in zip(*calls, strict=True)
        for number, (earlier, later) in enumerate(pairwise(sorted(gaps)[: _SPACINGS + 1]), 1)
    ]
    # The quantile of an exponential distribution whose mean is estimated from so many values.
    return sum(spacings) / len(calls) * (exp(-log(risk) / len(spacings)) - 1)


def _standing(calls: Calls) -> float:
    """The number of standard errors by which the average growth exceeds the least growth."""
    last = min(len(calls[0]), _GROWING_GAPS)
    growth = [gaps[last - 1] - (1 + _SEEN_GROWTH[last]) * gaps[0] for gaps in calls]
    return fmean(growth) / max(stdev(growth) / sqrt(len(calls)), 1e-9)


def _not_waiting(calls: Calls) -> Nonconformance | None:
    """Find that waits of any length, as with full jitter, are not there at all."""
    average = fmean(chain(*calls))
    if not _is_last(calls) or average >= _NOT_SHORT:
        return None
    if average < _SHORT or (len(calls[0]) >= _GROWING_GAPS and _standing(calls) < _ERRORS_AT_LAST):
        expected = f"waits of at least {_SHORT:.3f} s that grow, on average"
        return Nonconformance(expected, seconds(_averages(calls)))
    return None


def _averages(calls: Calls) -> Iterator[float]:
    return map(fmean, zip(*calls, strict=True))
