"""Given: the buckets, what is in them, and the answers of S3."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, cycle, islice

from pytest_bdd import given, parsers

from ...s3.error_codes import ERRORS
from ...scenario.world import World
from ...wire.faults import (
    DroppedConnection,
    ErrorResponse,
    Fault,
    ForeignResponse,
    GarbledResponse,
    Silence,
)
from ...words.names import unknown
from .scans import earlier_scan

_ANSWERS: Mapping[str, Sequence[Fault]] = {
    "a broken connection": [DroppedConnection(reached_s3=False)],
    "a lost answer": [DroppedConnection(reached_s3=True)],
    # No XML: a tag is not closed.
    "a page of HTML": [
        ForeignResponse(403, b"<html><head><title>Forbidden</title></head><body><br></body></html>")
    ],
    "an empty body": [ForeignResponse(403, b"")],
    "silence": [Silence()],
    "silence while the body is sent": [Silence(is_deaf=True)],
    "half of an answer": [Silence(b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: appl")],
    "something other than HTTP": [GarbledResponse(b"SSH-2.0-OpenSSH_9.6\r\n")],
    "half of an XML document": [
        ForeignResponse(403, b'<?xml version="1.0"?>\n<Error><Code>Acc', "application/xml")
    ],
    "text that is not UTF-8": [ForeignResponse(403, b"Acc\xe8s interdit", "text/plain")],
    "throttling under one name after the other": [
        ErrorResponse("SlowDown"),
        ErrorResponse("ServiceUnavailable"),
        ErrorResponse("ThrottlingException"),
        ErrorResponse("TooManyRequests"),
    ],
}
# Nothing listens on a port that is reserved, and that only the system's administrator can use.
_SILENT_ENDPOINT = "http://127.0.0.1:1"


@given(
    parsers.re(
        r"S3 answers (?P<attempts>the first attempt|the first max_retries(?: - 1)? attempts"
        r"|every attempt) with (?P<answer>[^,]+)(?:, and the next ones with (?P<then>.+))?"
    )
)
def s3_answers(world: World, attempts: str, answer: str, then: str | None) -> None:
    numbers = {
        "the first attempt": 1,
        "the first max_retries attempts": world.max_retries,
        "the first max_retries - 1 attempts": max(0, world.max_retries - 1),
        "every attempt": None,
    }
    if answer == "success":
        return
    count = numbers[attempts]
    # Anew for each call.
    world.script = lambda: chain(islice(_answers(answer), count), _answers(then) if then else ())
    said = [] if count == 0 else [answer]
    said += [] if count is None else [then or "success"]
    world.facts["answer"] = ", then ".join(said)


@given("nothing answers at the endpoint")
def nothing_answers(world: World) -> None:
    world.environment["AWS_ENDPOINT_URL"] = _SILENT_ENDPOINT
    world.facts["answer"] = "nothing"


@given(parsers.parse('a bucket "{name}"'))
def a_bucket(world: World, name: str) -> None:
    world.add_bucket(name)


@given("the bucket is missing")
def the_bucket_is_missing(world: World) -> None:
    world.delete_bucket()
    world.facts["bucket"] = "missing"


@given(parsers.parse('the bucket\'s events for keys that begin with "{beginning}" go to a queue'))
def some_events_go_to_a_queue(world: World, beginning: str) -> None:
    world.queue = world.backend.watch_bucket(world.used_bucket, beginning)


@given(
    parsers.re(
        "the bucket contains "
        "(?P<objects>the report of another scan|a dozen reports of the same day)"
    )
)
def the_bucket_contains(world: World, objects: str) -> None:
    day = str(world.results.start)[:10].replace("-", "")
    if objects == "the report of another scan":
        world.earlier = [*world.earlier, earlier_scan("an earlier scan")]
        content = json.dumps(world.earlier[-1].data).encode()
        contents = {"scans/ash-report-20261121T191623Z.json": content}
    else:
        contents = {f"scans/ash-report-{day}T{hour:02}0000Z.json": b"{}" for hour in range(12)}
    world.write(contents)
    world.facts["bucket"] = f"with {objects}"


def _answers(words: str) -> Iterator[Fault]:
    known = {*_ANSWERS, *ERRORS}
    if words not in known:
        raise unknown("answer of S3", words, known)
    return cycle(_ANSWERS.get(words) or [ErrorResponse(words)])
