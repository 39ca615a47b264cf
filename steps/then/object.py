"""Then: the object in the bucket."""

from itertools import islice

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.divergence import shows
from ...judging.documents import differences, read_json, read_yaml
from ...scenario.observation import Observation
from ...scenario.world import World
from .common import listed, named, uploads_of

_READERS = {"json": read_json, "yaml": read_yaml}


@then(parsers.parse('the upload goes to the bucket "{name}"'))
@shows("valid", "bucket", "put_object_with_retry")
def upload_goes_to_the_bucket(observation: Observation, name: str) -> None:
    expected = observation.bucket_names[name]
    used = {upload.bucket for upload in uploads_of(observation)}
    if used != {expected}:
        raise Nonconformance(f"an upload to the bucket {expected}", f"to {named(used)}")
    if observation.the_object.bucket != expected:
        raise Nonconformance(
            f"an object in the bucket {expected}", f"in {observation.the_object.bucket}"
        )


@then("the buckets contain one object")
@shows("object")
def one_object_lies_in_the_buckets(observation: Observation) -> None:
    if len(observation.objects) != 1:
        raise Nonconformance("one object", listed(observation))


@then("the bucket contains no object")
@shows("check_permissions", "error_status")
def no_object_lies_in_the_bucket(observation: Observation) -> None:
    if observation.objects:
        raise Nonconformance("no object", listed(observation))


@then(parsers.parse('the object\'s content type is "{content_type}"'))
@shows("json_type", "yaml_type", "creator", "s3")
def content_type_is(observation: Observation, content_type: str) -> None:
    # Case and parameters such as a charset do not change the type (RFC 9110, section 8.3.1).
    seen = observation.the_object.content_type
    if seen.partition(";")[0].strip().lower() != content_type:
        raise Nonconformance(f"content type {content_type}", f"content type {seen or 'missing'}")


@then("the object is a JSON document")
@shows("to_json", "convert_to_json", "s3")
def object_is_json(observation: Observation) -> None:
    read_json(observation.the_object.content)


@then("the object is a YAML document")
@shows("to_yaml", "convert_to_yaml")
def object_is_yaml(observation: Observation) -> None:
    read_yaml(observation.the_object.content)


@then("the object contains the scan results")
@shows("simple_dict", "converter", "processing")
def object_holds_the_scan_results(observation: Observation, world: World) -> None:
    document = _READERS[world.options["file_format"]](observation.the_object.content)
    departures = list(islice(differences(world.results.data, document), 4))
    if departures:
        raise Nonconformance(
            "the data of the scan results' simple dict: "
            + "; ".join(f"{d.path} is {d.expected}" for d in departures),
            "; ".join(f"{d.path} is {d.found}" for d in departures),
        )


@then("every line of the object is a JSON record")
@shows("to_json")
def every_line_is_a_json_record(observation: Observation) -> None:
    lines = observation.the_object.content.splitlines()
    if not lines:
        raise Nonconformance("a JSON object in every line", "no line")
    for number, line in enumerate(lines, start=1):
        try:
            record = read_json(line)
        except Nonconformance:
            record = None
        if not isinstance(record, dict):
            raise Nonconformance(
                "a JSON object in every line", f"in line {number} of {len(lines)}: {line[:60]!r}"
            )
