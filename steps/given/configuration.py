"""Given: options, environment variables, and buckets."""

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


@given(
    parsers.parse(
        "the option base_delay is {delay:g} if the reporter declares retry-options, "
        "else its own delays apply"
    )
)
def first_wait_is(world: World, delay: float) -> None:
    if "retry-options" in world.manifest.features:
        world.options["base_delay"] = delay


@given(parsers.parse("the option {name:w} is {number:g}"))
def option_is_a_number(world: World, name: str, number: float) -> None:
    world.options[name] = int(number) if number.is_integer() else number


@given(parsers.parse('the option {name:w} is "{value}"'))
def option_is(world: World, name: str, value: str) -> None:
    world.options[name] = value


@given(parsers.parse('the option {name:w} is the bucket "{bucket}"'))
def option_is_the_bucket(world: World, name: str, bucket: str) -> None:
    world.options[name] = world.buckets[bucket]


@given(parsers.parse("the option {name:w} is empty"))
def option_is_empty(world: World, name: str) -> None:
    world.options[name] = ""


@given(parsers.parse("the option {name:w} is not set"))
def option_is_not_set(world: World, name: str) -> None:
    world.options.pop(name, None)


@given(parsers.parse('the environment variable {name:w} is "{value}"'))
def variable_is(world: World, name: str, value: str) -> None:
    world.environment[name] = value


@given(parsers.parse('the environment variable {name:w} is the bucket "{bucket}"'))
def variable_is_the_bucket(world: World, name: str, bucket: str) -> None:
    world.environment[name] = world.buckets[bucket]


@given(parsers.parse("the environment variable {name:w} is empty"))
def variable_is_empty(world: World, name: str) -> None:
    world.environment[name] = ""


@given(parsers.parse("the environment variable {name:w} is not set"))
def variable_is_not_set(world: World, name: str) -> None:
    world.environment.pop(name, None)


@given(parsers.parse('{name:w} sets the region "{region}"'))
def name_sets_the_region(world: World, name: str, region: str) -> None:
    _set(world, name, region)


@given(parsers.parse('{name:w} sets the bucket "{bucket}"'))
def name_sets_the_bucket(world: World, name: str, bucket: str) -> None:
    _set(world, name, world.buckets[bucket])


@given("ASH Core logs at debug level")
def ash_core_logs_at_debug_level(world: World) -> None:
    world.debug = True


def _set(world: World, name: str, value: str) -> None:
    """Set an option or an environment variable, whose name is in capitals."""
    if name.isupper():
        world.environment[name] = value
    else:
        world.options[name] = value
