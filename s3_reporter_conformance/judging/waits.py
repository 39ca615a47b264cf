"""Judges the waits between the attempts of a run (interpretation 3).

A gap between two attempts is a wait and whatever an attempt itself takes, such as starting a
program.  A busy machine lengthens a gap and never shortens it: lower bounds are exact, and of
several calls the fastest gap comes closest to the wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean

from ..adapters.retries import Jitter
from ..scenario.observation import Observation
from ..scenario.run import Run
from ..words.errors import Nonconformance
from . import wait_growth
from .answers import until_decided
from .wait_growth import Calls, fastest

UNTIL_TOLD = "until the waits can be told"
"""The fact `calls` of a run that was repeated for its waits."""

# Waits that still look wrong after so many calls are wrong; with full jitter, more are needed.
_ENOUGH_CALLS, _MOST_CALLS = 3, 6
_ENOUGH_CALLS_WITH_JITTER, _MOST_CALLS_WITH_JITTER = 5, 20
# With full jitter, the average wait is half of the formula's.  Over five calls, a busy machine
# alone does not make it that long; over 20, a reporter that waits is never below it.
_SEEN_JITTER = 3 / 14
# How many times as long as its fastest one a reporter's slowest attempt may take.
_UNEVEN = 3.0
_SLOWEST_ATTEMPT = 5.0
_SLACK = 0.25
# More are beyond any limit, and in the end beyond floating-point numbers.
_MOST_DOUBLINGS = 64
# How long a reporter may take to end after its last attempt, such as for writing the copy.
_NO_FURTHER_WAIT = 1.0


@dataclass(frozen=True)
class _Backoff:
    """The waits that the options and the jitter of a reporter say, in seconds."""

    retries: int
    base: float
    cap: float
    jitter: Jitter

    @property
    def full(self) -> Sequence[float]:
        """The waits without jitter."""
        doublings = (min(retry, _MOST_DOUBLINGS) for retry in range(self.retries))
        return [min(self.cap, self.base * 2**each) for each in doublings]

    @property
    def least(self) -> Sequence[float]:
        """The shortest waits that the jitter allows."""
        return [wait * self.jitter.least for wait in self.full]

    def excess(self, gaps: Sequence[float]) -> Sequence[float]:
        """The seconds by which gaps exceed the shortest waits."""
        return [gap - least for gap, least in zip(gaps, self.least, strict=True)]

    def too_short(self, calls: Calls) -> Nonconformance | None:
        """Find a gap that is shorter than its wait, however fast an attempt is."""
        for gaps in calls:
            for retry, (gap, least) in enumerate(zip(gaps, self.least, strict=True), 1):
                if gap < least:
                    expected = f"a wait of at least {least:.3f} s before retry {retry}"
                    return Nonconformance(f"{expected}{self._option}", f"{gap:.3f} s")
        return None

    def too_long(self, calls: Calls) -> Nonconformance | None:
        """Find a gap that is longer than its wait, however slow an attempt is."""
        gaps = fastest(calls)
        allowance = min(_UNEVEN * min(self.excess(gaps)), _SLOWEST_ATTEMPT) + _SLACK
        for retry, (gap, wait) in enumerate(zip(gaps, self.full, strict=True), 1):
            if gap > wait + allowance:
                expected = f"a wait of at most {wait + allowance:.3f} s before retry {retry}"
                return Nonconformance(expected, f"{gap:.3f} s")
        return None

    def not_waiting(self, calls: Calls) -> Nonconformance | None:
        """Find that a reporter with full jitter, whose waits may be of any length, never waits."""
        average, least = fmean(chain(*calls)), fmean(self.full) * _SEEN_JITTER
        if average >= least:
            return None
        expected = f"waits of at least {least:.3f} s on average{self._option}"
        return Nonconformance(expected, f"{average:.3f} s")

    @property
    def _option(self) -> str:
        return f": the option base_delay is {self.base:g} s"

    def is_settled(self, calls: Calls) -> bool:
        """Whether attempts cannot hide waits that are too short."""
        if self.jitter is Jitter.FULL:
            enough = _MOST_CALLS_WITH_JITTER
            if self.not_waiting(calls) is None:
                enough = _ENOUGH_CALLS_WITH_JITTER
            return len(calls) >= enough
        is_fast = not self.base or max(self.excess(fastest(calls))) < self.base / 2
        return is_fast or len(calls) >= _ENOUGH_CALLS


def waits_are_settled(run: Run) -> bool:
    """Whether further calls of the reporter would tell no more of its waits."""
    if not _are_alike(run):
        return True
    return _are_settled(run) and (len(run.calls) >= _MOST_CALLS or not _ends_late(run))


def has_waits(run: Run) -> bool:
    """Whether a run was repeated for its waits, and made the same attempts each time."""
    return run.facts.get("calls") == UNTIL_TOLD and _are_alike(run)


def not_growing(run: Run) -> Nonconformance | None:
    """Find that there is no wait, or that the waits do not grow exponentially."""
    gaps = _gaps(run)
    if not gaps[0]:
        return None
    if not run.declares("retry-options"):
        return wait_growth.not_growing(gaps, run.manifest.jitter)
    backoff = _backoff(run, len(gaps[0]))
    is_full = run.manifest.jitter is Jitter.FULL
    return backoff.not_waiting(gaps) if is_full else backoff.too_short(gaps)


def endless(run: Run) -> Nonconformance | None:
    """Find that a wait outlasted max_delay for so long that the reporter was killed."""
    outcome = run.observation.outcome
    if outcome.endless != "wait":
        return None
    return Nonconformance(
        f"no wait longer than max_delay: {run.options['max_delay']} s", f"{outcome.exception}"
    )


def too_short(run: Run) -> Nonconformance | None:
    """Find a wait that is shorter than base_delay and max_delay allow."""
    gaps = _gaps(run)[-1][: run.max_retries]
    return _backoff(run, len(gaps)).too_short([gaps])


def too_long(run: Run) -> Nonconformance | None:
    """Find a wait that is longer than base_delay and max_delay allow."""
    if len(run.attempts) != 1 + run.max_retries:
        return None
    return _backoff(run, run.max_retries).too_long(_gaps(run))


def late_end(run: Run) -> Nonconformance | None:
    """Find that a reporter waits after its last attempt; a busy machine can delay it, too."""
    if not _ends_late(run):
        return None
    call = min(run.calls, key=_afterwards)
    what = "program" if run.manifest.adapter.startswith("command:") else "call"
    return Nonconformance(
        f"a {what} that ends within {_allowed(call):.3f} s of the last attempt",
        f"it ended after {_afterwards(call):.3f} s",
    )


def _are_alike(run: Run) -> bool:
    counts = {len(call.attempts) for call in run.calls}
    return len(counts) == 1 and 0 not in counts


def _are_settled(run: Run) -> bool:
    gaps = _gaps(run)
    retries = len(gaps[0])
    if retries and not run.declares("retry-options"):
        return wait_growth.is_settled(gaps, run.manifest.jitter)
    if not retries or retries != run.max_retries:
        return True
    backoff = _backoff(run, retries)
    # Lower bounds are exact: one call that breaks them is enough.
    if backoff.too_short(gaps):
        return True
    is_long = "max_delay" in run.options and backoff.too_long(gaps)
    return backoff.is_settled(gaps) and (not is_long or len(gaps) >= _MOST_CALLS)


def _ends_late(run: Run) -> bool:
    return all(_afterwards(call) > _allowed(call) for call in run.calls)


def _allowed(call: Observation) -> float:
    """The time that a call may take to end, in seconds; more if it took long to begin."""
    return max(min(call.waits, default=0.0), _NO_FURTHER_WAIT, call.attempts[0].time / 2)


def _afterwards(call: Observation) -> float:
    last = call.attempts[-1]
    return call.ended - last.time - last.took


def _gaps(run: Run) -> Calls:
    """The gaps before the retries of each call, which meets the same answers as the others.

    What an SDK does by itself, such as following a redirect, is no retry of the reporter.
    """
    retries = max(0, len(until_decided(run)) - 1)
    return [call.waits[:retries] for call in run.calls]


def _backoff(run: Run, retries: int) -> _Backoff:
    return _Backoff(
        retries,
        float(run.options["base_delay"]),
        float(run.options.get("max_delay", "inf")),
        run.manifest.jitter,
    )
