"""Given: options, environment variables, and buckets."""

from typing import Any

from pytest_bdd import given, parsers

from ...scenario.world import World


@given(parsers.parse('a bucket "{name}"'))
def a_bucket(world: World, name: str) -> None:
    world.add_bucket(name)


@given("a configured reporter")
def a_configured_reporter(world: World) -> None:
    world.configure(key_prefix="scans")
    # So that a run takes less time.
    first_wait_is(world, 0.02)


@given(parsers.parse("the first wait is {delay:g} s if the reporter lets others choose it"))
def first_wait_is(world: World, delay: float) -> None:
    if "retry-options" in world.manifest.features:
        world.options["base_delay"] = delay


@given(parsers.parse("the option {name:w} is {value}"))
def option_is(world: World, name: str, value: str) -> None:
    _set(world, world.options, name, value)


@given(parsers.parse("the environment variable {name:w} is {value}"))
def variable_is(world: World, name: str, value: str) -> None:
    _set(world, world.environment, name, value)


@given(parsers.parse("ASH Core logs at {level:w} level"))
def ash_core_logs_at_a_level(world: World, level: str) -> None:
    world.debug = level == "debug"
    world.facts["log level"] = level


def _set(world: World, settings: dict[str, Any], name: str, words: str) -> None:
    if words == "not set":
        settings.pop(name, None)
    elif words == "empty":
        settings[name] = ""
    elif words.startswith("the bucket "):
        settings[name] = world.buckets[words.removeprefix("the bucket ").strip('"')]
    elif words.startswith('"'):
        settings[name] = words[1:-1]
    else:
        number = float(words)
        settings[name] = int(number) if number.is_integer() else number
