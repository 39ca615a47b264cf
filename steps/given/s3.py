"""Given: what S3 answers, and what becomes of its buckets."""

from collections.abc import Mapping
from itertools import chain, cycle, repeat

from pytest_bdd import given, parsers

from ...scenario.world import World
from ...wire.faults import (
    DroppedConnection,
    ErrorResponse,
    Fault,
    ForeignResponse,
    GarbledResponse,
    SideEffect,
)

_SLOW_DOWN = ErrorResponse.of("SlowDown")
_NAMES_OF_THROTTLING = ("SlowDown", "ServiceUnavailable", "ThrottlingException", "TooManyRequests")
_FOREIGN: Mapping[str, Fault] = {
    "a page of HTML": ForeignResponse(
        403, b"<html><head><title>Forbidden</title></head><body>Blocked.<br></body></html>"
    ),
    "an empty body": ForeignResponse(403, b""),
    "something other than HTTP": GarbledResponse(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "half of an XML document": ForeignResponse(
        403, b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>Acc', "application/xml"
    ),
    "text that is not UTF-8": ForeignResponse(403, b"Acc\xe8s interdit", "text/plain"),
}
# Nothing listens on a port that is reserved, and that only the system's administrator can use.
_SILENT_ENDPOINT = "http://127.0.0.1:1"


@given("S3 takes every attempt")
def s3_takes_every_attempt(world: World) -> None:
    world.script = []


@given("S3 throttles the first attempt")
def s3_throttles_the_first_attempt(world: World) -> None:
    world.script = [_SLOW_DOWN]


@given("S3 throttles the first max_retries - 1 attempts")
def s3_throttles_one_less(world: World) -> None:
    world.script = [_SLOW_DOWN] * (world.max_retries - 1)


@given("S3 throttles the first max_retries attempts")
def s3_throttles_as_many(world: World) -> None:
    world.script = [_SLOW_DOWN] * world.max_retries


@given("S3 throttles every attempt")
def s3_throttles_every_attempt(world: World) -> None:
    world.script = repeat(_SLOW_DOWN)


@given("S3 throttles every attempt, each time under another name")
def s3_throttles_under_other_names(world: World) -> None:
    world.script = cycle(map(ErrorResponse.of, _NAMES_OF_THROTTLING))


@given(
    parsers.parse(
        "S3 throttles the first attempt and answers the next ones with the error {code:w}"
    )
)
def s3_throttles_and_refuses(world: World, code: str) -> None:
    world.script = chain([_SLOW_DOWN], repeat(ErrorResponse.of(code)))


@given(parsers.parse("S3 answers the first attempt with the error {code:w}"))
def s3_answers_the_first_attempt(world: World, code: str) -> None:
    world.script = [ErrorResponse.of(code)]


@given(parsers.parse("S3 answers every attempt with the error {code:w}"))
def s3_answers_every_attempt(world: World, code: str) -> None:
    world.script = repeat(ErrorResponse.of(code))


@given(parsers.parse("the connection breaks {when:w} S3 receives the first attempt"))
def connection_breaks(world: World, when: str) -> None:
    world.script = [DroppedConnection(reached_s3={"before": False, "after": True}[when])]


@given("the connection breaks at every attempt")
def connection_breaks_at_every_attempt(world: World) -> None:
    world.script = repeat(DroppedConnection(reached_s3=False))


@given(parsers.parse("a proxy answers every attempt with {answer}"))
def a_proxy_answers(world: World, answer: str) -> None:
    world.script = repeat(_FOREIGN[answer])


@given("nothing answers at the endpoint")
def nothing_answers(world: World) -> None:
    world.environment["AWS_ENDPOINT_URL"] = _SILENT_ENDPOINT


@given("the bucket is deleted just before the upload")
def bucket_is_deleted(world: World) -> None:
    world.backend.check_deletion()
    bucket = world.buckets["reports"]
    world.script = [
        SideEffect(lambda: world.backend.delete_bucket(bucket), "the bucket is deleted")
    ]


@given("the bucket does not exist")
def bucket_does_not_exist(world: World) -> None:
    world.backend.check_deletion()
    world.backend.delete_bucket(world.buckets["reports"])


@given("the bucket's events go to a queue")
def events_go_to_a_queue(world: World) -> None:
    world.queue = world.backend.watch_bucket(world.buckets["reports"])


@given(parsers.parse('the bucket\'s events for keys that begin with "{beginning}" go to a queue'))
def some_events_go_to_a_queue(world: World, beginning: str) -> None:
    world.queue = world.backend.watch_bucket(world.buckets["reports"], beginning)
