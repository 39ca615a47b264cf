"""The error codes of S3."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape


class ErrorCode(NamedTuple):
    """An error as S3 answers it."""

    status: int
    message: str


# Amazon S3 API Reference, "Error responses"; for the codes that S3 itself does not document, AWS's
# "Common errors".
_DOCUMENTED = {
    "AccessDenied": (403, "Access Denied"),
    "AccountProblem": (403, "There is a problem with your AWS account."),
    "AuthorizationHeaderMalformed": (400, "The authorization header you provided is not valid."),
    "AuthorizationQueryParametersError": (400, "The query parameters are not valid."),
    "BadDigest": (400, "The Content-MD5 or checksum did not match what we received."),
    "BadRequest": (400, "An error occurred when parsing the HTTP request."),
    "ConditionalRequestConflict": (409, "A conflicting operation occurred during the upload."),
    "EntityTooLarge": (400, "Your proposed upload exceeds the maximum allowed size"),
    "ExpiredToken": (400, "The provided token has expired."),
    "IncompleteBody": (400, "You did not provide the number of bytes announced."),
    "InternalError": (500, "We encountered an internal error. Please try again."),
    "InvalidAccessKeyId": (
        403,
        "The AWS Access Key Id you provided does not exist in our records.",
    ),
    "InvalidArgument": (400, "Invalid Argument"),
    "InvalidChunkSizeError": (403, "Only the last chunk may have less than 8192 bytes"),
    "InvalidDigest": (400, "The Content-MD5 you specified was invalid."),
    "InvalidRequest": (400, "The request is not valid."),
    "InvalidStorageClass": (400, "The storage class you specified is not valid"),
    "InvalidToken": (400, "The provided token is malformed or otherwise invalid."),
    "KeyTooLongError": (400, "Your key is too long"),
    "MalformedTrailerError": (400, "The request contained malformed trailing data."),
    "MetadataTooLarge": (400, "Your metadata headers exceed the maximum allowed size"),
    "MethodNotAllowed": (405, "The specified method is not allowed against this resource."),
    "MissingContentLength": (411, "You must provide the Content-Length HTTP header."),
    "NoSuchBucket": (404, "The specified bucket does not exist"),
    "NotImplemented": (501, "A header implies functionality that is not implemented."),
    "OperationAborted": (409, "A conflicting conditional operation is in progress."),
    "PermanentRedirect": (301, "The bucket must be addressed using the specified endpoint."),
    "RequestLimitExceeded": (503, "Request limit exceeded."),
    "RequestTimeTooSkewed": (403, "The request time differs too much from the server's."),
    "RequestTimeout": (400, "Your socket connection to the server was not read from in time."),
    "ServiceUnavailable": (503, "Service is unable to handle request."),
    "SignatureDoesNotMatch": (
        403,
        "The request signature we calculated does not match the signature you provided.",
    ),
    "SlowDown": (503, "Please reduce your request rate."),
    "TemporaryRedirect": (307, "Please re-send this request to the specified temporary endpoint."),
    "Throttling": (400, "Rate exceeded"),
    "ThrottlingException": (400, "Rate exceeded"),
    "TooManyRequests": (429, "Please reduce your request rate."),
    # Not a code of today: one that a reporter cannot know.
    "UnheardOf": (409, "The report was refused for a reason that is new."),
    "XAmzContentSHA256Mismatch": (400, "'x-amz-content-sha256' is not what was computed."),
}

ERRORS: Mapping[str, ErrorCode] = {code: ErrorCode(*found) for code, found in _DOCUMENTED.items()}
"""The errors, by their codes."""

_CODE_AND_MESSAGE = re.compile("<Code>(.*?)</Code>.*?<Message>(.*?)</Message>", re.DOTALL)

REQUEST_ID = "4442587FB7D0A2F9"
"""The id of every request that the suite answers in the place of S3."""

THROTTLING = frozenset(
    {
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequests",
    }
)
"""The error codes that ask a client to be slower (interpretation 2)."""

_ABOUT_TOKENS = frozenset({"ExpiredToken", "InvalidToken"})


def said_in(answer: str) -> str:
    """The code and the message of an error document, in a line; of other text, all words."""
    found = _CODE_AND_MESSAGE.search(answer)
    said = f"{found[1]}: {found[2]}" if found else answer
    return " ".join(said.split())


def error_document(code: str, resource: str, token: str = "") -> bytes:
    """S3's XML document for an error of a request on a resource, a raw path.

    S3 repeats a session token that it refuses.
    """
    refused = f"<Token-0>{escape(token)}</Token-0>" if token and code in _ABOUT_TOKENS else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{escape(ERRORS[code].message)}</Message>{refused}"
        f"<Resource>{escape(resource)}</Resource><RequestId>{REQUEST_ID}</RequestId></Error>"
    ).encode(errors="replace")
