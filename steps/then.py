"""Then: what must be seen from outside."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

from pytest_bdd import parsers, then

from ..causes import names_cause
from ..departure import shows
from ..documents import differences, read_json, read_yaml, same_instant
from ..engines import (
    expect_quicksight,
    flattened_by_spark,
    query,
    quicksight_manifest,
    told_by_events,
)
from ..errors import Nonconformance
from ..exchange import Exchange
from ..observation import Observation
from ..reporters.manifest import Jitter
from ..s3_url import is_url, locate
from ..scan_results import ScanResults
from ..stage import Stage
from .props import FOREIGN_FILE, FOREIGN_TEXT, OpenCopy

_KEY = re.compile(r"ash-report-(?P<timestamp>.*)\.[a-z]+", re.DOTALL)
_READERS = {"json": read_json, "yaml": read_yaml}
# Upper bounds of waits have to bear a busy machine; lower ones do not (reading 3).
_SLACK = 0.25
_MOST_BESIDES = 2.0
# What a request alone may take; a reporter whose third wait is shorter does not wait.
_NO_WAIT = 0.03
_GROWTH = 1.5
# What a reporter may take to end after its last attempt, such as for writing the copy.
_NO_FURTHER_WAIT = 1.0


# The nodes behind which attempts go on or end.
_ATTEMPTS = (
    "retry",
    "process_response",
    "check_permissions",
    "check_bucket",
    "log_error",
    "error_status",
    "api",
    "key",
)


# Ready or not


@then("the reporter is ready")
@shows("valid")
def reporter_is_ready(observation: Observation) -> None:
    if not observation.outcome.ready:
        said = "; ".join(observation.outcome.complaints[-1:])
        raise Nonconformance("validate answers: ready", f"not ready{said and f': {said}'}")


@then("the reporter is not ready")
@shows("invalid")
def reporter_is_not_ready(observation: Observation) -> None:
    if observation.outcome.ready:
        raise Nonconformance("validate answers: not ready", "ready")


# The wire


@then("no upload is attempted")
@shows("disabled")
def no_upload_is_attempted(observation: Observation) -> None:
    if observation.uploads:
        raise Nonconformance("no PutObject request", f"{len(observation.uploads)}")


@then("S3 sees 1 attempt")
@shows(*_ATTEMPTS)
def s3_sees_one_attempt(observation: Observation) -> None:
    _expect_attempts(observation, 1)


@then(parsers.parse("S3 sees {count:d} attempts"))
@shows(*_ATTEMPTS)
def s3_sees_attempts(observation: Observation, count: int) -> None:
    _expect_attempts(observation, count)


@then("S3 sees as many attempts as there are retries")
@shows(*_ATTEMPTS)
def s3_sees_as_many_attempts(observation: Observation, stage: Stage) -> None:
    _expect_attempts(observation, stage.max_retries)


@then("S3 sees one attempt more than there are retries")
@shows(*_ATTEMPTS)
def s3_sees_one_attempt_more(observation: Observation, stage: Stage) -> None:
    _expect_attempts(observation, 1 + stage.max_retries)


@then("the waits between the attempts grow")
@shows("backoff")
def waits_grow(observation: Observation, stage: Stage) -> None:
    waits = _waits(observation, stage)
    if "retry-options" in stage.manifest.features:
        _expect_at_least(waits, _least_waits(stage))
    # With full jitter a wait may be of any length up to its bound.
    if len(waits) < 3 or stage.manifest.jitter is Jitter.FULL:  # noqa: PLR2004 -- reading 3
        return
    if waits[2] < max(_GROWTH * waits[0], _NO_WAIT):
        raise Nonconformance(
            f"a third wait of at least {_GROWTH} times the first, and {_NO_WAIT:g} s",
            _seconds(waits),
        )


@then("the reporter gives up without another wait")
@shows("error_status")
def reporter_gives_up(observation: Observation, stage: Stage) -> None:
    waits = _waits(observation, stage)
    if not waits or stage.manifest.jitter is Jitter.FULL:
        return
    # The next wait would be longer than the last.
    afterwards = observation.ended - observation.attempts[-1].time
    most = max(waits[-1], _NO_FURTHER_WAIT)
    if afterwards > most:
        raise Nonconformance(
            f"an end within {most:.3f} s of the last attempt", f"after {afterwards:.3f} s"
        )


@then("the waits between the attempts are those of the options")
@shows("backoff")
def waits_are_those_of_the_options(observation: Observation, stage: Stage) -> None:
    waits = _waits(observation, stage)
    least, full = _least_waits(stage), _full_waits(stage)
    _expect_at_least(waits, least)
    # What every attempt takes besides waiting, such as starting a program, is no wait.
    besides = min(wait - low for wait, low in zip(waits, least, strict=True))
    most = [high + min(besides, _MOST_BESIDES) + _SLACK for high in full]
    if any(wait > high for wait, high in zip(waits, most, strict=True)):
        raise Nonconformance(f"waits of at most {_seconds(most)}", _seconds(waits))


@then(parsers.parse('the upload goes to the bucket "{name}"'))
@shows("valid", "bucket", "put_object_with_retry")
def upload_goes_to_the_bucket(observation: Observation, name: str) -> None:
    expected = observation.bucket_names[name]
    used = {upload.bucket for upload in _uploads(observation)}
    if used != {expected}:
        raise Nonconformance(f"an upload to the bucket {expected}", f"to {_named(used)}")
    if observation.the_object.bucket != expected:
        raise Nonconformance(
            f"an object in the bucket {expected}", f"in {observation.the_object.bucket}"
        )


@then(parsers.parse('the upload is signed for the service "{service}"'))
@shows("api")
def upload_is_signed_for_the_service(observation: Observation, service: str) -> None:
    used = {u.scope.service if u.scope else "unsigned" for u in _uploads(observation)}
    if used != {service}:
        raise Nonconformance(f"a credential scope for {service}", f"for {_named(used)}")


@then(parsers.parse('the upload is signed for the region "{region}"'))
@shows("bucket_set", "api")
def upload_is_signed_for_the_region(observation: Observation, region: str) -> None:
    used = {u.scope.region if u.scope else "unsigned" for u in _uploads(observation)}
    if used != {region}:
        raise Nonconformance(f"a credential scope for {region}", f"for {_named(used)}")


@then(parsers.parse('the upload is signed with the credentials of the profile "{profile}"'))
@shows("configured_profile", "default_profile", "api")
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


@then("every attempt has the same key")
@shows("make_key")
def every_attempt_has_the_same_key(observation: Observation) -> None:
    keys = {attempt.key for attempt in _attempts(observation)}
    if len(keys) > 1:
        raise Nonconformance("one key in all attempts", _named(keys))


@then("every attempt has the same content")
@shows("retry")
def every_attempt_has_the_same_content(observation: Observation) -> None:
    contents = {attempt.payload for attempt in _attempts(observation)}
    if len(contents) > 1:
        sizes = ", ".join(f"{len(content)} bytes" for content in contents)
        raise Nonconformance("the same bytes in all attempts", f"{len(contents)} contents: {sizes}")


# The object


@then("one object lies in the buckets")
@shows("object")
def one_object_lies_in_the_buckets(observation: Observation) -> None:
    if len(observation.objects) != 1:
        raise Nonconformance("one object", _objects(observation))


@then("no object lies in the bucket")
@shows("check_permissions", "error_status")
def no_object_lies_in_the_bucket(observation: Observation) -> None:
    if observation.objects:
        raise Nonconformance("no object", _objects(observation))


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


@then("the object holds the scan results")
@shows("simple_dict", "converter", "processing")
def object_holds_the_scan_results(observation: Observation, stage: Stage) -> None:
    document = _READERS[stage.options["file_format"]](observation.the_object.content)
    departures = list(islice(differences(stage.results.data, document), 4))
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


@then("the timestamp in the object's key denotes the start of the scan")
@shows("timestamp")
def timestamp_denotes_the_start(observation: Observation, stage: Stage) -> None:
    key = observation.the_object.key
    match = _KEY.search(key)
    if not match or not same_instant(match["timestamp"], stage.results.start):
        raise Nonconformance(
            f"a key with ash-report-<timestamp>, where the timestamp is {stage.results.start} or "
            "the same instant in ISO 8601",
            key,
        )


@then("the timestamp in the object's key is no word for nothing")
@shows("timestamp")
def timestamp_is_no_word_for_nothing(observation: Observation) -> None:
    key = observation.the_object.key
    match = _KEY.search(key)
    if not match or match["timestamp"].lower() in {"", "none", "null", "nil", "undefined", "nan"}:
        raise Nonconformance("a key with ash-report-<timestamp>", key)


@then(parsers.parse("the object's key holds none of {characters}"))
@shows("make_key")
def key_holds_none_of(observation: Observation, characters: str) -> None:
    unwanted = {" " if name == "space" else name for name in re.split(r", | or ", characters)}
    key = observation.the_object.key
    if found := sorted(unwanted & set(key)):
        raise Nonconformance(f"a key without {characters}", f"{key}, with {_named(found)}")


# What other services see


@then("the queue holds one event, which names the object")
@shows("lambda")
def queue_holds_one_event(observation: Observation) -> None:
    stored = observation.the_object
    events = [event for event in observation.events if event.name.startswith("ObjectCreated:")]
    if [(event.bucket, event.key) for event in events] != [(stored.bucket, stored.key)]:
        raise Nonconformance(
            f"one event that names {stored.bucket}/{stored.key}",
            "; ".join(f"{event.bucket}/{event.key}" for event in events) or "none",
        )


@then(parsers.parse('the JSON documents under "{prefix}" count the scan\'s severities'))
@shows("sql")
def documents_count_severities(observation: Observation, stage: Stage, prefix: str) -> None:
    counted: Counter[str] = Counter()
    for statistics in _statistics(observation, prefix):
        numbers = statistics["severity_counts"].items()
        counted.update({name: count for name, count in numbers if isinstance(count, int)})
    expected = stage.results.data["metadata"]["summary_stats"]["severity_counts"]
    if counted != expected:
        raise Nonconformance(f"the counts {dict(expected)}", f"{dict(counted)}")


@then("a Lambda function that gets the event finds the scan's severities")
@shows("processing")
def lambda_function_finds_severities(observation: Observation, stage: Stage) -> None:
    found = list(told_by_events(observation, stage.backend))
    expected = _severities(stage.results)
    if [dict(each) for each in found] != [expected]:
        raise Nonconformance(f"the counts {expected}, once", f"{found or 'nothing'}")


@then(parsers.parse('SQL over the reports under "{prefix}" counts both scans\' findings'))
@shows("sql")
def sql_counts_findings(observation: Observation, stage: Stage, prefix: str) -> None:
    _expect_query(observation, stage, prefix, lines=False)


@then(
    parsers.parse('SQL over the lines of the reports under "{prefix}" counts the scan\'s findings')
)
@shows("sql")
def sql_counts_lines(observation: Observation, stage: Stage, prefix: str) -> None:
    _expect_query(observation, stage, prefix, lines=True)


@then(parsers.parse('QuickSight can take what a manifest for "{prefix}" names'))
@shows("visualization")
def quicksight_can_take_it(observation: Observation, stage: Stage, prefix: str) -> None:
    objects = [stored for stored in observation.objects if stored.key.startswith(prefix)]
    if not objects:
        raise Nonconformance(f"an object under {prefix}", _objects(observation))
    expect_quicksight(quicksight_manifest(objects), stage.backend)


@then("Spark flattens the findings of each scanner into Parquet")
@shows("etl")
def spark_flattens_findings(observation: Observation, stage: Stage) -> None:
    found = flattened_by_spark(observation.objects, stage.folder / "spark")
    expected = _scanners(stage.results)
    if found != expected:
        raise Nonconformance(f"the counts {expected}", f"{dict(found)}")


@then(parsers.parse('the JSON documents under "{prefix}" are the two scans'))
@shows("etl")
def documents_are_the_two_scans(observation: Observation, prefix: str) -> None:
    _expect_scans(observation, prefix, 2)


@then(parsers.parse('the JSON documents under "{prefix}" are the scan'))
@shows("etl")
def documents_are_the_scan(observation: Observation, prefix: str) -> None:
    _expect_scans(observation, prefix, 1)


# The disk


@then("the folder reports holds a copy of the object")
@shows("write_copy", "write_local_copy")
def folder_holds_a_copy(observation: Observation) -> None:
    if not observation.copies:
        size = len(observation.the_object.content)
        raise Nonconformance(
            f"a file under reports/ with the {size} bytes of the object", _files(observation)
        )


@then("the folder reports holds a copy of what should have been uploaded")
@shows("write_local_copy")
def folder_holds_a_copy_of_the_attempt(observation: Observation) -> None:
    content = _attempts(observation)[0].payload
    if content not in observation.reports.values():
        raise Nonconformance(
            f"a file under reports/ with the {len(content)} bytes that S3 refused",
            _files(observation),
        )


@then(parsers.parse('the file "{name}" is a copy of the object'))
@shows("write_copy")
def file_is_a_copy(observation: Observation, name: str) -> None:
    if name not in observation.copies:
        raise Nonconformance(f"{name} with the bytes of the object", _files(observation))


@then("the folder reports holds nothing but copies of the object")
@shows("write_copy")
def folder_holds_nothing_but_copies(observation: Observation) -> None:
    if set(observation.reports) != set(observation.copies):
        raise Nonconformance("nothing but copies of the object", _files(observation))


@then("the copy was not there when the upload began")
@shows("write_local_copy")
def copy_was_not_there(observation: Observation) -> None:
    first = _attempts(observation)[0]
    early = [
        name
        for name, digest in first.files.items()
        if name.startswith("reports/") and digest == first.payload_digest
    ]
    if early:
        raise Nonconformance(
            "no copy under reports/ yet when the first PutObject arrived", f"{_named(early)}"
        )


@then("the file of the other reporter is as it was")
@shows("make_folder")
def foreign_file_is_as_it_was(observation: Observation) -> None:
    found = observation.files.get(FOREIGN_FILE)
    if found != FOREIGN_TEXT.encode():
        raise Nonconformance(
            f"{FOREIGN_FILE} as it was", "it is gone" if found is None else "changed"
        )


@then("who had the earlier copy open reads it to its end")
@shows("write_copy")
def open_copy_is_whole(open_copy: OpenCopy) -> None:
    found = open_copy.file.read()
    if found != open_copy.content:
        raise Nonconformance(
            f"the {len(open_copy.content)} bytes of the earlier copy", f"{len(found)} other bytes"
        )


# What comes back


@then("the reporter returns the S3 URL of the object")
@shows("make_url", "return_url", "return_s3_url_or_error", "s3")
def reporter_returns_the_url(observation: Observation) -> None:
    stored = observation.the_object
    expected = f"the S3 URL of {stored.bucket}/{stored.key}"
    returned = _returned(observation, expected)
    location = locate(returned)
    regions = {None, *(u.scope.region for u in observation.uploads if u.scope)}
    if not (
        location
        and location.bucket == stored.bucket
        and stored.key in location.keys
        and location.region in regions
    ):
        raise Nonconformance(expected, repr(returned))


@then("the reporter returns an error message")
@shows("error_message", "handle_errors", "disabled")
def reporter_returns_an_error_message(observation: Observation) -> None:
    _error_message(observation)


@then("the reporter is not ready, or returns an error message")
@shows("error_message")
def reporter_is_not_ready_or_returns_an_error_message(observation: Observation) -> None:
    if observation.outcome.ready:
        _error_message(observation)


@then("the reporter returns text")
@shows("error_message", "return_url")
def reporter_returns_text(observation: Observation) -> None:
    _returned(observation, "a URL or an error message")


@then(parsers.parse("the error message names the cause {code:w}"))
@shows("error_message")
def error_message_names_the_cause(observation: Observation, code: str) -> None:
    message = _error_message(observation)
    if not names_cause(message, code):
        raise Nonconformance(f"a message that names {code}", repr(message))


@then(parsers.parse("the log names the cause {code:w}"))
@shows("log_permission", "log_error", "error_status")
def log_names_the_cause(observation: Observation, code: str) -> None:
    if not any(names_cause(said, code) for said in observation.outcome.complaints):
        raise Nonconformance(
            f"a warning or an error in the log, or output, that names {code}",
            "; ".join(observation.outcome.complaints) or "nothing",
        )


@then("something is logged as an error")
@shows("error_message")
def something_is_logged(observation: Observation) -> None:
    if not observation.outcome.complaints:
        raise Nonconformance("a warning or an error in the log, or output", "nothing")


@then("no secret key appears in anything the reporter wrote")
@shows("log_permission", "error_message", "return_url")
def no_secret_appears(observation: Observation, stage: Stage) -> None:
    outcome = observation.outcome
    written = {
        "the log": "\n".join(record.message for record in outcome.log),
        "standard output": outcome.stdout,
        "standard error": outcome.stderr,
        "what was returned": outcome.returned or "",
        **{f"the object {o.key}": o.content.decode(errors="replace") for o in observation.objects},
        **{name: text.decode(errors="replace") for name, text in observation.files.items()},
    }
    secrets = [credentials.secret_access_key for credentials in stage.profiles.values()]
    leaks = [place for place, text in written.items() if any(secret in text for secret in secrets)]
    if leaks:
        raise Nonconformance("no secret access key anywhere", f"one in {_named(leaks)}")


def _uploads(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.uploads:
        raise Nonconformance("an upload", observation.without_object())
    return observation.uploads


def _attempts(observation: Observation) -> tuple[Exchange, ...]:
    if not observation.attempts:
        raise Nonconformance("a PutObject request", observation.without_object())
    return observation.attempts


def _expect_attempts(observation: Observation, count: int) -> None:
    if len(observation.attempts) != count:
        raise Nonconformance(f"{count} PutObject requests", f"{len(observation.attempts)}")


def _waits(observation: Observation, stage: Stage) -> tuple[float, ...]:
    _expect_attempts(observation, 1 + stage.max_retries)
    return observation.waits


def _full_waits(stage: Stage) -> list[float]:
    base = float(stage.options["base_delay"])
    cap = float(stage.options.get("max_delay", "inf"))
    return [min(cap, base * 2**retry) for retry in range(stage.max_retries)]


def _least_waits(stage: Stage) -> list[float]:
    return [wait * stage.manifest.jitter.least for wait in _full_waits(stage)]


def _expect_at_least(waits: tuple[float, ...], least: list[float]) -> None:
    if any(wait < low for wait, low in zip(waits, least, strict=True)):
        raise Nonconformance(f"waits of at least {_seconds(least)}", _seconds(waits))


def _seconds(waits: Iterable[float]) -> str:
    return ", ".join(f"{wait:.3f} s" for wait in waits)


def _returned(observation: Observation, expected: str) -> str:
    returned = observation.outcome.returned
    if returned is None:
        raise Nonconformance(expected, observation.without_object())
    return returned


def _error_message(observation: Observation) -> str:
    message = _returned(observation, "an error message")
    if not message.strip() or is_url(message):
        raise Nonconformance("an error message", repr(message))
    return message


def _expect_query(observation: Observation, stage: Stage, prefix: str, *, lines: bool) -> None:
    reports = f"s3://{observation.bucket_names['reports']}/{prefix}*.json"
    counts = {"severities": _severities, "scanners": _scanners}
    found = query(stage.backend, reports, *counts, lines=lines)
    for name, count in counts.items():
        expected: Counter[str] = Counter()
        for results in (*stage.earlier, stage.results):
            expected.update(count(results))
        if found[name] != expected:
            raise Nonconformance(f"{name} {dict(expected)}", f"{dict(found[name]) or 'none'}")


def _severities(results: ScanResults) -> dict[str, int]:
    return dict(results.data["metadata"]["summary_stats"]["severity_counts"])


def _scanners(results: ScanResults) -> dict[str, int]:
    scanners = results.data["scanner_results"].items()
    return {name: scanner["finding_count"] for name, scanner in scanners}


def _statistics(observation: Observation, prefix: str) -> list[Any]:
    """The statistics in each document under a prefix, as who counts there finds them."""
    found = []
    for stored in observation.objects:
        if not stored.key.startswith(prefix):
            continue
        match read_json(stored.content):
            case {"metadata": {"summary_stats": {"severity_counts": {}, "start": _} as statistics}}:
                found.append(statistics)
            case _:
                raise Nonconformance(
                    "metadata.summary_stats with severity_counts and start in every document",
                    f"something else in {stored.key}",
                )
    return found


def _expect_scans(observation: Observation, prefix: str, count: int) -> None:
    found = _statistics(observation, prefix)
    starts = {str(statistics["start"]) for statistics in found}
    if (len(found), len(starts)) != (count, count):
        raise Nonconformance(
            f"{count} documents, each of another scan",
            f"{len(found)} documents of {len(starts)} scans",
        )


def _objects(observation: Observation) -> str:
    return "; ".join(f"{o.bucket}/{o.key}" for o in observation.objects) or "none"


def _files(observation: Observation) -> str:
    files = observation.files.items()
    return "; ".join(f"{name} with {len(content)} bytes" for name, content in files) or "no files"


def _named(values: Iterable[str]) -> str:
    return " and ".join(repr(value) for value in sorted(values))
