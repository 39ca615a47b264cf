"""A message names the cause that it was, in any style, and no other."""

import pytest

from s3_reporter_conformance.judging.error_wording import UNREACHABLE, names_cause
from s3_reporter_conformance.s3.error_codes import ERRORS

BOTO3 = "An error occurred ({code}) when calling the PutObject operation: {message}"
THROTTLING = {
    "SlowDown",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
    "RequestLimitExceeded",
}
OTHERS = {"SlowDown", "AccessDenied", "NoSuchBucket", "InternalError", "EntityTooLarge"}
STYLES = (
    BOTO3,
    "Error uploading to S3 after retries: " + BOTO3,
    "S3Exception: {message} (Service: S3, Status Code: {status}, Request ID: 4442587FB7D0A2F9)",
    "operation error S3: PutObject, StatusCode: {status}, api error {code}: {message}",
    "{code}: {message}",
    'service error: unhandled error ({code}): Error {{ code: "{code}", message: "{message}" }}',
    "Could not upload to the bucket reports-4a6f: {code}",
    "AWS HTTP error, `{status}`: <Error><Code>{code}</Code><Message>{message}</Message></Error>",
)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("code", ERRORS)
def test_what_sdks_say_names_the_cause_and_no_other(style: str, code: str) -> None:
    answer = ERRORS[code]
    said = style.format(code=code, status=answer.status, message=answer.message)
    assert names_cause(said, code)
    for other in OTHERS - {code}:
        assert not names_cause(said, other) or {code, other} <= THROTTLING


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("AccessDenied", "403 Forbidden"),
        ("AccessDenied", "s3:PutObject is denied"),
        ("AccessDenied", "Permission error: check that the bucket exists"),
        ("AccessDenied", "You do not have the s3:PutObject permission for bucket reports"),
        ("AccessDenied", "Upload refused. Please check your IAM permissions."),
        (
            "AccessDenied",
            "User: arn:aws:iam::123:user/ci is not authorized to perform: s3:PutObject",
        ),
        ("AccessDenied", "Unauthorized"),
        ("AccessDenied", "The credentials lack s3:PutObject"),
        ("AccessDenied", "S3 rejected the upload for want of privileges"),
        ("AccessDenied", "S3 refused the upload: missing rights"),
        ("AccessDenied", "No access to the bucket"),
        ("AccessDenied", "These credentials may not upload to the bucket"),
        ("NoSuchBucket", "The bucket reports-1 doesn't exist"),
        ("NoSuchBucket", "Could not find the bucket reports-1"),
        ("NoSuchBucket", "Unable to locate bucket reports-1"),
        ("NoSuchBucket", "The bucket reports-1 has been deleted"),
        ("NoSuchBucket", "the bucket is not there"),
        ("NoSuchBucket", "reports-1 is not an existing bucket"),
        ("SlowDown", "S3 is busy"),
        ("SlowDown", "S3 is overloaded, gave up"),
        ("SlowDown", "S3 limited our rate until the last retry"),
        ("ExpiredToken", "The session has expired"),
        ("NoSuchBucket", "bucket not found; verify its name and that access is not denied"),
        ("NoSuchBucket", "404 Not Found"),
        ("SlowDown", "S3 asks us to slow down"),
        ("SlowDown", "gave up after 3 retries: throttled"),
        ("SlowDown", "503 Service Unavailable"),
        ("SlowDown", "gave up: TooManyRequests"),
        ("SlowDown", "Service is unable to handle request."),
        ("ExpiredToken", "the credentials have expired"),
        ("ExpiredToken", "Expired session token; check your permissions"),
        ("InvalidToken", "400 Bad Request: the session token is not valid"),
        ("InvalidAccessKeyId", "403 Forbidden: InvalidAccessKeyId"),
        ("InvalidAccessKeyId", "the access key is not known; check credentials and permissions"),
        ("SignatureDoesNotMatch", "403 Forbidden: wrong signature"),
        ("InternalError", "500 Internal Server Error (not throttling, so not retried)"),
        (UNREACHABLE, "Connection was closed before we received a valid response"),
        (UNREACHABLE, "curl: (52) Empty reply from server"),
        (UNREACHABLE, "Error: socket hang up"),
        (UNREACHABLE, "read ECONNRESET"),
        (UNREACHABLE, 'Could not connect to the endpoint URL: "http://127.0.0.1:1/"'),
        (UNREACHABLE, "unexpected EOF"),
    ],
)
def test_right_words(code: str, said: str) -> None:
    assert names_cause(said, code)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("AccessDenied", "Something went wrong"),
        ("SlowDown", "access denied, no such bucket, throttled (SlowDown), or InvalidRequest"),
        (
            "InvalidRequest",
            "access denied, no such bucket, throttled (SlowDown), or InvalidRequest",
        ),
        ("AccessDenied", "Check whether access was denied or the bucket does not exist"),
        ("InvalidAccessKeyId", "Access denied: InvalidAccessKeyId"),
        ("SignatureDoesNotMatch", "403 Forbidden"),
        ("ExpiredToken", "Access denied: the credentials lack s3:PutObject (ExpiredToken)"),
        ("ExpiredToken", "Upload failed"),
        ("InvalidToken", "The credentials lack permission for s3:PutObject: bad token"),
        ("SlowDown", "upload failed"),
        ("SignatureDoesNotMatch", "Permission denied (SignatureDoesNotMatch)"),
        ("EntityTooLarge", "EntityTooLarge or MethodNotAllowed"),
        ("NoSuchBucket", "The bucket does not exist, or access was denied"),
        (UNREACHABLE, "Access denied: the connection broke"),
        (UNREACHABLE, "Something went wrong"),
    ],
)
def test_wrong_words(code: str, said: str) -> None:
    assert not names_cause(said, code)


def test_what_went_wrong_before_may_be_told() -> None:
    said = "AccessDenied at the 2nd attempt, after the 1st had been throttled"
    assert not names_cause(said, "AccessDenied")
    assert names_cause(said, "AccessDenied", ["SlowDown"])
    assert not names_cause("throttled", "AccessDenied", ["SlowDown"])
    assert not names_cause(f"{said}, or no such bucket", "AccessDenied", ["SlowDown"])
