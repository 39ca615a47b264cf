"""S3 takes what it would take, and refuses all else for its own reason."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from signed import (
    CONTENT,
    EXPIRED,
    LARGE,
    NOW,
    PATH,
    PERMANENT,
    SIGNED_CHUNKS,
    SIGNED_TRAILER,
    TEMPORARY,
    TRAILER,
    UNSIGNED_TRAILER,
    chunked,
    declaring,
    presigned,
    refusal,
    replaced,
    signed,
    with_headers,
)

from s3_reporter_conformance.s3.checksums import ALGORITHMS, checksum
from s3_reporter_conformance.s3.error_codes import error_document
from s3_reporter_conformance.wire.exchange import Exchange

SSE = "x-amz-server-side-encryption"
ALGORITHM = "x-amz-sdk-checksum-algorithm"
PIECES = chunked(LARGE, SIGNED_CHUNKS)
TRAILED = chunked(LARGE, UNSIGNED_TRAILER, TRAILER)
KMS_KEY = f"{SSE}-aws-kms-key-id"


class Doubled(S3SigV4Auth):
    _normalize_url_path = SigV4Auth._normalize_url_path  # type: ignore[attr-defined] # noqa: SLF001 -- the usual slip


class HostWithoutPort(S3SigV4Auth):
    def canonical_headers(self, headers_to_sign: Any) -> str:
        return super().canonical_headers(headers_to_sign).replace(":4566", "")


class TrimsSpaces(S3SigV4Auth):
    def _header_value(self, value: str) -> str:
        return value.strip(" ")


# The bytes of these letters in UTF-8 end with spaces of Latin-1: U+00A0, and U+0085.
AS_LATIN_1 = "Åà".encode().decode("latin-1")


def authorized(old: str, new: str) -> Exchange:
    """A request whose authorization was changed."""
    given = signed().header["authorization"]
    assert old in given
    return with_headers(signed(), authorization=given.replace(old, new))


RIGHT = {
    "in the header": signed(),
    "of a query": signed("/reports/a?tagging=&x-id=Put%20Object"),
    "without a payload": signed(method="HEAD", path="/reports", content=b""),
    "with a payload that is not signed": signed(signer=declaring("UNSIGNED-PAYLOAD")),
    "with a session token": signed(credentials=TEMPORARY),
    # S3 takes it for empty.
    "of a header that is not sent": with_headers(signed(headers={"Range": ""}), range=None),
    "of a header in Latin-1": signed(headers={"x-amz-meta-project": "über"}),
    "of a header with spaces": signed(headers={"x-amz-meta-project": " a \t b "}),
    "of a header that ends with a space of Latin-1": signed(
        headers={"x-amz-meta-project": AS_LATIN_1}, signer=TrimsSpaces
    ),
    "in a URL": presigned(),
    "of a virtual host": signed("/a%20b", headers={"Host": "reports.localhost:4566"}),
    "in pieces": PIECES,
    "in pieces, with a trailer": chunked(LARGE, SIGNED_TRAILER, TRAILER),
    "in pieces that are not signed": TRAILED,
    "in pieces that are not signed, without a trailer": chunked(LARGE, UNSIGNED_TRAILER),
    # As a client that people use ends the lines of a trailer.
    "in pieces, with a line feed": replaced(TRAILED, b"==\r\n\r\n", b"==\n\r\n\r\n"),
    "in pieces, without Content-Length": with_headers(
        TRAILED, content_length=None, transfer_encoding="chunked"
    ),
    "of another service": signed("/", method="POST", service="sts"),
    "that another service needs none of": with_headers(
        signed("/", method="POST"), authorization=None
    ),
    "of HEAD where an ETag does not match": signed(
        method="HEAD", content=b"", headers={"If-None-Match": '"abc"'}
    ),
}
RIGHT_HEADERS: tuple[dict[str, str], ...] = (
    # To S3, unlike to some other services, an empty token is none.
    {"x-amz-security-token": ""},
    {"Content-MD5": checksum("md5", CONTENT)},
    *({ALGORITHM: name, f"x-amz-checksum-{name}": checksum(name, CONTENT)} for name in ALGORITHMS),
    {SSE: "AES256"},
    {SSE: "aws:kms", KMS_KEY: "alias/a"},
    {"x-amz-acl": "bucket-owner-full-control", "x-amz-storage-class": "GLACIER_IR"},
    {"x-amz-tagging": "tool=ash&empty="},
    {"x-amz-meta-a": "v" * 1024, "x-amz-meta-b": "v" * 1022},
    {"If-None-Match": "*"},
    {"If-Match": '"abc"'},
)


@pytest.mark.parametrize("request_", RIGHT.values(), ids=RIGHT.keys())
def test_what_s3_takes_is_taken(request_: Exchange) -> None:
    assert refusal(request_) is None


@pytest.mark.parametrize("headers", RIGHT_HEADERS, ids=str)
def test_headers_that_s3_takes_are_taken(headers: dict[str, str]) -> None:
    assert refusal(signed(headers=headers)) is None


def with_signature(value: str) -> Exchange:
    head = signed().header["authorization"].rpartition("Signature=")[0]
    return with_headers(signed(), authorization=f"{head}Signature={value}")


TODAY = NOW.strftime("%Y%m%d")
OTHER_SECRET = replace(PERMANENT, secret_access_key="wrong")
SWAPPED = replace(TEMPORARY, access_key_id="AKIAPERMANENT", session_token="")
NOT_THIS = (
    "SignatureDoesNotMatch: .*: it is signed with another key, or for another request, such as one "
    "with `./` in its path; S3's"
)
WRONG: tuple[tuple[Exchange, str], ...] = (
    # Signatures.
    (with_headers(signed(), authorization=None), "AccessDenied: it has no signature at all"),
    (with_headers(signed(), authorization="AWS A:b="), "InvalidRequest: .* not of version 4"),
    (
        with_headers(presigned(), authorization="AWS4-HMAC-SHA256"),
        "InvalidArgument: it is signed in the header and in the URL",
    ),
    (authorized("SignedHeaders", "Signed"), "AuthorizationHeaderMalformed: .* no SignedHeaders"),
    (authorized("/s3/", "/"), "AuthorizationHeaderMalformed: the Credential of its signature"),
    (authorized(TODAY, "20200101"), "AuthorizationHeaderMalformed: the date .* is '20200101'"),
    (signed(service="s3-outposts"), "AuthorizationHeaderMalformed: the service .* 's3-outposts'"),
    (with_headers(signed(), x_amz_date=None), "AccessDenied: `x-amz-date` is missing"),
    (
        replace(presigned(), target=presigned().target.replace("=3600", "=604801")),
        "AuthorizationQueryParametersError: .* more than a week",
    ),
    (authorized("AKIAPERM", "AKIASTR"), "InvalidAccessKeyId: its access key id is none of those"),
    (authorized("=host;", "=Host;"), "SignatureDoesNotMatch: .* not in lower case and sorted"),
    (authorized("=host;", "="), "AccessDenied: `host` is not signed"),
    (with_headers(signed(), x_amz_acl="private"), "AccessDenied: `x-amz-acl` is not signed"),
    (with_headers(signed(), x_amz_content_sha256=None), "InvalidRequest: .* is missing"),
    (with_signature("0" * 64), "SignatureDoesNotMatch: .* the digit 0 throughout"),
    (signed(signer=Doubled), f"SignatureDoesNotMatch: .* encoded twice; S3's .*PUT.n{PATH}"),
    (signed(signer=HostWithoutPort), "SignatureDoesNotMatch: .* signed without its port"),
    (
        with_headers(signed(headers={"x-amz-meta-project": "Åà"}), x_amz_meta_project=AS_LATIN_1),
        "SignatureDoesNotMatch: .* `x-amz-meta-project` was signed in UTF-8, and S3 reads Latin-1",
    ),
    (signed(credentials=SWAPPED), "SignatureDoesNotMatch: .* secret key of other credentials"),
    (signed(credentials=OTHER_SECRET), NOT_THIS),
    (replace(signed(), target="/reports/other.json"), NOT_THIS),
    (replaced(PIECES, b"\x00\x01\x02", b"\x00"), "IncompleteBody: .* chunk 1 does not end"),
    (replaced(PIECES, b"\x00\x01", b"\x00\x00"), "SignatureDoesNotMatch: .* of chunk 1 is not"),
    (
        replaced(chunked(LARGE, SIGNED_TRAILER, TRAILER), b"r-signature:", b"r-signature:0"),
        "SignatureDoesNotMatch: the signature of the trailer",
    ),
    (chunked(LARGE, SIGNED_CHUNKS, size=8191), "InvalidChunkSizeError: chunk 1 has 8191 bytes"),
    # Session tokens.
    (signed(credentials=TEMPORARY, token=""), "InvalidAccessKeyId: .* is not sent"),
    (signed(credentials=TEMPORARY, token="other"), "InvalidToken: .* is not that of the"),
    (signed(token="surplus"), "InvalidToken: .* with credentials that have none"),
    (signed(credentials=EXPIRED), "ExpiredToken: the session token has expired"),
    (
        with_headers(signed(credentials=TEMPORARY, token=""), x_amz_security_token="token+/="),
        "AccessDenied: `x-amz-security-token` is not signed",
    ),
    # Digests, and trailers.
    (
        signed(signer=declaring(hashlib.sha256().hexdigest())),
        "XAmzContentSHA256Mismatch: .* which has 13 bytes",
    ),
    (replace(signed(), body=b"other"), "XAmzContentSHA256Mismatch: .* which has 5 bytes"),
    (presigned("/reports/a?x-amz-checksum-crc32=AAAAAA%3D%3D"), "BadDigest: .*crc32` is AAAAAA=="),
    (chunked(LARGE, UNSIGNED_TRAILER, f"{TRAILER[:21]}AAAAAA=="), "BadDigest: .*AAAAAA=="),
    (replaced(TRAILED, TRAILER.encode() + b"\r\n", b""), "MalformedTrailerError: .* not come"),
    (
        replaced(
            chunked(LARGE, UNSIGNED_TRAILER), b"\r\n0\r\n", f"\r\n0\r\n{TRAILER}\r\n".encode()
        ),
        "MalformedTrailerError: .* does not announce it",
    ),
    # Lengths.
    (with_headers(TRAILED, transfer_encoding="chunked"), "NotImplemented: .* beside"),
    (with_headers(signed(), content_length=None), "MissingContentLength: Content-Length is"),
    (
        with_headers(signed(), content_length=None, transfer_encoding="chunked"),
        "NotImplemented: .* a stream whose length they do not know",
    ),
    (with_headers(TRAILED, x_amz_decoded_content_length=None), "MissingContentLength: x-amz-dec"),
    (with_headers(TRAILED, x_amz_decoded_content_length="9"), "IncompleteBody: .* 25600 bytes"),
    (replaced(TRAILED, b"==\r\n\r\n", b"==\r\n"), "IncompleteBody: .* no empty line ends it"),
    (replaced(PIECES, b"\r\n0;", b"\r\nno;"), "IncompleteBody: .* chunk 5 begins with 'no;"),
    # The key, and how the object is stored.
    (signed(f"/reports/{'k' * 1025}"), "KeyTooLongError: the key has 1025 bytes"),
    (signed("/reports/a?x-amz-acl=owner"), "InvalidArgument: `x-amz-acl` is 'owner'"),
    (
        signed("/reports/a?uploadId=1", method="POST", headers={"If-None-Match": '"abc"'}),
        "NotImplemented: `If-None-Match`",
    ),
)
WRONG_HEADERS: tuple[tuple[dict[str, str], str], ...] = (
    ({"Content-MD5": "XrY7u+Ae7tCTyyK7j1rNww=="}, "BadDigest: `Content-MD5`"),
    ({"Content-MD5": "5eb63bbbe01e"}, "InvalidDigest: .* no md5 in Base64"),
    ({"x-amz-checksum-sha256": "abc"}, "InvalidRequest: .* no sha256 in Base64"),
    ({"x-amz-checksum-crc32": "", "x-amz-checksum-sha1": ""}, "InvalidRequest: .* several"),
    ({ALGORITHM: "CRC32"}, "InvalidRequest: .* is CRC32, and there is no checksum"),
    ({ALGORITHM: "CRC32", "x-amz-checksum-sha1": ""}, "InvalidRequest: .* checksum is sha1"),
    *(({f"x-amz-checksum-{n}": checksum(n, b"")}, f"BadDigest: .*-{n}` is") for n in ALGORITHMS),
    ({SSE: "aes256"}, "InvalidArgument: .* is 'aes256'"),
    ({KMS_KEY: "alias/a"}, "InvalidArgument: .* without `x-amz-server-side-encryption: aws:kms`"),
    ({"x-amz-storage-class": "COLD"}, "InvalidStorageClass: .* is 'COLD'"),
    ({"x-amz-meta-a": "v" * 2048}, "MetadataTooLarge: .* has 2049 bytes"),
    ({"If-None-Match": '"abc"'}, "NotImplemented: .* is '\"abc\"'"),
)


@pytest.mark.parametrize(
    ("request_", "words"),
    [*WRONG, *((signed(headers=headers), words) for headers, words in WRONG_HEADERS)],
    ids=[words for _, words in (*WRONG, *WRONG_HEADERS)],
)
def test_what_s3_refuses_is_refused(request_: Exchange, words: str) -> None:
    found = refusal(request_)
    assert found
    assert re.search(words, str(found), re.DOTALL)
    assert not any(c.secret_access_key in found.finding for c in (PERMANENT, TEMPORARY, EXPIRED))
    document = error_document(found.code, "/", "a token").decode()
    assert f"<Code>{found.code}</Code>" in document
    assert ("<Token-0>a token<" in document) is found.code.endswith("Token")


@pytest.mark.parametrize(
    ("request_", "seconds", "expected"),
    [
        (signed(), 850, None),
        (signed(), -1000, "RequestTimeTooSkewed"),
        (signed(), 1000, "RequestTimeTooSkewed"),
        (presigned(), 3500, None),
        (presigned(), 3700, "AccessDenied"),
        (presigned(), -1000, "AccessDenied"),
    ],
)
def test_a_signature_holds_for_its_time(
    request_: Exchange, seconds: int, expected: str | None
) -> None:
    found = refusal(request_, NOW + timedelta(seconds=seconds))
    assert (found.code if found else None) == expected


def test_a_checksum_is_that_of_the_standard() -> None:
    # The check values that the catalogue of CRCs has for "123456789".
    expected = {"crc32": "cbf43926", "crc32c": "e3069283", "crc64nvme": "ae8b14860a799888"}
    for algorithm, hexadecimal in expected.items():
        assert base64.b64decode(checksum(algorithm, b"123456789")).hex() == hexadecimal
