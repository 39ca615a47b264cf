"""Mistakes in a body that is encoded as aws-chunked are told."""

import pytest
from signed import LARGE, SIGNED_CHUNKS, SIGNED_TRAILER, TRAILER, chunked, refusal, replaced

from s3_reporter_conformance.wire.aws_chunked import decode
from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.refusal import Aspect


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b"", "there is no last chunk, of size 0: it ends after chunk 0"),
        (b"4\r\nbody\r\n", "there is no last chunk, of size 0: it ends after chunk 1"),
        (b"four\r\nbody", "chunk 1 begins with 'four', which is no size of a chunk"),
        (b"0x4\r\nbody", "chunk 1 begins with '0x4', which is no size of a chunk"),
        (
            b"4\nbody\n0\n\n",
            "chunk 1 begins with '4\\nbody\\n0\\n\\n', which is no size of a chunk",
        ),
        (b"5\r\nbody", "chunk 1 announces 5 bytes, and 4 follow"),
        (b"3\r\nbody\r\n0\r\n\r\n", "chunk 1 does not end after the 3 bytes announced"),
        (b"4\r\nbody\r\n0", "chunk 2 begins with '0', which is no size of a chunk"),
        (b"4\r\nbody\r\n0\r\n", "no empty line ends it"),
        (b"4\r\nbody\r\n0\r\nx-amz-checksum-crc32:a\r\n", "no empty line ends it"),
        (b"4\r\nbody\r\n0\r\n\r\n", ""),
        (b"4;chunk-signature=a\r\nbody\r\n0;chunk-signature=b\r\n\r\n", ""),
        # As a client that people use ends the lines of a trailer.
        (b"4\r\nbody\r\n0\r\nx-amz-checksum-crc32:a\n\r\n\r\n", ""),
    ],
)
def test_a_broken_frame_is_told(body: bytes, flaw: str) -> None:
    assert decode(body).flaw == flaw


SIGNED = chunked(LARGE, SIGNED_TRAILER, TRAILER)
MISSING = {
    "of a chunk": (
        replaced(chunked(LARGE, SIGNED_CHUNKS), b"\r\n0;chunk-signature=", b"\r\n0;"),
        Aspect.SIGNATURE,
        "chunk 5 has no signature",
    ),
    "of the trailer": (
        replaced(SIGNED, b"x-amz-trailer-signature:", b"x-amz-checksum-sha1:"),
        Aspect.SIGNATURE,
        "the trailer has no signature",
    ),
    "with a broken frame": (
        replaced(chunked(LARGE, SIGNED_CHUNKS), b"\r\n0;", b"\r\nnought;"),
        Aspect.LENGTH,
        "the body, encoded as aws-chunked, is broken: chunk 5 begins with 'nought;chunk-signature=",
    ),
}


@pytest.mark.parametrize(("request_", "aspect", "words"), MISSING.values(), ids=MISSING.keys())
def test_a_missing_signature_is_told(request_: Exchange, aspect: Aspect, words: str) -> None:
    found = refusal(request_)
    assert found
    assert (found.response.code, found.aspect) == ("IncompleteBody", aspect)
    assert words in found.finding
