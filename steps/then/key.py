"""Then: the object's key."""

import re
from datetime import datetime

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.key_timestamp import denotes, is_placeholder, timestamp_in
from ...judging.s3_url import decoded
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    KEY_ENCODED,
    NO_EXTENSION,
    WRONG_EXTENSION,
    WRONG_NAME,
    WRONG_PREFIX,
    WRONG_TIMESTAMP,
    Symptom,
)
from .common import named


@then(parsers.parse('the object\'s key begins with "{beginning}"'))
def key_begins_with(observation: Observation, beginning: str) -> None:
    key = observation.the_object.key
    if not key.startswith(beginning):
        raise Nonconformance(
            f"a key that begins {beginning}", key, _wrong_beginning(key, beginning)
        )


@then(parsers.parse('the object\'s key does not begin with "{beginning}"'))
def key_does_not_begin_with(observation: Observation, beginning: str) -> None:
    if observation.the_object.key.startswith(beginning):
        raise Nonconformance(
            f"a key that does not begin {beginning}", observation.the_object.key, WRONG_NAME
        )


@then(parsers.parse('the object\'s key ends with "{ending}"'))
def key_ends_with(observation: Observation, ending: str) -> None:
    key = observation.the_object.key
    if not key.endswith(ending):
        name = key.rpartition("/")[2]
        raise Nonconformance(
            f"a key that ends {ending}", key, WRONG_EXTENSION if "." in name else NO_EXTENSION
        )


@then("the timestamp in the object's key is the start of the scan")
def timestamp_denotes_the_start(observation: Observation, world: World) -> None:
    key, start = observation.the_object.key, world.results.start
    # Whether a slash separates the prefix from the name is asked elsewhere.
    timestamp = timestamp_in(key.removeprefix(world.options.get("key_prefix") or ""))
    if timestamp is None or not denotes(timestamp, start):
        raise Nonconformance(
            f"a key with ash-report-<timestamp>, where the timestamp is {start}, or the year, "
            "month, day, hour, minute, and second of the same instant, with the fraction if there "
            "is one and the zone unless it is UTC",
            key,
            _wrong_name(key, start),
        )


@then("the object's key contains no placeholder such as None")
def key_holds_no_word_for_nothing(observation: Observation) -> None:
    key = observation.the_object.key
    *folders, name = key.split("/")
    if timestamp_in(key) is None or is_placeholder(name):
        raise Nonconformance("a key with ash-report-<timestamp>", key, _wrong_name(key))
    if any(map(is_placeholder, folders)):
        raise Nonconformance("a key without a placeholder such as None", key, WRONG_PREFIX)


@then(parsers.parse("the object's key contains none of {characters}"))
def key_holds_none_of(observation: Observation, characters: str) -> None:
    unwanted = {" " if name == "space" else name for name in re.split(r", | or ", characters)}
    key = observation.the_object.key
    if found := sorted(unwanted & set(key)):
        raise Nonconformance(
            f"a key without {characters}", f"{key}, with {named(found)}", WRONG_TIMESTAMP
        )


def _wrong_beginning(key: str, beginning: str) -> Symptom:
    """What is wrong with a key that does not begin as it should."""
    folder, slash, _ = beginning.rpartition("/")
    if decoded(key).startswith(beginning):
        return KEY_ENCODED
    if not key.startswith(folder):
        return WRONG_PREFIX
    return WRONG_TIMESTAMP if key.startswith(f"{folder}{slash}ash-report") else WRONG_NAME


def _wrong_name(key: str, start: str | datetime = "") -> Symptom:
    """What is wrong with a key in which the right timestamp is not found."""
    name = key.rpartition("/")[2]
    if not name.startswith("ash-report"):
        return WRONG_NAME
    return NO_EXTENSION if denotes(name.removeprefix("ash-report-"), start) else WRONG_TIMESTAMP
