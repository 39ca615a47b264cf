"""Reading a request: its first line, and its body, which may end before it should."""

import re
import string
from collections.abc import Iterable, Mapping
from io import BufferedReader

from ..s3.refusal import Refusal

_ABSOLUTE = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_HEXADECIMAL = string.hexdigits.encode()
# S3 takes 5 GB at once; the results of a scan are never that large, and the suite keeps them.
_MOST = 128 * 1024 * 1024
_LONGEST_LINE = 4096


class _TooLargeError(Exception):
    """The body is larger than the suite takes."""


def origin_form(
    target: str, headers: Iterable[tuple[str, str]]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Take the host out of a request's target, if it is there (RFC 9112, section 3.2.2).

    Returns:
        The path and query, and the headers with the host that counts.
    """
    absolute = _ABSOLUTE.fullmatch(target)
    if not absolute:
        return target, tuple(headers)
    host, rest = absolute[1], absolute[2]
    return rest if rest.startswith("/") else f"/{rest}", tuple(
        (name, host if name.lower() == "host" else value) for name, value in headers
    )


def read_body(stream: BufferedReader, header: Mapping[str, str]) -> tuple[bytes, Refusal | None]:
    """Read a request's body, which follows the headers, by lower-case name.

    Returns:
        The content without the framing of `Transfer-Encoding: chunked`, and why S3 would not take
        it.
    """
    length = header.get("content-length", "0")
    if not re.fullmatch("[0-9]{1,18}", length):
        return b"", Refusal("BadRequest", f"Content-Length is {length!r}, which is no number")
    announced = f"the {length} bytes that Content-Length announces"
    content = bytearray()
    try:
        chunked = "chunked" in header.get("transfer-encoding", "").lower()
        # Where both are announced, clients send either.
        if chunked and ("content-length" not in header or _begins_with_size(stream)):
            announced = "a last chunk"
            is_whole = _begins_with_size(stream) and _read_chunks(stream, content)
        else:
            is_whole = _read(stream, int(length), content)
    except _TooLargeError:
        finding = f"the body is larger than {_MOST >> 20} MB, the most that this suite takes"
        return b"", Refusal("EntityTooLarge", finding)
    except TimeoutError:
        finding = f"the body stalled after {len(content)} bytes, before {announced}"
        return bytes(content), Refusal("RequestTimeout", finding)
    except ConnectionError:
        is_whole = False
    finding = f"the body ended after {len(content)} bytes, before {announced}"
    return bytes(content), None if is_whole else Refusal("IncompleteBody", finding)


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
