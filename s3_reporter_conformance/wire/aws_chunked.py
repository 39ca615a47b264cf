"""The content encoding aws-chunked: bodies signed piece by piece, or followed by a checksum.

Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload
in Multiple Chunks".
"""

import re
from dataclasses import dataclass

PREFIX = "STREAMING-"
"""How `x-amz-content-sha256` begins where a body is encoded so."""

_SIGNATURE = "chunk-signature="
_TRAILER_SIGNATURE = "x-amz-trailer-signature"
_SIZE = re.compile(r"[0-9A-Fa-f]+")
# How much of a chunk's head is shown where it is wrong.
_MOST_SHOWN = 40


@dataclass(frozen=True)
class Chunk:
    """A piece of the payload.

    Attributes:
        data: What is in it; nothing in the last one.
        signature: Its signature; empty if it has none.
    """

    data: bytes
    signature: str


@dataclass(frozen=True)
class ChunkedBody:
    """A body taken apart.

    Attributes:
        chunks: The pieces, with the empty one at the end.
        trailer: The names, in lower case, and values that follow the pieces.
        trailer_signature: The signature of the trailer; empty if it has none.
        flaw: How its framing is broken; empty if it is not.
    """

    chunks: tuple[Chunk, ...]
    trailer: tuple[tuple[str, str], ...]
    trailer_signature: str
    flaw: str = ""

    @property
    def payload(self) -> bytes:
        """What the body is about."""
        return b"".join(chunk.data for chunk in self.chunks)


def decode(body: bytes) -> ChunkedBody:
    """Take a body apart, as far as it can be."""
    chunks: list[Chunk] = []
    offset = 0
    while True:
        number = len(chunks) + 1
        end = body.find(b"\r\n", offset)
        size, signature = _chunk_head(body[offset : max(end, offset)])
        if size is None:
            return _broken(chunks, _wrong_head(number, body[offset:][:_MOST_SHOWN]))
        data = body[end + 2 : end + 2 + size]
        chunks.append(Chunk(data, signature))
        offset = end + 2 + size
        if size == 0:
            return _ended(chunks, body[offset:])
        if len(data) < size:
            return _broken(chunks, f"chunk {number} announces {size} bytes, and {len(data)} follow")
        if body[offset : offset + 2] != b"\r\n":
            return _broken(chunks, f"chunk {number} does not end after the {size} bytes announced")
        offset += 2


def _chunk_head(line: bytes) -> tuple[int | None, str]:
    """The size of a piece, or `None` if the line tells none, and its signature."""
    size, _, extension = line.decode("latin-1").partition(";")
    if not _SIZE.fullmatch(size.strip()):
        return None, ""
    _, _, signature = extension.partition(_SIGNATURE)
    return int(size, 16), signature.strip()


def _wrong_head(number: int, begin: bytes) -> str:
    if not begin:
        return f"there is no last chunk, of size 0: it ends after chunk {number - 1}"
    line = begin.decode("latin-1").partition("\r\n")[0]
    return f"chunk {number} begins with {line!r}, which is no size of a chunk"


def _broken(chunks: list[Chunk], flaw: str) -> ChunkedBody:
    return ChunkedBody(tuple(chunks), (), "", flaw)


def _ended(chunks: list[Chunk], rest: bytes) -> ChunkedBody:
    """What follows the last chunk: the trailer, if there is one, and an empty line."""
    trailer = _trailer(rest)
    signature = trailer.pop(_TRAILER_SIGNATURE, "")
    whole = rest == b"\r\n" or rest.endswith(b"\n\r\n")
    flaw = "" if whole else "no empty line ends it"
    return ChunkedBody(tuple(chunks), tuple(trailer.items()), signature, flaw)


def _trailer(text: bytes) -> dict[str, str]:
    fields = (line.partition(":") for line in text.decode("latin-1").splitlines() if line.strip())
    return {name.strip().lower(): value.strip() for name, _, value in fields}
