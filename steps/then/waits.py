"""Then: how long the reporter waited between attempts."""

from collections.abc import Callable

from pytest_bdd import then

from ...adapters.manifest import Jitter
from ...errors import Nonconformance
from ...judging import growth, waits
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import NEEDLESS_WAIT, WAIT_AFTER_THE_LAST, Symptom
from .common import attempts_of, expect_attempts

# What a reporter may take to end after its last attempt, such as for writing the copy.
_NO_FURTHER_WAIT = 1.0


@then("the waits between the attempts grow")
def waits_grow(observation: Observation, world: World) -> None:
    jitter = world.manifest.jitter
    if "retry-options" not in world.manifest.features:
        calls = _calls_until(lambda calls: growth.is_settled(calls, jitter), observation, world)
        if problem := growth.not_growing(calls, jitter):
            raise problem
        return
    backoff = _backoff(world)
    if jitter is Jitter.FULL:
        calls = _calls_until(lambda calls: waits.is_told(calls, backoff), observation, world)
        if problem := waits.not_waiting(calls, backoff):
            raise problem
        return
    calls = _calls_until(
        # Lower bounds are exact: one call that breaks them is enough.
        lambda calls: bool(waits.too_short(calls, backoff)) or waits.certain(calls, backoff),
        observation,
        world,
    )
    if problem := waits.too_short(calls, backoff):
        raise problem


@then("the reporter gives up without another wait")
def reporter_gives_up(observation: Observation, world: World) -> None:
    gaps = _gaps(observation, world)
    if not gaps or world.manifest.jitter is Jitter.FULL:
        return
    # The next wait would be longer than the last.
    _expect_end_within(max(gaps[-1], _NO_FURTHER_WAIT), observation, world, WAIT_AFTER_THE_LAST)


@then("the reporter ends without a wait after its last attempt")
def reporter_ends_at_once(observation: Observation, world: World) -> None:
    _expect_end_within(_NO_FURTHER_WAIT, observation, world, NEEDLESS_WAIT)


@then("the reporter ends sooner than base_delay")
def reporter_does_not_wait(observation: Observation, world: World) -> None:
    delay = float(world.options["base_delay"])
    if observation.ended >= delay:
        # A busy machine can delay the end of a program.
        observation = world.run()
    if observation.ended >= delay:
        raise Nonconformance(
            f"an end within {delay:g} s", f"after {observation.ended:.3f} s", NEEDLESS_WAIT
        )


@then("the waits between the attempts follow base_delay and max_delay")
def waits_are_those_of_the_options(observation: Observation, world: World) -> None:
    backoff = _backoff(world)
    calls = _calls_until(
        lambda calls: (
            bool(waits.too_short(calls, backoff))
            or not waits.too_long(calls, backoff)
            or len(calls) >= waits.MOST_CALLS
        ),
        observation,
        world,
    )
    if problem := waits.too_short(calls, backoff) or waits.too_long(calls, backoff):
        raise problem


def _expect_end_within(
    most: float, observation: Observation, world: World, symptom: Symptom
) -> None:
    def is_late(call: Observation) -> bool:
        return _afterwards(call) > _allowed(call, most)

    calls = [observation]
    # A busy machine can delay the end of a program.
    while is_late(calls[-1]) and len(calls) < waits.MOST_CALLS:
        calls.append(world.run())
    if is_late(calls[-1]):
        fastest = min(calls, key=_afterwards)
        raise Nonconformance(
            f"an end within {_allowed(fastest, most):.3f} s of the last attempt",
            f"after {_afterwards(fastest):.3f} s",
            symptom,
        )


def _allowed(observation: Observation, most: float) -> float:
    """What a call may take to end; more if it took long to begin, as slow programs do."""
    return max(most, attempts_of(observation)[0].time / 2)


def _calls_until(
    is_enough: Callable[[waits.Calls], bool], observation: Observation, world: World
) -> waits.Calls:
    """The gaps of the first call and of as many further ones as it takes to tell."""
    calls = [_gaps(observation, world)]
    while not is_enough(calls):
        calls.append(_gaps(world.run(), world))
    return calls


def _gaps(observation: Observation, world: World) -> tuple[float, ...]:
    expect_attempts(observation, 1 + world.max_retries)
    return observation.waits


def _backoff(world: World) -> waits.Backoff:
    return waits.Backoff(
        world.max_retries,
        float(world.options["base_delay"]),
        float(world.options.get("max_delay", "inf")),
        world.manifest.jitter,
    )


def _afterwards(observation: Observation) -> float:
    return observation.ended - attempts_of(observation)[-1].time
