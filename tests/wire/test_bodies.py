"""The wire refuses a body whose digest or length S3 refuses, for S3's reason."""

import base64
import hashlib
from dataclasses import replace
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth
from signed import (
    ALGORITHMS,
    CONTENT,
    LARGE,
    TRAILER,
    UNSIGNED_TRAILER,
    chunked,
    presigned,
    refusal,
    replaced,
    signed,
    with_headers,
)

from s3_reporter_conformance.wire.checksums import checksum
from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.refusal import Aspect


class SomethingElse(S3SigV4Auth):
    def payload(self, _request: Any) -> str:
        return hashlib.sha256(b"something else").hexdigest()


WRONG = base64.b64encode(hashlib.sha256(b"").digest()).decode()
DIGESTS = {
    "the SHA-256 of something else": (signed(signer=SomethingElse), "XAmzContentSHA256Mismatch"),
    "a body changed on its way": (replace(signed(), body=b"other"), "XAmzContentSHA256Mismatch"),
    "the MD5 of something else": (
        signed(headers={"Content-MD5": "XrY7u+Ae7tCTyyK7j1rNww=="}),
        "BadDigest",
    ),
    "an MD5 in hexadecimal": (
        signed(headers={"Content-MD5": hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()}),
        "InvalidDigest",
    ),
    "a checksum that is none": (
        signed(headers={"x-amz-checksum-sha256": "abc"}),
        "InvalidRequest",
    ),
    "two checksums": (
        signed(
            headers={f"x-amz-checksum-{n}": checksum(n, CONTENT) for n in ("crc32", "sha1")},
        ),
        "InvalidRequest",
    ),
    "a checksum that is announced and not sent": (
        signed(headers={"x-amz-sdk-checksum-algorithm": "CRC32"}),
        "InvalidRequest",
    ),
    "a trailer of something else": (
        chunked(LARGE, UNSIGNED_TRAILER, "x-amz-checksum-crc32:AAAAAA=="),
        "BadDigest",
    ),
    "a trailer that does not come": (
        replaced(chunked(LARGE, UNSIGNED_TRAILER, TRAILER), TRAILER.encode() + b"\r\n", b""),
        "MalformedTrailerError",
    ),
    "a trailer that is not announced": (
        replaced(
            chunked(LARGE, UNSIGNED_TRAILER), b"\r\n0\r\n", f"\r\n0\r\n{TRAILER}\r\n".encode()
        ),
        "MalformedTrailerError",
    ),
    "a trailer other than the one announced": (
        replaced(chunked(LARGE, UNSIGNED_TRAILER, TRAILER), b"crc32:", b"crc32c:"),
        "MalformedTrailerError",
    ),
    "a checksum of another algorithm": (
        signed(
            headers={
                "x-amz-sdk-checksum-algorithm": "CRC32",
                "x-amz-checksum-sha1": checksum("sha1", CONTENT),
            }
        ),
        "InvalidRequest",
    ),
    "a checksum of nothing in a URL": (
        presigned("/reports/a?x-amz-checksum-crc32=AAAAAA%3D%3D"),
        "BadDigest",
    ),
    **{
        f"the {name} of something else": (
            signed(headers={f"x-amz-checksum-{name}": checksum(name, b"something else")}),
            "BadDigest",
        )
        for name in ALGORITHMS
    },
}


@pytest.mark.parametrize(("request_", "expected"), DIGESTS.values(), ids=DIGESTS.keys())
def test_a_wrong_digest_is_refused(request_: Exchange, expected: str) -> None:
    found = refusal(request_)
    assert found
    assert (found.response.code, found.aspect) == (expected, Aspect.DIGEST)


LENGTHS = {
    "beside that of a stream": (
        with_headers(signed(), transfer_encoding="chunked"),
        "NotImplemented",
    ),
    "beside that of pieces": (
        with_headers(chunked(LARGE, UNSIGNED_TRAILER, TRAILER), transfer_encoding="chunked"),
        "NotImplemented",
    ),
    "none": (with_headers(signed(), content_length=None), "MissingContentLength"),
    "that of a stream": (
        with_headers(signed(), content_length=None, transfer_encoding="chunked"),
        "NotImplemented",
    ),
    "none of the payload": (
        with_headers(chunked(LARGE, UNSIGNED_TRAILER, TRAILER), x_amz_decoded_content_length=None),
        "MissingContentLength",
    ),
    "another than the payload's": (
        with_headers(chunked(LARGE, UNSIGNED_TRAILER, TRAILER), x_amz_decoded_content_length="9"),
        "IncompleteBody",
    ),
}


@pytest.mark.parametrize(("request_", "expected"), LENGTHS.values(), ids=LENGTHS.keys())
def test_a_wrong_length_is_refused(request_: Exchange, expected: str) -> None:
    found = refusal(request_)
    assert found
    assert (found.response.code, found.aspect) == (expected, Aspect.LENGTH)


@pytest.mark.parametrize(
    ("algorithm", "hexadecimal"),
    [
        # The check values that the catalogue of CRCs has for "123456789".
        ("crc32", "cbf43926"),
        ("crc32c", "e3069283"),
        ("crc64nvme", "ae8b14860a799888"),
    ],
)
def test_a_checksum_is_that_of_the_standard(algorithm: str, hexadecimal: str) -> None:
    assert base64.b64decode(checksum(algorithm, b"123456789")).hex() == hexadecimal
