"""Then: what ASH Core got back."""

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.divergence import shows
from ...judging.error_wording import names_cause
from ...judging.s3_url import is_url, locate
from ...scenario.observation import Observation


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
