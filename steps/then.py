"""Then: what must be seen from outside."""

import re
from collections.abc import Iterable
from itertools import islice

from pytest_bdd import parsers, then

from ..documents import differences, read_json, read_yaml, same_instant
from ..errors import Nonconformance
from ..exchange import Exchange
from ..observation import Observation, Outcome
from ..stage import Stage

_KEY = re.compile(r"ash-report-(?P<timestamp>.+)\.[a-z]+", re.DOTALL)
_READERS = {"json": read_json, "yaml": read_yaml}


@then("the reporter is ready")
def reporter_is_ready(observation: Observation) -> None:
    if not observation.outcome.ready:
        raise Nonconformance("validate answers: ready", f"not ready{_said(observation.outcome)}")


@then("the reporter is not ready")
def reporter_is_not_ready(observation: Observation) -> None:
    if observation.outcome.ready:
        raise Nonconformance("validate answers: not ready", "ready")


@then("no upload is attempted")
def no_upload_is_attempted(observation: Observation) -> None:
    if observation.uploads:
        raise Nonconformance("no PutObject request", _listed(observation.uploads))


@then(parsers.parse("S3 sees {count:d} attempts"))
def s3_sees_attempts(observation: Observation, count: int) -> None:
    if len(observation.attempts) != count:
        raise Nonconformance(f"{count} PutObject requests", _listed(observation.attempts))


@then(parsers.parse('the upload goes to the bucket "{name}"'))
def upload_goes_to_the_bucket(observation: Observation, name: str) -> None:
    expected = observation.bucket_names[name]
    used = {upload.bucket for upload in _uploads(observation)}
    if used != {expected}:
        raise Nonconformance(f"an upload to the bucket {expected}", f"to {_named(used)}")
    if observation.the_object.bucket != expected:
        raise Nonconformance(
            f"an object in the bucket {expected}", f"in {observation.the_object.bucket}"
        )


@then(parsers.parse('the upload is signed for the region "{region}"'))
def upload_is_signed_for_the_region(observation: Observation, region: str) -> None:
    used = {u.scope.region if u.scope else "unsigned" for u in _uploads(observation)}
    if used != {region}:
        raise Nonconformance(f"a credential scope for {region}", f"for {_named(used)}")


@then(parsers.parse('the upload is signed with the credentials of the profile "{profile}"'))
def upload_is_signed_with_the_credentials(
    observation: Observation, stage: Stage, profile: str
) -> None:
    owners = {c.access_key_id: f"profile {name}" for name, c in stage.profiles.items()}
    used = {
        owners.get(u.scope.access_key_id, u.scope.access_key_id) if u.scope else "unsigned"
        for u in _uploads(observation)
    }
    if used != {f"profile {profile}"}:
        raise Nonconformance(f"the credentials of profile {profile}", f"those of {_named(used)}")


@then(parsers.parse('the object\'s content type is "{content_type}"'))
def content_type_is(observation: Observation, content_type: str) -> None:
    # Case and parameters such as a charset do not change the type (RFC 9110, section 8.3.1).
    seen = observation.the_object.content_type
    if seen.partition(";")[0].strip().lower() != content_type:
        raise Nonconformance(f"content type {content_type}", f"content type {seen or 'missing'}")


@then("the object is a JSON document")
def object_is_json(observation: Observation) -> None:
    read_json(observation.the_object.content)


@then("the object is a YAML document")
def object_is_yaml(observation: Observation) -> None:
    read_yaml(observation.the_object.content)


@then("the object holds the scan results")
def object_holds_the_scan_results(observation: Observation, stage: Stage) -> None:
    document = _READERS[stage.options["file_format"]](observation.the_object.content)
    departures = list(islice(differences(stage.results.data, document), 4))
    if departures:
        raise Nonconformance(
            "the data of the scan results' simple dict: "
            + _joined(f"{d.path} is {d.expected}" for d in departures),
            _joined(f"{d.path} is {d.found}" for d in departures),
        )


@then(parsers.parse('the object\'s key begins with "{beginning}"'))
def key_begins_with(observation: Observation, beginning: str) -> None:
    if not observation.the_object.key.startswith(beginning):
        raise Nonconformance(f"a key that begins {beginning}", observation.the_object.key)


@then(parsers.parse('the object\'s key does not begin with "{beginning}"'))
def key_does_not_begin_with(observation: Observation, beginning: str) -> None:
    if observation.the_object.key.startswith(beginning):
        raise Nonconformance(f"a key that does not begin {beginning}", observation.the_object.key)


@then(parsers.parse('the object\'s key ends with "{ending}"'))
def key_ends_with(observation: Observation, ending: str) -> None:
    if not observation.the_object.key.endswith(ending):
        raise Nonconformance(f"a key that ends {ending}", observation.the_object.key)


@then("the timestamp in the object's key denotes the start of the scan")
def timestamp_denotes_the_start(observation: Observation, stage: Stage) -> None:
    key = observation.the_object.key
    match = _KEY.search(key)
    if not match or not same_instant(match["timestamp"], stage.results.start):
        raise Nonconformance(
            f"a key with ash-report-<timestamp>, where the timestamp is {stage.results.start} or "
            "the same instant in ISO 8601",
            key,
        )


@then("every attempt has the same key")
def every_attempt_has_the_same_key(observation: Observation) -> None:
    keys = {attempt.key for attempt in observation.attempts}
    if len(keys) > 1:
        raise Nonconformance("one key in all attempts", _named(keys))


@then(parsers.parse("the object's key holds none of {characters}"))
def key_holds_none_of(observation: Observation, characters: str) -> None:
    unwanted = {" " if name == "space" else name for name in re.split(r", | or ", characters)}
    key = observation.the_object.key
    if found := sorted(unwanted & set(key)):
        raise Nonconformance(f"a key without {characters}", f"{key}, with {_named(found)}")


def _uploads(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.uploads:
        raise Nonconformance("an upload", observation.without_object())
    return observation.uploads


def _said(outcome: Outcome) -> str:
    said = [record.message for record in outcome.log] or outcome.stderr.strip().splitlines()[-1:]
    return f": {_joined(said)}" if said else ""


def _listed(exchanges: tuple[Exchange, ...]) -> str:
    return f"{len(exchanges)}: " + _joined(e.operation for e in exchanges) if exchanges else "none"


def _named(values: Iterable[str]) -> str:
    return " and ".join(repr(value) for value in sorted(values))


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
