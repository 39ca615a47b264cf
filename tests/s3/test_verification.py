"""S3 takes what it would take, and refuses all else for its own reason."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from signed import (
    ALGORITHMS,
    CONTENT,
    EXPIRED,
    LARGE,
    PATH,
    PERMANENT,
    SIGNED_CHUNKS,
    SIGNED_TRAILER,
    TEMPORARY,
    TRAILER,
    UNSIGNED_TRAILER,
    chunked,
    code,
    presigned,
    refusal,
    replaced,
    signed,
    with_headers,
)

from s3_reporter_conformance.s3.aws_chunked import decode
from s3_reporter_conformance.s3.checksums import checksum
from s3_reporter_conformance.s3.error_codes import error_document
from s3_reporter_conformance.wire.exchange import Exchange

MD5 = base64.b64encode(hashlib.md5(CONTENT, usedforsecurity=False).digest()).decode()
SSE = "x-amz-server-side-encryption"
KMS_KEY = f"{SSE}-aws-kms-key-id"
TAGS = [f"key{number}=value" for number in range(11)]


class Unsigned(S3SigV4Auth):
    def payload(self, _request: Any) -> str:
        return "UNSIGNED-PAYLOAD"


class SomethingElse(S3SigV4Auth):
    def payload(self, _request: Any) -> str:
        return hashlib.sha256(b"something else").hexdigest()


class Doubled(S3SigV4Auth):
    _normalize_url_path = SigV4Auth._normalize_url_path  # type: ignore[attr-defined] # noqa: SLF001 -- the usual slip


class Plain(S3SigV4Auth):
    def _normalize_url_path(self, _path: str) -> str:
        return "/reports/my scans/a+b=1/é.json"


class HostLeftOut(S3SigV4Auth):
    def headers_to_sign(self, request: Any) -> Any:
        headers = super().headers_to_sign(request)
        del headers["host"]
        return headers


class HostWithoutPort(S3SigV4Auth):
    def canonical_headers(self, headers_to_sign: Any) -> str:
        return super().canonical_headers(headers_to_sign).replace(":4566", "")


class Unsorted(S3SigV4Auth):
    def signed_headers(self, headers_to_sign: Any) -> str:
        return ";".join(reversed(super().signed_headers(headers_to_sign).split(";")))


class Earlier(S3SigV4Auth):
    def _modify_request_before_signing(self, request: Any) -> None:
        day = datetime.strptime(request.context["timestamp"], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007
        request.context["timestamp"] = (day - timedelta(minutes=60)).strftime("%Y%m%dT%H%M%SZ")
        super()._modify_request_before_signing(request)  # type: ignore[misc] # not in the types


def authorized(old: str, new: str) -> Exchange:
    """A request whose authorization was changed."""
    given = signed().header["authorization"]
    assert old in given
    return with_headers(signed(), authorization=given.replace(old, new))


def retargeted(old: str, new: str, request: Exchange) -> Exchange:
    assert re.search(old, request.target)
    return replace(request, target=re.sub(old, new, request.target))


def reordered(request: Exchange) -> Exchange:
    parts = request.header["authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(", ")
    return with_headers(request, authorization=f"AWS4-HMAC-SHA256 {', '.join(parts[::-1])}")


RIGHT = {
    "in the header": signed(),
    "of an encoded path": signed(f"/reports/{quote(' +=é~!*()')}"),
    # S3 encodes what it gets, so that a client may leave to the URL what a URL allows.
    "of a path sent as it is": replace(signed("/reports/a%2Bb%3A1%40"), target="/reports/a+b:1@"),
    "of a query": signed("/reports/a?tagging=&x-id=Put%20Object"),
    "without a payload": signed(method="HEAD", path="/reports", content=b""),
    "with a payload that is not signed": signed(signer=Unsigned),
    "with a session token": signed(credentials=TEMPORARY),
    # To S3, unlike to some other services, an empty token is none.
    "with an empty session token": signed(headers={"x-amz-security-token": ""}),
    # S3 takes it for empty.
    "of a header that is not sent": with_headers(
        signed(headers={"Expires": "", "Range": ""}), expires=None, range=None
    ),
    "of a header in UTF-8": with_headers(
        signed(headers={"x-amz-meta-project": "über"}),
        x_amz_meta_project="über".encode().decode("latin-1"),
    ),
    "without a space between its parts": authorized(", ", ","),
    "with much space between its parts": authorized(", ", ",   "),
    "in another order": reordered(signed()),
    "in a URL": presigned(),
    "in a URL, with a session token": presigned(credentials=TEMPORARY),
    "in a URL, of a signed header": presigned(headers={"Content-Type": "application/json"}),
    "of a virtual host": signed("/a%20b", headers={"Host": "reports.localhost:4566"}),
    "with a Content-MD5": signed(headers={"Content-MD5": MD5}),
    "in pieces": chunked(LARGE, SIGNED_CHUNKS),
    "in pieces, with a trailer": chunked(LARGE, SIGNED_TRAILER, TRAILER),
    "in pieces that are not signed": chunked(LARGE, UNSIGNED_TRAILER, TRAILER),
    "in pieces that are not signed, without a trailer": chunked(LARGE, UNSIGNED_TRAILER),
    "in pieces, without Content-Length": with_headers(
        chunked(LARGE, UNSIGNED_TRAILER, TRAILER), content_length=None, transfer_encoding="chunked"
    ),
    **{
        f"with the checksum {name}": signed(
            headers={
                "x-amz-sdk-checksum-algorithm": name,
                f"x-amz-checksum-{name}": checksum(name, CONTENT),
            }
        )
        for name in ALGORITHMS
    },
    "of another service": signed("/", method="POST", service="sts"),
    "that another service needs none of": with_headers(
        signed("/", method="POST"), authorization=None
    ),
    **{
        f"with {SSE}: {value}": signed(headers={SSE: value}) for value in ("AES256", "aws:kms:dsse")
    },
    "with a key of KMS": signed(headers={SSE: "aws:kms", KMS_KEY: "alias/a"}),
    "with an ACL": signed(headers={"x-amz-acl": "bucket-owner-full-control"}),
    "with an ACL in the URL": signed("/reports/a?x-amz-acl=private"),
    "with a storage class": signed(headers={"x-amz-storage-class": "GLACIER_IR"}),
    "with ten tags": signed(headers={"x-amz-tagging": "&".join(TAGS[:10])}),
    "with long tags": signed(
        headers={"x-amz-tagging": f"{quote('é' * 128)}={quote('é' * 256)}&empty="}
    ),
    "with metadata of 2 KB": signed(
        headers={"x-amz-meta-a": "v" * 1024, "x-amz-meta-b": "v" * 1022}
    ),
    "where no object is": signed(headers={"If-None-Match": "*"}),
    "where an ETag matches": signed(headers={"If-Match": '"abc"'}),
    "of HEAD where an ETag does not match": signed(
        method="HEAD", content=b"", headers={"If-None-Match": '"abc"'}
    ),
}


@pytest.mark.parametrize("request_", RIGHT.values(), ids=RIGHT.keys())
def test_what_s3_takes_is_taken(request_: Exchange) -> None:
    assert refusal(request_) is None


def of_noughts(request: Exchange) -> Exchange:
    head = request.header["authorization"].rpartition("Signature=")[0]
    return with_headers(request, authorization=f"{head}Signature={64 * '0'}")


TODAY = datetime.now(timezone.utc).strftime("%Y%m%d")
MALFORMED = "AuthorizationHeaderMalformed"
MISMATCH = "SignatureDoesNotMatch"
NOT_THIS = "another key, or for another request; S3's canonical request is 'PUT\\n/reports/"
PIECES = chunked(LARGE, SIGNED_CHUNKS)
TRAILED = chunked(LARGE, UNSIGNED_TRAILER, TRAILER)
OTHER_SECRET = replace(PERMANENT, secret_access_key="wrong")
SWAPPED = replace(TEMPORARY, access_key_id="AKIAPERMANENT", session_token="")
WRONG = (
    (with_headers(signed(), authorization=None), "AccessDenied", "no signature at all"),
    (with_headers(signed(), authorization="AWS A:b="), "InvalidRequest", "not of version 4"),
    (
        with_headers(signed("/b/k?AWSAccessKeyId=a&Signature=b"), authorization=None),
        "InvalidRequest",
        "not of version 4",
    ),
    (
        with_headers(presigned(), authorization=signed().header["authorization"]),
        "InvalidArgument",
        "in the header and in the URL",
    ),
    (authorized("SignedHeaders", "Signed"), MALFORMED, "has no SignedHeaders"),
    (authorized("/s3/", "/"), MALFORMED, "the Credential of its signature is not"),
    (authorized(TODAY, "20200101"), MALFORMED, "the date of its credential scope is '20200101'"),
    (signed(service="s3-outposts"), MALFORMED, "the service of its credential scope is"),
    (with_headers(signed(), x_amz_date=None), "AccessDenied", "`x-amz-date` is missing"),
    (with_headers(signed(), x_amz_date="2026-01-15"), "AccessDenied", "is '2026-01-15', not like"),
    (
        with_headers(signed(), x_amz_date=None, date="today"),
        "AccessDenied",
        "`date` is no date of HTTP",
    ),
    (
        retargeted("X-Amz-Date=[^&]*", "X-Amz-Date=now", presigned()),
        "AuthorizationQueryParametersError",
        "X-Amz-Date is 'now'",
    ),
    (
        retargeted("X-Amz-Expires=3600", "x=1", presigned()),
        "AuthorizationQueryParametersError",
        "X-Amz-Expires is ''",
    ),
    (retargeted("=3600", "=604801", presigned()), "AuthorizationQueryParametersError", "a week"),
    (signed(signer=Earlier), "RequestTimeTooSkewed", "60 minutes behind"),
    (authorized("AKIAPERM", "AKIASTR"), "InvalidAccessKeyId", "none of those that the reporter"),
    (signed(signer=HostLeftOut), "AccessDenied", "`host` is not signed"),
    (with_headers(signed(), x_amz_acl="private"), "AccessDenied", "`x-amz-acl` is not signed"),
    (with_headers(signed(), x_amz_content_sha256=None), "InvalidRequest", "sha256` is missing"),
    (authorized("SignedHeaders=host", "SignedHeaders=Host"), MISMATCH, "not in lower case"),
    (signed(signer=Unsorted), MISMATCH, "sorted"),
    (of_noughts(signed()), MISMATCH, "it is the digit 0 throughout, and was never computed"),
    (of_noughts(signed("/", method="GET", content=b"")), MISMATCH, "never computed"),
    (
        signed(signer=Doubled),
        MISMATCH,
        f"path was encoded twice; S3's canonical request is 'PUT\\n{PATH}",
    ),
    (signed(signer=Plain), MISMATCH, "the path was not encoded"),
    (signed(signer=HostWithoutPort), MISMATCH, "`host` was signed without its port"),
    (signed(credentials=SWAPPED), MISMATCH, "the secret key of other credentials"),
    (signed(credentials=OTHER_SECRET), MISMATCH, NOT_THIS),
    (replace(signed(), target="/reports/other.json"), MISMATCH, NOT_THIS),
    (replace(signed(), method="POST"), MISMATCH, "another key, or for another request"),
    (retargeted("=3600", "=3601", presigned()), MISMATCH, NOT_THIS),
    (replaced(PIECES, b"\x00\x01\x02", b"\x00\x01\x03"), MISMATCH, "the signature of chunk 1"),
    (
        replaced(PIECES, b"\r\n0;chunk-signature=", b"\r\n0;chunk-signature=0"),
        MISMATCH,
        "the signature of chunk 5",
    ),
    (
        replaced(
            chunked(LARGE, SIGNED_TRAILER, TRAILER),
            b"x-amz-trailer-signature:",
            b"x-amz-trailer-signature:0",
        ),
        MISMATCH,
        "the signature of the trailer",
    ),
    (chunked(LARGE, SIGNED_CHUNKS, size=8191), "InvalidChunkSizeError", "chunk 1 has 8191 bytes"),
    # Session tokens.
    (
        signed(credentials=TEMPORARY, token="", headers={"x-amz-security-token": ""}),
        "InvalidAccessKeyId",
        "session token of its credentials is not sent",
    ),
    (signed(credentials=TEMPORARY, token=""), "InvalidAccessKeyId", "is not sent"),
    (presigned(credentials=TEMPORARY, token=""), "InvalidAccessKeyId", "is not sent"),
    (signed(credentials=TEMPORARY, token="other"), "InvalidToken", "not that of the credentials"),
    (signed(token="surplus"), "InvalidToken", "credentials that have none"),
    (signed(credentials=EXPIRED), "ExpiredToken", "has expired"),
    (
        with_headers(signed(credentials=TEMPORARY, token=""), x_amz_security_token="token+/="),
        "AccessDenied",
        "`x-amz-security-token` is not signed",
    ),
    # Digests.
    (signed(signer=SomethingElse), "XAmzContentSHA256Mismatch", "of the body, which has 13 bytes"),
    (replace(signed(), body=b"other"), "XAmzContentSHA256Mismatch", "which has 5 bytes"),
    (signed(headers={"Content-MD5": "XrY7u+Ae7tCTyyK7j1rNww=="}), "BadDigest", "Content-MD5"),
    (signed(headers={"Content-MD5": "5eb63bbbe01e"}), "InvalidDigest", "no md5 in Base64"),
    (signed(headers={"x-amz-checksum-sha256": "abc"}), "InvalidRequest", "no sha256 in Base64"),
    (
        signed(headers={f"x-amz-checksum-{n}": checksum(n, CONTENT) for n in ("crc32", "sha1")}),
        "InvalidRequest",
        "several checksums: crc32, sha1",
    ),
    (
        signed(headers={"x-amz-sdk-checksum-algorithm": "CRC32"}),
        "InvalidRequest",
        "is CRC32, and there is no checksum",
    ),
    (
        signed(
            headers={
                "x-amz-sdk-checksum-algorithm": "CRC32",
                "x-amz-checksum-sha1": checksum("sha1", CONTENT),
            }
        ),
        "InvalidRequest",
        "is CRC32, and the checksum is sha1",
    ),
    (presigned("/reports/a?x-amz-checksum-crc32=AAAAAA%3D%3D"), "BadDigest", "is AAAAAA=="),
    *(
        (
            signed(headers={f"x-amz-checksum-{name}": checksum(name, b"something else")}),
            "BadDigest",
            f"`x-amz-checksum-{name}` is",
        )
        for name in ALGORITHMS
    ),
    # Trailers.
    (chunked(LARGE, UNSIGNED_TRAILER, f"{TRAILER[:21]}AAAAAA=="), "BadDigest", "AAAAAA=="),
    (
        replaced(TRAILED, TRAILER.encode() + b"\r\n", b""),
        "MalformedTrailerError",
        "crc32` is announced as a trailer, and does not come",
    ),
    (
        replaced(
            chunked(LARGE, UNSIGNED_TRAILER), b"\r\n0\r\n", f"\r\n0\r\n{TRAILER}\r\n".encode()
        ),
        "MalformedTrailerError",
        "crc32` comes as a trailer, and `x-amz-trailer` does not announce it",
    ),
    (replaced(TRAILED, b"crc32:", b"crc32c:"), "MalformedTrailerError", "crc32` is announced"),
    # Lengths.
    (with_headers(signed(), transfer_encoding="chunked"), "NotImplemented", "beside"),
    (with_headers(TRAILED, transfer_encoding="chunked"), "NotImplemented", "beside"),
    (with_headers(signed(), content_length=None), "MissingContentLength", "Content-Length"),
    (
        with_headers(signed(), content_length=None, transfer_encoding="chunked"),
        "NotImplemented",
        "a stream whose length they do not know",
    ),
    (
        with_headers(TRAILED, x_amz_decoded_content_length=None),
        "MissingContentLength",
        "x-amz-decoded-content-length is missing",
    ),
    (
        with_headers(TRAILED, x_amz_decoded_content_length="9"),
        "IncompleteBody",
        "is 9, and the body holds 25600 bytes",
    ),
    (replaced(PIECES, b"\r\n0;", b"\r\nno;"), "IncompleteBody", "chunk 5 begins with 'no;"),
    # Keys, and how objects are stored.
    (signed(f"/reports/{'k' * 1025}"), "KeyTooLongError", "1025 bytes"),
    (signed(headers={SSE: "aes256"}), "InvalidArgument", "'aes256'"),
    (signed(headers={SSE: ""}), "InvalidArgument", "''"),
    (signed(headers={KMS_KEY: "alias/a"}), "InvalidArgument", "without"),
    (signed(headers={SSE: "AES256", KMS_KEY: "alias/a"}), "InvalidArgument", "without"),
    (signed(headers={"x-amz-acl": "owner"}), "InvalidArgument", "'owner'"),
    (signed("/reports/a?x-amz-acl=owner"), "InvalidArgument", "'owner'"),
    (
        signed("/reports/a?uploads", method="POST", headers={"x-amz-acl": "owner"}),
        "InvalidArgument",
        "'owner'",
    ),
    (signed(headers={"x-amz-storage-class": "COLD"}), "InvalidStorageClass", "'COLD'"),
    (signed(headers={"x-amz-tagging": "a=1&b=2&a=3"}), "InvalidArgument", "'a' twice"),
    (signed(headers={"x-amz-tagging": "&".join(TAGS)}), "BadRequest", "11 tags"),
    (signed(headers={"x-amz-tagging": f"{'k' * 129}=v"}), "InvalidTag", "too long"),
    (signed(headers={"x-amz-tagging": f"k={'v' * 257}"}), "InvalidTag", "too long"),
    (signed(headers={"x-amz-meta-a": "v" * 2048}), "MetadataTooLarge", "2049 bytes"),
    (signed(headers={"If-None-Match": '"abc"'}), "NotImplemented", "abc"),
    (
        signed("/reports/a?uploadId=1", method="POST", headers={"If-None-Match": '"abc"'}),
        "NotImplemented",
        "abc",
    ),
)


@pytest.mark.parametrize(
    ("request_", "expected", "words"), WRONG, ids=[f"{code}: {words}" for _, code, words in WRONG]
)
def test_what_s3_refuses_is_refused(request_: Exchange, expected: str, words: str) -> None:
    found = refusal(request_)
    assert found
    assert found.code == expected
    assert words in found.finding
    assert not any(c.secret_access_key in found.finding for c in (PERMANENT, TEMPORARY, EXPIRED))
    document = error_document(found.code, request_.target)
    assert f"<Code>{expected}</Code>".encode() in document


def test_the_clock_may_be_a_quarter_of_an_hour_off() -> None:
    now = datetime.now(timezone.utc)
    for minutes in (-14, 14):
        assert code(signed(), now + timedelta(minutes=minutes)) is None
    for minutes in (-16, 16):
        assert code(signed(), now + timedelta(minutes=minutes)) == "RequestTimeTooSkewed"


def test_a_url_holds_for_its_time() -> None:
    now = datetime.now(timezone.utc)
    assert code(presigned(), now + timedelta(seconds=3500)) is None
    assert code(presigned(), now + timedelta(seconds=3700)) == "AccessDenied"
    assert code(presigned(), now - timedelta(minutes=20)) == "AccessDenied"


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


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b"", "chunk 1 begins with '', which is no size of a chunk"),
        (b"4\r\nbody\r\n", "chunk 2 begins with '', which is no size of a chunk"),
        (b"0x4\r\nbody", "chunk 1 begins with '0x4\\r\\nbody', which is no size of a chunk"),
        (b"5\r\nbody", "chunk 1 does not end after the 5 bytes announced"),
        (b"3\r\nbody\r\n0\r\n\r\n", "chunk 1 does not end after the 3 bytes announced"),
        (b"4\r\nbody\r\n0\r\n", "no empty line ends it"),
        (b"4\r\nbody\r\n0\r\nx-amz-checksum-crc32:a\r\n", "no empty line ends it"),
        (b"4;chunk-signature=a\r\nbody\r\n0;chunk-signature=b\r\n\r\n", ""),
        # As a client that people use ends the lines of a trailer.
        (b"4\r\nbody\r\n0\r\nx-amz-checksum-crc32:a\n\r\n\r\n", ""),
    ],
)
def test_a_broken_frame_is_told(body: bytes, flaw: str) -> None:
    assert decode(body).flaw == flaw
