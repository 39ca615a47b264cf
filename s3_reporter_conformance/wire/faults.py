"""The faults that the wire injects, one per PutObject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

# HTTP status and message of each error code: Amazon S3 API Reference, "Error responses", and for
# the codes that S3 itself does not document, AWS's "Common errors".
_ERRORS = {
    "SlowDown": (503, "Please reduce your request rate."),
    "ServiceUnavailable": (503, "Service is unable to handle request."),
    "Throttling": (400, "Rate exceeded"),
    "ThrottlingException": (400, "Rate exceeded"),
    "TooManyRequests": (429, "Please reduce your request rate."),
    "RequestLimitExceeded": (503, "Request limit exceeded."),
    "AccessDenied": (403, "Access Denied"),
    "NoSuchBucket": (404, "The specified bucket does not exist"),
    "InternalError": (500, "We encountered an internal error. Please try again."),
    "RequestTimeout": (400, "Your socket connection to the server was not read from in time."),
    "InvalidRequest": (400, "The request is not valid."),
    "EntityTooLarge": (400, "Your proposed upload exceeds the maximum allowed size"),
    "MethodNotAllowed": (405, "The specified method is not allowed against this resource."),
    "InvalidAccessKeyId": (
        403,
        "The AWS Access Key Id you provided does not exist in our records.",
    ),
    "SignatureDoesNotMatch": (
        403,
        "The request signature we calculated does not match the signature you provided.",
    ),
    "AuthorizationHeaderMalformed": (400, "The authorization header you provided is not valid."),
    "AuthorizationQueryParametersError": (
        400,
        "The authorization query parameters that you provided are not valid.",
    ),
    "BadDigest": (
        400,
        "The Content-MD5 or checksum value that you specified did not match what we received.",
    ),
    "BadRequest": (400, "An error occurred when parsing the HTTP request."),
    "ExpiredToken": (400, "The provided token has expired."),
    "IncompleteBody": (
        400,
        "You did not provide the number of bytes specified by the Content-Length HTTP header.",
    ),
    "InvalidArgument": (400, "Invalid Argument"),
    "InvalidChunkSizeError": (
        403,
        "Only the last chunk is allowed to have a size less than 8192 bytes",
    ),
    "InvalidDigest": (400, "The Content-MD5 you specified was invalid."),
    "InvalidStorageClass": (400, "The storage class you specified is not valid"),
    "InvalidTag": (400, "The tag provided was not a valid tag."),
    "InvalidToken": (400, "The provided token is malformed or otherwise invalid."),
    "KeyTooLongError": (400, "Your key is too long"),
    "MalformedTrailerError": (
        400,
        (
            "The request contained trailing data that was not well-formed or did not conform to "
            "our published schema."
        ),
    ),
    "MetadataTooLarge": (400, "Your metadata headers exceed the maximum allowed metadata size"),
    "MissingContentLength": (411, "You must provide the Content-Length HTTP header."),
    "NotImplemented": (
        501,
        "A header you provided implies functionality that is not implemented.",
    ),
    "PermanentRedirect": (
        301,
        "The bucket you are attempting to access must be addressed using the specified endpoint.",
    ),
    "RequestTimeTooSkewed": (
        403,
        "The difference between the request time and the server's time is too large.",
    ),
    "TemporaryRedirect": (
        307,
        (
            "Please re-send this request to the specified temporary endpoint. Continue to use the "
            "original request endpoint for future requests."
        ),
    ),
    "XAmzContentSHA256Mismatch": (
        400,
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
}

ERROR_CODES = tuple(_ERRORS)
"""The error codes that can be injected."""

INJECTED = "injected: "
"""How a fault in words begins."""

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


@dataclass(frozen=True)
class ErrorResponse:
    """S3 responds with an error; the backend never receives the request.

    Attributes:
        code: S3's error code.
        status: The HTTP status.
        message: The message in the body of the error.
        details: Further elements of the body, by name.
    """

    code: str
    status: int
    message: str
    details: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls, code: str, message: str = "", details: Mapping[str, str] | None = None
    ) -> "ErrorResponse":
        """Return the response that S3 documents for an error code.

        Args:
            code: The code.
            message: The message, where it is not always the same for the code.
            details: Further elements of the error's body.

        Raises:
            KeyError: The code is not in the table.
        """
        status, usual = _ERRORS[code]
        return cls(code, status, message or usual, tuple((details or {}).items()))

    def body(self, resource: str) -> bytes:
        """S3's XML error document for a request on a resource, a raw path."""
        details = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in self.details)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{escape(self.code)}</Code><Message>{escape(self.message)}</Message>"
            f"{details}<Resource>{escape(resource)}</Resource>"
            "<RequestId>4442587FB7D0A2F9</RequestId></Error>"
        ).encode(errors="replace")

    def __str__(self) -> str:
        """The fault in words."""
        return f"{INJECTED}{self.code}"


@dataclass(frozen=True)
class ForeignResponse:
    """Something in front of S3, such as a proxy, responds with an error that is not S3's.

    Attributes:
        status: The HTTP status.
        body: The body; empty for none.
        content_type: What it says that the body is.
    """

    status: int
    body: bytes
    content_type: str = "text/html"

    def __str__(self) -> str:
        """The fault in words."""
        return (
            f"{INJECTED}{self.status} with {'a body that is not of S3' if self.body else 'no body'}"
        )


@dataclass(frozen=True)
class GarbledResponse:
    """What comes instead of a response is not HTTP, and the connection ends.

    Attributes:
        sent: What comes.
    """

    sent: bytes

    def __str__(self) -> str:
        """The fault in words."""
        return f"{INJECTED}a response that is not HTTP"


@dataclass(frozen=True)
class DroppedConnection:
    """The connection drops before a response.

    Attributes:
        reached_s3: Whether the backend receives the request first.
    """

    reached_s3: bool

    def __str__(self) -> str:
        """The fault in words."""
        when = "after" if self.reached_s3 else "before"
        return f"{INJECTED}connection dropped {when} S3 received the request"


@dataclass(frozen=True)
class DelayedResponse:
    """The response is late.

    Attributes:
        seconds: The delay.
    """

    seconds: float

    def __str__(self) -> str:
        """The fault in words."""
        return f"{INJECTED}response delayed by {self.seconds:g} s"


@dataclass(frozen=True)
class SideEffect:
    """Something changes in S3 just before it receives the request.

    Attributes:
        happens: Makes the change.
        what: The change, in words.
    """

    happens: Callable[[], None]
    what: str

    def __str__(self) -> str:
        """The fault in words."""
        return f"meanwhile: {self.what}"


Fault = (
    ErrorResponse
    | ForeignResponse
    | GarbledResponse
    | DroppedConnection
    | DelayedResponse
    | SideEffect
)
