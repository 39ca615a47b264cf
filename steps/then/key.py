"""Then: the object's key."""

import re

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.divergence import shows
from ...judging.documents import same_instant
from ...scenario.observation import Observation
from ...scenario.world import World
from .common import named

_KEY = re.compile(r"ash-report-(?P<timestamp>.*)\.[a-z]+", re.DOTALL)


@then(parsers.parse('the object\'s key begins with "{beginning}"'))
@shows("prefix")
def key_begins_with(observation: Observation, beginning: str) -> None:
    if not observation.the_object.key.startswith(beginning):
        raise Nonconformance(f"a key that begins {beginning}", observation.the_object.key)


@then(parsers.parse('the object\'s key does not begin with "{beginning}"'))
@shows("prefix")
def key_does_not_begin_with(observation: Observation, beginning: str) -> None:
    if observation.the_object.key.startswith(beginning):
        raise Nonconformance(f"a key that does not begin {beginning}", observation.the_object.key)


@then(parsers.parse('the object\'s key ends with "{ending}"'))
@shows("json_extension", "yaml_extension", "s3")
def key_ends_with(observation: Observation, ending: str) -> None:
    if not observation.the_object.key.endswith(ending):
        raise Nonconformance(f"a key that ends {ending}", observation.the_object.key)


@then("the timestamp in the object's key is the start of the scan")
@shows("timestamp")
def timestamp_denotes_the_start(observation: Observation, world: World) -> None:
    key = observation.the_object.key
    match = _KEY.search(key)
    if not match or not same_instant(match["timestamp"], world.results.start):
        raise Nonconformance(
            f"a key with ash-report-<timestamp>, where the timestamp is {world.results.start} or "
            "the same instant in ISO 8601",
            key,
        )


@then("the timestamp in the object's key is not a placeholder such as None")
@shows("timestamp")
def timestamp_is_no_word_for_nothing(observation: Observation) -> None:
    key = observation.the_object.key
    match = _KEY.search(key)
    if not match or match["timestamp"].lower() in {"", "none", "null", "nil", "undefined", "nan"}:
        raise Nonconformance("a key with ash-report-<timestamp>", key)


@then(parsers.parse("the object's key contains none of {characters}"))
@shows("make_key")
def key_holds_none_of(observation: Observation, characters: str) -> None:
    unwanted = {" " if name == "space" else name for name in re.split(r", | or ", characters)}
    key = observation.the_object.key
    if found := sorted(unwanted & set(key)):
        raise Nonconformance(f"a key without {characters}", f"{key}, with {named(found)}")
