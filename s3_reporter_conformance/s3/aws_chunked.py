"""The content encoding aws-chunked: bodies signed piece by piece, or followed by a checksum.

Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload
in Multiple Chunks".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEAD = re.compile(rb"([0-9A-Fa-f]{1,16})(?:;chunk-signature=([^\r\n]*)|;[^\r\n]*)?\r\n")
_SHOWN = 40


@dataclass(frozen=True)
class Chunk:
    """A piece of the payload, the last one empty, and its signature; empty if it has none."""

    data: bytes
    signature: str


@dataclass
class ChunkedBody:
    """A body taken apart.

    Attributes:
        chunks: The pieces, with the empty one at the end.
        trailer: The names, in lower case, and values that follow the pieces.
        trailer_signature: The signature of the trailer; empty if it has none.
        flaw: How its framing is broken; empty if it is not.
    """

    chunks: list[Chunk] = field(default_factory=list)
    trailer: Mapping[str, str] = field(default_factory=dict)
    trailer_signature: str = ""
    flaw: str = ""

    @property
    def payload(self) -> bytes:
        """The content of all pieces."""
        return b"".join(chunk.data for chunk in self.chunks)


def decode(body: bytes) -> ChunkedBody:
    """Take a body apart, as far as it can be."""
    found = ChunkedBody()
    offset, size = 0, -1
    while size != 0:
        number = len(found.chunks) + 1
        head = _HEAD.match(body, offset)
        if head is None:
            begin = body[offset : offset + _SHOWN].decode("latin-1")
            found.flaw = f"chunk {number} begins with {begin!r}, which is no size of a chunk"
            return found
        size, offset = int(head[1], 16), head.end() + int(head[1], 16)
        found.chunks.append(Chunk(body[head.end() : offset], (head[2] or b"").decode("latin-1")))
        if size and body[offset : offset + 2] != b"\r\n":
            found.flaw = f"chunk {number} does not end after the {size} bytes announced"
            return found
        offset += 2 if size else 0
    rest = body[offset:]
    if rest != b"\r\n" and not rest.endswith(b"\n\r\n"):
        found.flaw = "no empty line ends it"
    lines = (line.partition(":") for line in rest.decode("latin-1").split("\n") if line.strip())
    trailer = {name.strip().lower(): value.strip() for name, _, value in lines}
    found.trailer_signature = trailer.pop("x-amz-trailer-signature", "")
    found.trailer = trailer
    return found
