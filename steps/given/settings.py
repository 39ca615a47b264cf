"""Given: options, environment variables, AWS profiles, and credentials."""

from dataclasses import replace
from typing import Any

from pytest_bdd import given, parsers

from ...s3.credentials import Credentials
from ...scenario.run import DEFAULT_PROFILE
from ...scenario.world import World


@given("a configured reporter")
def a_configured_reporter(world: World) -> None:
    world.configure(key_prefix="scans")
    # So that a run takes less time.
    first_wait_is(world, 0.02)


@given(parsers.parse("base_delay is {delay:g} s if the reporter has this option"))
def first_wait_is(world: World, delay: float) -> None:
    if "retry-options" in world.manifest.features:
        world.options["base_delay"] = delay


@given(parsers.re(r"the (?P<kind>option|environment variable) (?P<name>\w+) is (?P<value>.+)"))
def setting_is(world: World, kind: str, name: str, value: str) -> None:
    settings: dict[str, Any] = world.options if kind == "option" else world.environment
    if value == "not set":
        settings.pop(name, None)
    elif value == "empty":
        settings[name] = ""
    elif value.startswith("the bucket "):
        settings[name] = world.buckets[value.removeprefix("the bucket ").strip('"')]
    elif value.startswith('"'):
        settings[name] = value[1:-1]
    else:
        number = float(value)
        settings[name] = int(number) if number.is_integer() else number


@given(parsers.parse("ASH Core logs at {level:w} level"))
def ash_core_logs_at_a_level(world: World, level: str) -> None:
    world.debug = level == "debug"
    world.facts["log level"] = level


@given(parsers.parse('an AWS profile "{name}" with {kind:w} credentials'))
def an_aws_profile(world: World, name: str, kind: str) -> None:
    world.add_profile(name, temporary=kind == "temporary", expired=kind == "expired")
    if kind == "expired":
        world.facts["credentials"] = "expired"


@given(
    parsers.re(
        r'the AWS profile "(?P<name>\w+)" sets the region "(?P<region>[\w-]+)"'
        "(?P<keys>, with its keys in the same file)?"
    )
)
def profile_sets_the_region(world: World, name: str, region: str, keys: str | None) -> None:
    world.regions[name] = region
    world.facts["region of a profile"] = "set"
    if keys:
        world.in_config.add(name)
        world.facts["credentials"] = "in the file config"


@given("there are no AWS credentials")
def there_are_no_credentials(world: World) -> None:
    world.profiles.clear()


@given(parsers.parse("the environment contains {kind:w} credentials"))
def environment_contains_credentials(world: World, kind: str) -> None:
    if kind == "default":
        world.environment_credentials = world.profiles[DEFAULT_PROFILE]
    else:
        world.environment_credentials = Credentials.random(world.rng, temporary=kind == "temporary")


@given(parsers.parse("S3 answers every request but uploads with {code:w}"))
def s3_refuses_the_rest(world: World, code: str) -> None:
    # The wire refuses them: few backends enforce IAM.
    world.profiles[DEFAULT_PROFILE] = replace(world.profiles[DEFAULT_PROFILE], refused=code)
    world.facts["check"] = code
