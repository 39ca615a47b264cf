"""Then: how long the reporter waited between attempts."""

from collections.abc import Iterable

from pytest_bdd import then

from ...adapters.manifest import Jitter
from ...errors import Nonconformance
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import WAIT_AFTER_THE_LAST, WRONG_WAIT
from .common import expect_attempts

# Upper bounds of waits have to bear a busy machine; lower ones do not (interpretation 3).
_SLACK = 0.25
_MOST_BESIDES = 2.0
# What a request alone may take; a reporter whose third wait is shorter does not wait.
_NO_WAIT = 0.03
_GROWTH = 1.5
# What a reporter may take to end after its last attempt, such as for writing the copy.
_NO_FURTHER_WAIT = 1.0


@then("the waits between the attempts grow")
def waits_grow(observation: Observation, world: World) -> None:
    waits = _waits(observation, world)
    if "retry-options" in world.manifest.features:
        _expect_at_least(waits, _least_waits(world))
    # With full jitter a wait may be of any length up to its bound.
    if len(waits) < 3 or world.manifest.jitter is Jitter.FULL:  # noqa: PLR2004 -- interpretation 3
        return
    if waits[2] < max(_GROWTH * waits[0], _NO_WAIT):
        raise Nonconformance(
            f"a third wait of at least {_GROWTH} times the first, and {_NO_WAIT:g} s",
            _seconds(waits),
            WRONG_WAIT,
        )


@then("the reporter gives up without another wait")
def reporter_gives_up(observation: Observation, world: World) -> None:
    waits = _waits(observation, world)
    if not waits or world.manifest.jitter is Jitter.FULL:
        return
    # The next wait would be longer than the last.
    afterwards = observation.ended - observation.attempts[-1].time
    most = max(waits[-1], _NO_FURTHER_WAIT)
    if afterwards > most:
        raise Nonconformance(
            f"an end within {most:.3f} s of the last attempt",
            f"after {afterwards:.3f} s",
            WAIT_AFTER_THE_LAST,
        )


@then("the waits between the attempts follow base_delay and max_delay")
def waits_are_those_of_the_options(observation: Observation, world: World) -> None:
    waits = _waits(observation, world)
    least, full = _least_waits(world), _full_waits(world)
    _expect_at_least(waits, least)
    # What every attempt takes besides waiting, such as starting a program, is no wait.
    besides = min(wait - low for wait, low in zip(waits, least, strict=True))
    most = [high + min(besides, _MOST_BESIDES) + _SLACK for high in full]
    if any(wait > high for wait, high in zip(waits, most, strict=True)):
        raise Nonconformance(f"waits of at most {_seconds(most)}", _seconds(waits), WRONG_WAIT)


def _waits(observation: Observation, world: World) -> tuple[float, ...]:
    expect_attempts(observation, 1 + world.max_retries)
    return observation.waits


def _full_waits(world: World) -> list[float]:
    base = float(world.options["base_delay"])
    cap = float(world.options.get("max_delay", "inf"))
    return [min(cap, base * 2**retry) for retry in range(world.max_retries)]


def _least_waits(world: World) -> list[float]:
    return [wait * world.manifest.jitter.least for wait in _full_waits(world)]


def _expect_at_least(waits: tuple[float, ...], least: list[float]) -> None:
    if any(wait < low for wait, low in zip(waits, least, strict=True)):
        raise Nonconformance(f"waits of at least {_seconds(least)}", _seconds(waits), WRONG_WAIT)


def _seconds(waits: Iterable[float]) -> str:
    return ", ".join(f"{wait:.3f} s" for wait in waits)
