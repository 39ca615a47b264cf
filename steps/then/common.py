"""What the Then sentences of several kinds share."""

from collections.abc import Iterable

from ...errors import Nonconformance
from ...scenario.observation import Observation
from ...wire.exchange import Exchange


def uploads_of(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.uploads:
        raise Nonconformance("an upload", observation.without_object())
    return observation.uploads


def attempts_of(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.attempts:
        raise Nonconformance("a PutObject request", observation.without_object())
    return observation.attempts


def expect_attempts(observation: Observation, count: int) -> None:
    if len(observation.attempts) != count:
        raise Nonconformance(f"{count} PutObject requests", f"{len(observation.attempts)}")


def listed(observation: Observation) -> str:
    return "; ".join(f"{o.bucket}/{o.key}" for o in observation.objects) or "none"


def named(values: Iterable[str]) -> str:
    return " and ".join(repr(value) for value in sorted(values))
