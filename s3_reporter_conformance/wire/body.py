"""Reading the body of a request, which may end before it should."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BufferedIOBase

from .refusal import Aspect, Refusal


@dataclass(frozen=True)
class Body:
    """What came of a body.

    Attributes:
        content: What was sent, without the framing of `Transfer-Encoding: chunked`.
        refusal: Why S3 would not take it; `None` if it is whole.
    """

    content: bytes
    refusal: Refusal | None = None


def read_body(stream: BufferedIOBase, headers: Mapping[str, str]) -> Body:
    """Read a request's body.

    Args:
        stream: What follows the request's head; a read that takes too long raises `TimeoutError`.
        headers: The headers, by lower-case name.
    """
    content = bytearray()
    try:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            whole = _read_chunks(stream, content)
            announced = "a last chunk"
        else:
            length = headers.get("content-length", "0")
            if not length.isdecimal():
                finding = f"Content-Length is {length!r}, which is no number"
                return Body(b"", Refusal.of(Aspect.LENGTH, "BadRequest", finding))
            whole = _read(stream, int(length), content)
            announced = f"{length} bytes, as Content-Length says"
    except TimeoutError:
        finding = f"the body stalled after {len(content)} bytes"
        return Body(bytes(content), Refusal.of(Aspect.LENGTH, "RequestTimeout", finding))
    except ConnectionError:
        whole, announced = False, "all of it"
    if whole:
        return Body(bytes(content))
    finding = f"the body ended after {len(content)} bytes, before {announced}"
    return Body(bytes(content), Refusal.of(Aspect.LENGTH, "IncompleteBody", finding))


def _read(stream: BufferedIOBase, length: int, content: bytearray) -> bool:
    """Read so many bytes, and tell whether they came."""
    left = length
    while left and (piece := stream.read1(min(left, 65536))):
        content += piece
        left -= len(piece)
    return not left


def _read_chunks(stream: BufferedIOBase, content: bytearray) -> bool:
    """Take `Transfer-Encoding: chunked` apart (RFC 9112 §7.1), and tell whether it was whole."""
    while line := stream.readline():
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            return False
        if size == 0:
            # Trailer fields are dropped: AWS's own travel inside the aws-chunked body.
            while stream.readline().strip():
                continue
            return True
        if not _read(stream, size, content):
            return False
        stream.readline()
    return False
