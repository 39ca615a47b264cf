"""Reading the body of a request, which may end before it should."""

import string
from dataclasses import dataclass, replace
from io import BufferedReader
from socket import socket

from .exchange import Exchange
from .refusal import Aspect, Refusal

_HEXADECIMAL = string.hexdigits.encode()
# S3 takes 5 GB at once; the results of a scan are never that large, and the suite keeps them.
_MOST = 128 * 1024 * 1024
# The longest line between two chunks, in bytes, and the longest number of bytes, in digits.
_LONGEST_LINE = 4096
_LONGEST_LENGTH = 18


class _TooLargeError(Exception):
    """The body is larger than the suite takes."""


@dataclass(frozen=True)
class Body:
    """What came of a body.

    Attributes:
        content: What was sent, without the framing of `Transfer-Encoding: chunked`.
        refusal: Why S3 would not take it; `None` if it is whole.
    """

    content: bytes
    refusal: Refusal | None = None


def read_body(stream: BufferedReader, head: Exchange) -> Body:
    """Read a request's body.

    Args:
        stream: What follows the request's head; a read that takes too long raises `TimeoutError`.
        head: The request's head.
    """
    lengths = dict.fromkeys(
        length.strip()
        for name, value in head.headers
        if name.lower() == "content-length"
        for length in value.split(",")
    )
    if len(lengths) > 1:
        return _refused(b"", "BadRequest", f"Content-Length is sent twice: {', '.join(lengths)}")
    length = next(iter(lengths), "0")
    if not length.isdecimal() or len(length) > _LONGEST_LENGTH:
        return _refused(b"", "BadRequest", f"Content-Length is {length!r}, which is no number")
    announced = f"the {length} bytes that Content-Length announces"
    content = bytearray()
    try:
        chunked = "chunked" in head.header.get("transfer-encoding", "").lower()
        # Where both are announced, clients send either.
        if chunked and (not lengths or _begins_with_size(stream)):
            announced = "a last chunk"
            whole = _begins_with_size(stream) and _read_chunks(stream, content)
        else:
            whole = _read(stream, int(length), content)
    except _TooLargeError:
        finding = f"the body is larger than {_MOST >> 20} MB, the most that this suite takes"
        return _refused(b"", "EntityTooLarge", finding)
    except TimeoutError:
        finding = f"the body stalled after {len(content)} bytes, before {announced}"
        return _refused(content, "RequestTimeout", finding)
    except ConnectionError:
        whole = False
    if whole:
        return Body(bytes(content))
    finding = f"the body ended after {len(content)} bytes, before {announced}"
    return _refused(content, "IncompleteBody", finding)


def more_follows(stream: BufferedReader, connection: socket) -> bool:
    """Whether more has come than a request announced."""
    seconds = connection.gettimeout()
    connection.settimeout(0)
    try:
        return bool(stream.peek())
    except OSError:
        return False
    finally:
        connection.settimeout(seconds)


def blame_length(refusal: Refusal, request: Exchange) -> Refusal:
    """Blame the length for a digest that is wrong because more was sent than it announces.

    Args:
        refusal: Why S3 would refuse the request.
        request: A request that is followed by more.
    """
    length = request.header.get("content-length")
    if refusal.aspect is not Aspect.DIGEST or length is None:
        return refusal
    finding = f"Content-Length announces {length} bytes, and more were sent"
    return replace(refusal, aspect=Aspect.LENGTH, finding=finding)


def _refused(content: bytes | bytearray, code: str, finding: str) -> Body:
    return Body(bytes(content), Refusal.of(Aspect.LENGTH, code, finding))


def _begins_with_size(stream: BufferedReader) -> bool:
    begin = stream.peek()[:1]
    return bool(begin) and begin in _HEXADECIMAL


def _read(stream: BufferedReader, length: int, content: bytearray) -> bool:
    """Read so many bytes, and tell whether they came."""
    if len(content) + length > _MOST:
        raise _TooLargeError
    left = length
    while left and (piece := stream.read1(min(left, 65536))):
        content += piece
        left -= len(piece)
    return not left


def _read_chunks(stream: BufferedReader, content: bytearray) -> bool:
    """Take `Transfer-Encoding: chunked` apart (RFC 9112 §7.1), and tell whether it was whole."""
    while line := stream.readline(_LONGEST_LINE):
        digits = line.partition(b";")[0].strip()
        # `int` would also take a sign, and more.
        if not digits or digits.strip(_HEXADECIMAL):
            return False
        size = int(digits, 16)
        if size == 0:
            # Trailer fields are dropped: AWS's own travel inside the aws-chunked body.
            while (line := stream.readline(_LONGEST_LINE)).strip():
                continue
            return line.endswith(b"\n")
        if not _read(stream, size, content):
            return False
        stream.readline(_LONGEST_LINE)
    return False
