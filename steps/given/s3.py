"""Given: the answers of S3, and the fate of its buckets."""

from collections.abc import Iterator, Mapping
from itertools import chain, cycle, islice, repeat

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

_NAMES_OF_THROTTLING = ("SlowDown", "ServiceUnavailable", "ThrottlingException", "TooManyRequests")
_ANSWERS: Mapping[str, Fault] = {
    "a broken connection": DroppedConnection(reached_s3=False),
    "a lost answer": DroppedConnection(reached_s3=True),
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
_EACH_NAME = "throttling under one name after the other"
# Nothing listens on a port that is reserved, and that only the system's administrator can use.
_SILENT_ENDPOINT = "http://127.0.0.1:1"


@given("S3 answers every attempt with success")
def s3_takes_every_attempt(world: World) -> None:
    world.script = []


@given(parsers.re(r"S3 answers the first (?P<count>\S.*? )?attempts? with (?P<answer>[^,]+)"))
def s3_answers_the_first(world: World, count: str | None, answer: str) -> None:
    numbers = {
        None: 1,
        "max_retries ": world.max_retries,
        "max_retries - 1 ": world.max_retries - 1,
    }
    world.script = list(islice(_answers(answer), numbers[count]))
    world.facts["S3 answers"] = f"{answer}, then success"


@given(parsers.re(r"S3 answers every attempt with (?!success)(?P<answer>[^,]+)"))
def s3_answers_every_attempt(world: World, answer: str) -> None:
    world.script = _answers(answer)
    world.facts["S3 answers"] = answer


@given(
    parsers.parse("S3 answers the first attempt with {first:w}, and the next ones with {then:w}")
)
def s3_answers_differently(world: World, first: str, then: str) -> None:
    world.script = chain(islice(_answers(first), 1), _answers(then))
    world.facts["S3 answers"] = f"{first}, then {then}"


@given("nothing answers at the endpoint")
def nothing_answers(world: World) -> None:
    world.environment["AWS_ENDPOINT_URL"] = _SILENT_ENDPOINT
    world.facts["S3 answers"] = "nothing"


@given("the bucket is deleted just before the upload")
def bucket_is_deleted(world: World) -> None:
    world.backend.check_deletion()
    bucket = world.buckets["reports"]
    world.script = [
        SideEffect(lambda: world.backend.delete_bucket(bucket), "the bucket is deleted")
    ]
    world.facts["bucket"] = "deleted before the upload"


@given("the bucket does not exist")
def bucket_does_not_exist(world: World) -> None:
    world.backend.check_deletion()
    world.backend.delete_bucket(world.buckets["reports"])
    world.facts["bucket"] = "missing"


@given(parsers.parse('the bucket\'s events for keys that begin with "{beginning}" go to a queue'))
def some_events_go_to_a_queue(world: World, beginning: str) -> None:
    world.queue = world.backend.watch_bucket(world.buckets["reports"], beginning)


def _answers(words: str) -> Iterator[Fault]:
    if words == _EACH_NAME:
        return cycle(map(ErrorResponse.of, _NAMES_OF_THROTTLING))
    return repeat(_ANSWERS.get(words) or ErrorResponse.of(words))
