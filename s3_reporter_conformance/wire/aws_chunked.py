"""The content encoding aws-chunked: bodies signed piece by piece, or followed by a checksum.

Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload
in Multiple Chunks".
"""

from dataclasses import dataclass

PREFIX = "STREAMING-"
"""How `x-amz-content-sha256` begins where a body is encoded so."""

_SIGNATURE = "chunk-signature="
_TRAILER_SIGNATURE = "x-amz-trailer-signature"


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
        complete: Whether it ends as it must.
    """

    chunks: tuple[Chunk, ...]
    trailer: tuple[tuple[str, str], ...]
    trailer_signature: str
    complete: bool

    @property
    def payload(self) -> bytes:
        """What the body is about."""
        return b"".join(chunk.data for chunk in self.chunks)


def decode(body: bytes) -> ChunkedBody:
    """Take a body apart, as far as it can be."""
    chunks: list[Chunk] = []
    offset = 0
    while (end := body.find(b"\r\n", offset)) >= 0:
        size, signature = _chunk_head(body[offset:end])
        if size is None:
            break
        data = body[end + 2 : end + 2 + size]
        chunks.append(Chunk(data, signature))
        offset = end + 2 + size
        if size == 0:
            trailer = _trailer(body[offset:])
            trailer_signature = trailer.pop(_TRAILER_SIGNATURE, "")
            return ChunkedBody(tuple(chunks), tuple(trailer.items()), trailer_signature, True)
        if len(data) < size or body[offset : offset + 2] != b"\r\n":
            break
        offset += 2
    return ChunkedBody(tuple(chunks), (), "", complete=False)


def _chunk_head(line: bytes) -> tuple[int | None, str]:
    """The size of a piece, or `None` if the line tells none, and its signature."""
    size, _, extension = line.decode("latin-1").partition(";")
    try:
        return int(size, 16), extension.strip().removeprefix(_SIGNATURE)
    except ValueError:
        return None, ""


def _trailer(text: bytes) -> dict[str, str]:
    fields = (line.partition(":") for line in text.decode("latin-1").splitlines() if line.strip())
    return {name.strip().lower(): value.strip() for name, _, value in fields}
