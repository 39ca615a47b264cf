"""Then: the return value of `report`."""

from pytest_bdd import then

from ...judging.s3_url import is_url, locate
from ...scenario.run import Run
from ...words.errors import Nonconformance

_NO_LOCATION = (
    "presigned, or not percent-encoded, or has a host that is not one of S3 in the partition of "
    "its region"
)


@then("ASH Core gets the S3 URL of the object")
def ash_core_gets_the_url(run: Run) -> None:
    if not run.uploads:
        raise Nonconformance("the S3 URL of the object", _text(run, "the S3 URL of the object"))
    upload = run.uploads[0]
    expected = f"the S3 URL of {upload.bucket}/{upload.key}"
    returned = _text(run, expected)
    location = locate(returned, run.wire_url)
    regions = {None, *(u.scope.region for u in run.uploads if u.scope)}
    if not (
        location
        and location.bucket == upload.bucket
        and location.key == upload.key
        and location.region in regions
    ):
        unknown = returned.startswith("http") and location is None
        raise Nonconformance(expected, f"{returned!r}{f', which is {_NO_LOCATION}' * unknown}")


@then("ASH Core gets an error message")
def ash_core_gets_an_error_message(run: Run) -> None:
    message = _text(run, "an error message")
    if not message.strip() or is_url(message):
        raise Nonconformance("an error message", repr(message))


@then("report returns text")
def report_returns_text(run: Run) -> None:
    if not run.observation.outcome.endless:
        _text(run, "a URL or an error message")


def _text(run: Run, expected: str) -> str:
    if run.returned is None:
        raise Nonconformance(expected, f"none: {run.observation.outcome.exception}")
    return run.returned
