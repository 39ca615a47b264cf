"""Classifies the errors of S3 requests (diagram: error handling)."""

from enum import Enum

from botocore.exceptions import ClientError, HTTPClientError


class ErrorType(Enum):
    """The branches of the decision "error type?", and transient errors; each with its message."""

    THROTTLING = "S3 kept throttling the upload to bucket"
    TRANSIENT = "S3 kept failing the upload to bucket"
    ACCESS_DENIED = "Permission error: access denied to bucket"
    NO_SUCH_BUCKET = "There is no such bucket:"
    OTHER = "Failed to upload to bucket"


_CODES = {
    ErrorType.THROTTLING: (
        *("SlowDown", "ServiceUnavailable", "Throttling", "ThrottlingException"),
        *("TooManyRequests", "RequestLimitExceeded"),
    ),
    ErrorType.TRANSIENT: ("InternalError", "RequestTimeout"),
    ErrorType.ACCESS_DENIED: ("AccessDenied", "403"),
    ErrorType.NO_SUCH_BUCKET: ("NoSuchBucket", "404"),
}
_TYPES = {code: kind for kind, codes in _CODES.items() for code in codes}


def error_type(error: Exception) -> ErrorType:
    """Classify an SDK exception by S3's error code (interpretations 2 and 4)."""
    if isinstance(error, HTTPClientError):
        return ErrorType.TRANSIENT
    code = error.response.get("Error", {}).get("Code", "") if isinstance(error, ClientError) else ""
    return _TYPES.get(code, ErrorType.OTHER)


def error_message(error: Exception, bucket: str) -> str:
    """Describe an error in words that name the cause."""
    return f"{error_type(error).value} {bucket}: {error}"
