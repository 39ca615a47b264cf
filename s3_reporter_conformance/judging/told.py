"""Decides whether enough calls were made to tell a reporter's waits, and judges them.

See interpretation 3.
"""

from ..adapters.manifest import Jitter
from ..scenario.observation import Observation
from ..scenario.run import Run
from ..words.errors import Nonconformance
from . import growth, waits
from .answers import until_decided

UNTIL_TOLD = "until the waits can be told"
"""The fact `calls` of a run that was repeated for its waits."""

# How long a reporter may take to end after its last attempt, such as for writing the copy.
_NO_FURTHER_WAIT = 1.0


def can_tell_waits(run: Run) -> bool:
    """Whether the calls of a run tell its waits, or further ones would not."""
    counts = {len(call.attempts) for call in run.calls}
    if len(counts) > 1 or 0 in counts:
        return True
    return _are_told(run) and (len(run.calls) >= waits.MOST_CALLS or not _ends_late(run))


def has_waits(run: Run) -> bool:
    """Whether a run was repeated for its waits, and made the same attempts each time."""
    counts = {len(call.attempts) for call in run.calls}
    return run.facts.get("calls") == UNTIL_TOLD and len(counts) == 1 and 0 not in counts


def not_growing(run: Run) -> Nonconformance | None:
    """Find that there is no wait, or that the waits do not grow exponentially."""
    gaps = _gaps(run)
    if not gaps[0]:
        return None
    if not run.declares("retry-options"):
        return growth.not_growing(gaps, run.manifest.jitter)
    backoff = _backoff(run, len(gaps[0]))
    if run.manifest.jitter is Jitter.FULL:
        return waits.not_waiting(gaps, backoff)
    return waits.too_short(gaps, backoff)


def too_short(run: Run) -> Nonconformance | None:
    """Find a wait that is shorter than base_delay and max_delay allow.

    What an SDK does by itself, such as following a redirect, is no retry of the reporter.
    """
    retries = min(len(until_decided(run)) - 1, run.max_retries)
    return waits.too_short([run.observation.waits[:retries]], _backoff(run, retries))


def too_long(run: Run) -> Nonconformance | None:
    """Find a wait that is longer than base_delay and max_delay allow."""
    if len(run.attempts) != 1 + run.max_retries:
        return None
    return waits.too_long(_gaps(run), _backoff(run, run.max_retries))


def late_end(run: Run) -> Nonconformance | None:
    """Find that a reporter waits after its last attempt; a busy machine can delay it, too."""
    if not _ends_late(run):
        return None
    fastest = min(run.calls, key=_afterwards)
    return Nonconformance(
        f"an end within {_allowed(fastest):.3f} s of the last attempt",
        f"after {_afterwards(fastest):.3f} s",
    )


def _ends_late(run: Run) -> bool:
    return all(_afterwards(call) > _allowed(call) for call in run.calls)


def _allowed(call: Observation) -> float:
    """The time that a call may take to end, in seconds; more if it took long to begin."""
    return max(*call.waits, _NO_FURTHER_WAIT, call.attempts[0].time / 2)


def _afterwards(call: Observation) -> float:
    return call.ended - call.attempts[-1].time


def _are_told(run: Run) -> bool:
    gaps = _gaps(run)
    if not gaps[0]:
        return True
    if not run.declares("retry-options"):
        return growth.is_settled(gaps, run.manifest.jitter)
    if len(gaps[0]) != run.max_retries:
        return True
    backoff = _backoff(run, len(gaps[0]))
    if run.manifest.jitter is Jitter.FULL:
        return waits.is_told(gaps, backoff)
    # Lower bounds are exact: one call that breaks them is enough.
    if waits.too_short(gaps, backoff):
        return True
    is_long = "max_delay" in run.options and waits.too_long(gaps, backoff)
    return len(gaps) >= waits.MOST_CALLS or (waits.certain(gaps, backoff) and not is_long)


def _gaps(run: Run) -> waits.Calls:
    return [call.waits for call in run.calls]


def _backoff(run: Run, retries: int) -> waits.Backoff:
    return waits.Backoff(
        retries,
        float(run.options["base_delay"]),
        float(run.options.get("max_delay", "inf")),
        run.manifest.jitter,
    )
