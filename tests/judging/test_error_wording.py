"""A message names the cause that it was, in any style, and no other."""

import pytest

from s3_reporter_conformance.judging.error_wording import UNREACHABLE, names_cause
from s3_reporter_conformance.s3.error_codes import ERRORS, THROTTLING

BOTO3 = "An error occurred ({code}) when calling the PutObject operation: {message}"
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
RIGHT = {
    "AccessDenied": """
        403 Forbidden
        s3:PutObject is denied
        Permission error: check that the bucket exists
        You do not have the s3:PutObject permission for bucket reports
        Upload refused. Please check your IAM permissions.
        User: arn:aws:iam::123:user/ci is not authorized to perform: s3:PutObject
        Unauthorized
        The credentials lack s3:PutObject
        S3 rejected the upload for want of privileges
        S3 refused the upload: missing rights
        No access to the bucket
        These credentials may not upload to the bucket""",
    "NoSuchBucket": """
        The bucket reports-1 doesn't exist
        Could not find the bucket reports-1
        Unable to locate bucket reports-1
        The bucket reports-1 has been deleted
        the bucket is not there
        reports-1 is not an existing bucket
        bucket not found; verify its name and that access is not denied
        404 Not Found""",
    "SlowDown": """
        S3 is busy
        S3 is overloaded, gave up
        S3 limited our rate until the last retry
        S3 asks us to slow down
        gave up after 3 retries: throttled
        503 Service Unavailable
        gave up: TooManyRequests
        Service is unable to handle request.""",
    "ExpiredToken": """
        The session has expired
        the credentials have expired
        Expired session token; check your permissions""",
    "InvalidToken": "400 Bad Request: the session token is not valid",
    "InvalidAccessKeyId": """
        403 Forbidden: InvalidAccessKeyId
        the access key is not known; check credentials and permissions""",
    "SignatureDoesNotMatch": "403 Forbidden: wrong signature",
    "InternalError": "500 Internal Server Error (not throttling, so not retried)",
    UNREACHABLE: """
        Connection was closed before we received a valid response
        curl: (52) Empty reply from server
        Error: socket hang up
        read ECONNRESET
        Could not connect to the endpoint URL: "http://127.0.0.1:1/"
        unexpected EOF""",
}
WRONG = {
    "AccessDenied": """
        Something went wrong
        Check whether access was denied or the bucket does not exist""",
    "SlowDown": """
        upload failed
        access denied, no such bucket, throttled (SlowDown), or InvalidRequest""",
    "InvalidRequest": "access denied, no such bucket, throttled (SlowDown), or InvalidRequest",
    "InvalidAccessKeyId": "Access denied: InvalidAccessKeyId",
    "SignatureDoesNotMatch": """
        403 Forbidden
        Permission denied (SignatureDoesNotMatch)""",
    "ExpiredToken": """
        Upload failed
        Access denied: the credentials lack s3:PutObject (ExpiredToken)""",
    "InvalidToken": "The credentials lack permission for s3:PutObject: bad token",
    "EntityTooLarge": "EntityTooLarge or MethodNotAllowed",
    "NoSuchBucket": "The bucket does not exist, or access was denied",
    UNREACHABLE: """
        Something went wrong
        Access denied: the connection broke""",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("code", ERRORS)
def test_what_sdks_say_names_the_cause_and_no_other(style: str, code: str) -> None:
    answer = ERRORS[code]
    said = style.format(code=code, status=answer.status, message=answer.message)
    assert names_cause(said, code)
    for other in OTHERS - {code}:
        assert not names_cause(said, other) or {code, other} <= THROTTLING


@pytest.mark.parametrize(("words", "is_right"), [(RIGHT, True), (WRONG, False)])
def test_free_words(words: dict[str, str], is_right: bool) -> None:
    for code, lines in words.items():
        for said in lines.strip().splitlines():
            assert names_cause(said.strip(), code) is is_right, (code, said)


def test_what_went_wrong_before_may_be_told() -> None:
    said = "AccessDenied at the 2nd attempt, after the 1st had been throttled"
    assert not names_cause(said, "AccessDenied")
    assert names_cause(said, "AccessDenied", ["SlowDown"])
    assert not names_cause("throttled", "AccessDenied", ["SlowDown"])
    assert not names_cause(f"{said}, or no such bucket", "AccessDenied", ["SlowDown"])
