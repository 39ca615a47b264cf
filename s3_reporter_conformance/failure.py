"""What a user reads when a requirement did not pass."""

import textwrap
import traceback
from collections.abc import Iterator

from .errors import AdapterError, BackendError, Nonconformance
from .observation import Observation
from .verdict import Status

_WIDTH = 78
_LABEL = 10


def status_of(error: BaseException) -> Status:
    """Tell a finding from a breakdown: only a judge's finding is held against the reporter."""
    return Status.FAILED if isinstance(error, Nonconformance) else Status.ADAPTER_ERROR


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
    exchanges = observation.exchanges
    first, *more = [str(exchange) for exchange in exchanges] or ["none"]
    yield f"  {'requests':<{_LABEL}}{first}"
    yield from (" " * (_LABEL + 2) + line for line in more)
    if observation.outcome.returned is not None:
        yield _labelled("returned", observation.outcome.returned)
    for record in observation.outcome.log:
        yield _labelled("logged", f"{record.level} {record.message}")


def _labelled(label: str, text: str) -> str:
    indent = " " * (_LABEL + 2)
    first, *more = text.splitlines() or [""]
    lines = [f"  {label:<{_LABEL}}{first}", *(indent + line for line in more)]
    return "\n".join(
        textwrap.fill(
            line,
            _WIDTH,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
        )
        for line in lines
    )
