"""Then: what S3 was asked, and how often."""

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.same_request import departures
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    CONTENT_CHANGES,
    UPLOAD_WHILE_DISABLED,
    WRONG_TIMESTAMP,
)
from .common import attempts_of, expect_attempts, named


@then("no upload is attempted")
def no_upload_is_attempted(observation: Observation) -> None:
    if observation.uploads:
        raise Nonconformance(
            "no PutObject request", f"{len(observation.uploads)}", UPLOAD_WHILE_DISABLED
        )


@then("S3 sees 1 attempt")
def s3_sees_one_attempt(observation: Observation) -> None:
    expect_attempts(observation, 1)


@then(parsers.parse("S3 sees {count:d} attempts"))
def s3_sees_attempts(observation: Observation, count: int) -> None:
    expect_attempts(observation, count)


@then("S3 sees max_retries attempts")
def s3_sees_as_many_attempts(observation: Observation, world: World) -> None:
    expect_attempts(observation, world.max_retries)


@then("S3 sees max_retries + 1 attempts")
def s3_sees_one_attempt_more(observation: Observation, world: World) -> None:
    expect_attempts(observation, 1 + world.max_retries)


@then("every attempt has the same key")
def every_attempt_has_the_same_key(observation: Observation) -> None:
    keys = {attempt.key for attempt in attempts_of(observation)}
    if len(keys) > 1:
        raise Nonconformance("one key in all attempts", named(keys), WRONG_TIMESTAMP)


@then("every attempt is the same request")
def every_attempt_is_the_same_request(observation: Observation) -> None:
    if found := list(departures(attempts_of(observation))):
        raise Nonconformance(
            "the same key, content, content type, and metadata in all attempts",
            "; ".join(found),
            CONTENT_CHANGES,
        )
