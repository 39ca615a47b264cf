"""What the Then sentences of several kinds share."""

from collections.abc import Iterable

from ...errors import Nonconformance
from ...judging.s3_url import is_url
from ...scenario.observation import Observation
from ...spec.symptoms import (
    FAILURE_MISSED,
    NOTHING_SENT,
    TOO_FEW_ATTEMPTS,
    TOO_MANY_ATTEMPTS,
    Symptom,
)
from ...wire.exchange import Exchange


def uploads_of(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.uploads:
        raise observation.without_object("an upload")
    return observation.uploads


def attempts_of(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.attempts:
        raise observation.without_object("a PutObject request")
    return observation.attempts


def expect_attempts(observation: Observation, count: int) -> None:
    seen = len(observation.attempts)
    symptoms: tuple[Symptom, ...]
    if seen == count:
        return
    if not observation.outcome.ready:
        symptoms = observation.unready
    elif not seen:
        symptoms = (NOTHING_SENT,)
    elif seen > count:
        symptoms = (TOO_MANY_ATTEMPTS,)
    elif is_url(observation.outcome.returned or ""):
        symptoms = (FAILURE_MISSED, TOO_FEW_ATTEMPTS)
    else:
        symptoms = (TOO_FEW_ATTEMPTS,)
    raise Nonconformance(f"{count} PutObject requests", f"{seen}", *symptoms)


def listed(observation: Observation) -> str:
    return "; ".join(f"{o.bucket}/{o.key}" for o in observation.objects) or "none"


def named(values: Iterable[str]) -> str:
    return " and ".join(repr(value) for value in sorted(values))
