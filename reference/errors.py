"""Classifies the errors of S3 requests (diagram: error handling)."""

from enum import Enum

from botocore.exceptions import ClientError, HTTPClientError

_THROTTLING = {
    "SlowDown",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
    "RequestLimitExceeded",
}
_TRANSIENT = {"InternalError", "RequestTimeout"}
_ACCESS_DENIED = {"AccessDenied", "403"}
_NO_SUCH_BUCKET = {"NoSuchBucket", "404"}


class ErrorType(Enum):
    """The branches of the decision "error type?", and transient errors."""

    THROTTLING = "throttling"
    TRANSIENT = "transient"
    ACCESS_DENIED = "access denied"
    NO_SUCH_BUCKET = "no such bucket"
    OTHER = "other"


def error_type(error: Exception) -> ErrorType:
    """Classify an SDK exception by S3's error code (interpretations 2 and 4)."""
    if isinstance(error, HTTPClientError):
        return ErrorType.TRANSIENT
    code = error.response.get("Error", {}).get("Code") if isinstance(error, ClientError) else None
    for kind, codes in (
        (ErrorType.THROTTLING, _THROTTLING),
        (ErrorType.TRANSIENT, _TRANSIENT),
        (ErrorType.ACCESS_DENIED, _ACCESS_DENIED),
        (ErrorType.NO_SUCH_BUCKET, _NO_SUCH_BUCKET),
    ):
        if code in codes:
            return kind
    return ErrorType.OTHER


def error_message(error: Exception, bucket: str) -> str:
    """Describe an error in words that name the cause."""
    match error_type(error):
        case ErrorType.ACCESS_DENIED:
            return f"Permission error: access denied to bucket {bucket}: {error}"
        case ErrorType.NO_SUCH_BUCKET:
            return f"Bucket {bucket} does not exist: {error}"
        case ErrorType.THROTTLING:
            return f"S3 kept throttling the upload to bucket {bucket}: {error}"
        case _:
            return f"Upload to bucket {bucket} failed: {type(error).__name__}: {error}"
