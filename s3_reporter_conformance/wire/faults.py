"""The faults that the wire injects, one per PutObject."""

from dataclasses import dataclass

INJECTED = "injected: "
"""The beginning of a fault in words."""


@dataclass(frozen=True)
class ErrorResponse:
    """S3 responds with an error, given by its code."""

    code: str

    def __str__(self) -> str:
        return f"{INJECTED}{self.code}"


@dataclass(frozen=True)
class ForeignResponse:
    """Something in front of S3, such as a proxy, responds with an error that is not S3's."""

    status: int
    body: bytes
    content_type: str = "text/html"

    def __str__(self) -> str:
        what = "a body that is not of S3" if self.body else "no body"
        return f"{INJECTED}{self.status} with {what}"


@dataclass(frozen=True)
class GarbledResponse:
    """Some bytes that are not HTTP come instead of a response, and the connection ends."""

    sent: bytes

    def __str__(self) -> str:
        return f"{INJECTED}a response that is not HTTP"


@dataclass(frozen=True)
class Silence:
    """S3 says nothing, or no more than the beginning of an answer; or stops reading the body."""

    said: bytes = b""
    is_deaf: bool = False

    def __str__(self) -> str:
        where = " while the body is sent" if self.is_deaf else ""
        return f"{INJECTED}{'half of an answer, then ' if self.said else ''}silence{where}"


@dataclass(frozen=True)
class DroppedConnection:
    """The connection drops before a response, and before or after S3 received the request."""

    reached_s3: bool

    def __str__(self) -> str:
        when = "after" if self.reached_s3 else "before"
        return f"{INJECTED}connection dropped {when} S3 received the request"


Fault = ErrorResponse | ForeignResponse | GarbledResponse | Silence | DroppedConnection
