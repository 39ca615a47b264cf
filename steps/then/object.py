"""Then: the object in the bucket."""

from pytest_bdd import parsers, then

from ...backends.base import StoredObject
from ...errors import Nonconformance
from ...judging.content_type import is_content_type
from ...judging.documents import expect_data, read_json, read_yaml
from ...judging.side_effects import changes_in_s3, grants_to_everybody, obstacles_to_readers
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    FURTHER_OBJECT,
    MORE_CHANGED,
    NO_CONTENT_TYPE,
    NOT_PLAIN,
    PUBLIC,
    STORED_AFTER_ALL,
    UNREADABLE,
    WRONG_BUCKET,
    WRONG_CONTENT_TYPE,
    WRONG_EXTENSION,
)
from .common import listed, named, uploads_of

_READERS = {"json": read_json, "yaml": read_yaml}
# What S3 and its emulations give an object that was uploaded without a content type.
_NO_TYPE = {"", "application/octet-stream", "binary/octet-stream"}


@then(parsers.parse('the upload goes to the bucket "{name}"'))
def upload_goes_to_the_bucket(observation: Observation, name: str) -> None:
    expected = observation.bucket_names[name]
    used = {upload.bucket for upload in uploads_of(observation)}
    if used != {expected}:
        raise Nonconformance(
            f"an upload to the bucket {expected}", f"to {named(used)}", WRONG_BUCKET
        )
    if observation.the_object.bucket != expected:
        raise Nonconformance(
            f"an object in the bucket {expected}",
            f"in {observation.the_object.bucket}",
            WRONG_BUCKET,
        )


@then("the buckets contain one object")
def one_object_lies_in_the_buckets(observation: Observation) -> None:
    _ = observation.the_object
    if len(observation.objects) != 1:
        raise Nonconformance("one object", listed(observation), FURTHER_OBJECT)


@then("the bucket contains no object")
def no_object_lies_in_the_bucket(observation: Observation) -> None:
    if observation.objects:
        raise Nonconformance("no object", listed(observation), STORED_AFTER_ALL)


@then(parsers.parse('the object\'s content type is "{content_type}"'))
def content_type_is(observation: Observation, content_type: str) -> None:
    seen = observation.the_object.content_type
    if not is_content_type(seen, content_type):
        raise Nonconformance(
            f"content type {content_type}",
            f"content type {seen or 'missing'}",
            NO_CONTENT_TYPE if seen in _NO_TYPE else WRONG_CONTENT_TYPE,
        )


@then("the object has the format, and the content type, that its key ends with")
def object_has_the_format_of_its_key(observation: Observation) -> None:
    stored = observation.the_object
    file_format = _format_of(stored)
    _READERS[file_format](stored.content)
    content_type_is(observation, f"application/{file_format}")


@then("the object is a JSON document")
def object_is_json(observation: Observation) -> None:
    read_json(observation.the_object.content)


@then("the object is a YAML document")
def object_is_yaml(observation: Observation) -> None:
    read_yaml(observation.the_object.content)


@then("the object contains the scan results")
def object_holds_the_scan_results(observation: Observation, world: World) -> None:
    stored = observation.the_object
    expect_data(world.results, stored, world.options.get("file_format") or _format_of(stored))


@then("every line of the object is a JSON record")
def every_line_is_a_json_record(observation: Observation) -> None:
    lines = observation.the_object.content.splitlines()
    if not lines:
        raise Nonconformance("a JSON object in every line", "no line", UNREADABLE)
    for number, line in enumerate(lines, start=1):
        try:
            record = read_json(line)
        except Nonconformance:
            record = None
        if not isinstance(record, dict):
            raise Nonconformance(
                "a JSON object in every line",
                f"in line {number} of {len(lines)}: {line[:60]!r}",
                UNREADABLE,
            )


def _format_of(stored: StoredObject) -> str:
    """The format that the key ends with."""
    ending = stored.key.rpartition(".")[2]
    if ending not in _READERS:
        raise Nonconformance("a key that ends with .json or .yaml", stored.key, WRONG_EXTENSION)
    return ending


@then("nothing but the object was changed in S3")
def nothing_else_was_changed(observation: Observation) -> None:
    if found := [f"{each.operation} {each.target}" for each in changes_in_s3(observation)]:
        raise Nonconformance(
            "no request that changes anything in S3 but the object", "; ".join(found), MORE_CHANGED
        )


@then("the object, if any, is not public")
def object_is_not_public(observation: Observation) -> None:
    if found := set(grants_to_everybody(observation)):
        raise Nonconformance(
            "no ACL that lets everybody read the object", "; ".join(sorted(found)), PUBLIC
        )


@then("the object can be read without a key and without decoding")
def object_can_be_read(observation: Observation) -> None:
    uploads_of(observation)
    if found := set(obstacles_to_readers(observation)):
        raise Nonconformance(
            "an object whose bytes are the report for everyone who may read it",
            "; ".join(sorted(found)),
            NOT_PLAIN,
        )
