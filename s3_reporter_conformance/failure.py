"""What a user reads when a requirement did not pass."""

import textwrap
import traceback
from collections.abc import Iterator

from .errors import AdapterError, BackendError, Nonconformance, UnsupportedError
from .observation import Observation
from .verdict import Status

_WIDTH = 74
_LABEL = 10
_CHATTER = {"DEBUG", "INFO"}


def status_of(error: BaseException) -> Status:
    """Tell a finding from a breakdown: only a judge's finding is held against the reporter."""
    match error:
        case Nonconformance():
            return Status.FAILED
        case UnsupportedError():
            return Status.NOT_RUN
        case _:
            return Status.ADAPTER_ERROR


def describe(error: BaseException, sentence: str | None, observation: Observation | None) -> str:
    """Say what happened, what was expected, and what was seen.

    Args:
        error: What ended the scenario.
        sentence: The sentence of the feature that it ended in.
        observation: What was seen by then.
    """
    lines = [sentence] if sentence else []
    lines += _reason(error)
    if isinstance(error, Nonconformance) and observation:
        lines += _seen(observation)
    return "\n".join(lines)


def _reason(error: BaseException) -> Iterator[str]:
    match error:
        case Nonconformance(expected=expected, seen=seen):
            yield _labelled("expected", expected)
            yield _labelled("seen", seen)
        case AdapterError():
            yield _labelled("adapter", str(error))
        case UnsupportedError():
            yield _labelled("not run", str(error))
        case BackendError():
            yield _labelled("backend", str(error))
        case _:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            yield _labelled(
                "suite",
                f"the suite itself failed, which says nothing of the reporter; please report this: "
                f"{type(error).__name__}: {error} ({frame.filename}, line {frame.lineno})",
            )


def _seen(observation: Observation) -> Iterator[str]:
    yield _labelled("requests", "\n".join(_timeline(observation)) or "none")
    outcome = observation.outcome
    if outcome.returned is not None:
        yield _labelled("returned", outcome.returned)
    for record in outcome.log:
        if record.level not in _CHATTER:
            yield _labelled("logged", f"{record.level} {record.message}")


def _timeline(observation: Observation) -> Iterator[str]:
    """The requests, with what is asked for again and again named only once."""
    before = ""
    for exchange in observation.exchanges:
        target = f"{exchange.method} {exchange.target}"
        yield exchange.line("again" if target == before else exchange.target)
        before = target


def _labelled(label: str, text: str) -> str:
    lines = [part for line in text.splitlines() for part in _wrapped(line)] or ["(nothing)"]
    return f"\n{' ' * (_LABEL + 2)}".join([f"  {label:<{_LABEL}}{lines[0]}", *lines[1:]])


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, _WIDTH - _LABEL, break_long_words=False, break_on_hyphens=False)
