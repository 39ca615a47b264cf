"""Then: what ASH Core got back."""

from collections.abc import Iterator

from pytest_bdd import parsers, then

from ...backends.base import StoredObject
from ...errors import Nonconformance
from ...judging.error_wording import UNREACHABLE, missing_cause, names_another_cause, names_cause
from ...judging.s3_url import Location, decoded, is_url, locate
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import (
    CAUSE_NOT_RETURNED,
    EMPTY_MESSAGE,
    FAILURE_MISSED,
    FAILURE_NOT_RETURNED,
    KEY_ENCODED,
    NO_URL,
    URL_IN_TEXT,
    WRONG_CAUSE,
    WRONG_URL,
    Symptom,
)

_NO_LOCATION = (
    "presigned, or not percent-encoded, or has a host that is not one of S3 in the partition of "
    "its region"
)


@then("the reporter returns the S3 URL of the object")
def reporter_returns_the_url(observation: Observation, world: World) -> None:
    stored = observation.the_object
    expected = f"the S3 URL of {stored.bucket}/{stored.key}"
    returned = _returned(observation, expected)
    location = locate(returned, world.wire.url)
    regions = {None, *(u.scope.region for u in observation.uploads if u.scope)}
    if not (
        location
        and location.bucket == stored.bucket
        and location.key == stored.key
        and location.region in regions
    ):
        unknown = returned.startswith("http") and location is None
        why = f", which is {_NO_LOCATION}" if unknown else ""
        raise Nonconformance(
            expected, f"{returned!r}{why}", *_wrong_url(returned, location, stored)
        )


@then("the reporter returns an error message")
def reporter_returns_an_error_message(observation: Observation) -> None:
    _error_message(observation)


@then("the reporter is not ready, or returns an error message")
def reporter_is_not_ready_or_returns_an_error_message(observation: Observation) -> None:
    if observation.outcome.ready:
        _error_message(observation)


@then("the reporter is not ready, or returns text")
def reporter_is_not_ready_or_returns_text(observation: Observation) -> None:
    if observation.outcome.ready:
        _returned(observation, "a URL or an error message")


@then(parsers.parse("the error message names the cause {code:w}"))
def error_message_names_the_cause(observation: Observation, code: str) -> None:
    message = _error_message(observation)
    before = observation.earlier_errors
    if not names_cause(message, code, before):
        said = observation.outcome.complaints
        known = any(names_cause(each, code, before) for each in said)
        raise Nonconformance(
            f"a message that names {code}, and no other cause",
            repr(message),
            CAUSE_NOT_RETURNED if known else missing_cause((message, *said), code),
        )


@then(
    parsers.parse(
        "the reporter is not ready, or its error message names no cause other than {code:w}"
    )
)
def not_ready_or_the_message_names_no_other_cause(observation: Observation, code: str) -> None:
    if not observation.outcome.ready:
        return
    message = _error_message(observation)
    if names_another_cause(message, code):
        raise Nonconformance(
            f"a message that names no cause other than {code}", repr(message), WRONG_CAUSE
        )


@then("the error message says that S3 cannot be reached")
def error_message_says_that_s3_is_unreachable(observation: Observation) -> None:
    error_message_names_the_cause(observation, UNREACHABLE)


@then("the reporter is not ready, or its error message says that S3 cannot be reached")
def not_ready_or_s3_is_unreachable(observation: Observation) -> None:
    if observation.outcome.ready:
        error_message_names_the_cause(observation, UNREACHABLE)


def _returned(observation: Observation, expected: str) -> str:
    returned = observation.outcome.returned
    if returned is None:
        raise observation.without_text(expected)
    return returned


def _error_message(observation: Observation) -> str:
    message = _returned(observation, "an error message")
    if not message.strip():
        raise Nonconformance("an error message", repr(message), EMPTY_MESSAGE)
    if is_url(message):
        # A failure that is noticed is logged (interpretation 4).
        noticed = observation.outcome.complaints
        symptom = FAILURE_NOT_RETURNED if noticed else FAILURE_MISSED
        raise Nonconformance("an error message", repr(message), symptom)
    return message


def _wrong_url(returned: str, location: Location | None, stored: StoredObject) -> Iterator[Symptom]:
    """Why a text is not the S3 URL of an object."""
    if location and location.bucket == stored.bucket and location.key == decoded(stored.key):
        yield KEY_ENCODED
    if location:
        yield WRONG_URL
    else:
        yield URL_IN_TEXT if f"{stored.bucket}/{stored.key}" in returned else NO_URL
