"""The wire refuses what S3 refuses, for S3's reason, and nothing else."""

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

from s3_reporter_conformance.wire.checksums import checksum
from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.refusal import Aspect

DOUBLED = PATH.replace("%", "%25")
MD5 = base64.b64encode(hashlib.md5(CONTENT, usedforsecurity=False).digest()).decode()


class Unsigned(S3SigV4Auth):
    def payload(self, _request: Any) -> str:
        return "UNSIGNED-PAYLOAD"


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


class SaysItSignedTheType(S3SigV4Auth):
    def canonical_request(self, request: Any) -> str:
        lines = super().canonical_request(request).split("\n")
        kept = [line for line in lines if not line.startswith("content-type:")]
        return "\n".join(line.replace("content-type;", "") for line in kept)


class Unsorted(S3SigV4Auth):
    def signed_headers(self, headers_to_sign: Any) -> str:
        return ";".join(reversed(super().signed_headers(headers_to_sign).split(";")))


class SignedAsPost(S3SigV4Auth):
    def canonical_request(self, request: Any) -> str:
        return super().canonical_request(request).replace("PUT", "POST")


class Earlier(S3SigV4Auth):
    def _modify_request_before_signing(self, request: Any) -> None:
        day = datetime.strptime(request.context["timestamp"], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007
        request.context["timestamp"] = (day - timedelta(minutes=60)).strftime("%Y%m%dT%H%M%SZ")
        super()._modify_request_before_signing(request)  # type: ignore[misc] # not in the types


def authorized(old: str, new: str, request: Exchange | None = None) -> Exchange:
    request = request or signed()
    assert old in request.header["authorization"]
    return with_headers(request, authorization=request.header["authorization"].replace(old, new))


def reordered(request: Exchange) -> Exchange:
    parts = request.header["authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(", ")
    return with_headers(request, authorization=f"AWS4-HMAC-SHA256 {', '.join(parts[::-1])}")


WITHOUT_TOKEN = replace(TEMPORARY, session_token="")
VIRTUAL = {"Host": "reports.localhost:4566"}
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
    "of a virtual host": signed("/a%20b", headers=VIRTUAL),
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
}


@pytest.mark.parametrize("request_", RIGHT.values(), ids=RIGHT.keys())
def test_what_s3_takes_is_taken(request_: Exchange) -> None:
    assert refusal(request_) is None


def of_noughts(request: Exchange) -> Exchange:
    head = request.header["authorization"].rpartition("Signature=")[0]
    return with_headers(request, authorization=f"{head}Signature={64 * '0'}")


TODAY = datetime.now(timezone.utc).strftime("%Y%m%d")
SIGNATURES = {
    "none": (
        with_headers(signed(), authorization=None),
        "AccessDenied",
        "it has no signature at all",
    ),
    "of a list of buckets": (
        of_noughts(signed("/", method="GET", content=b"")),
        "SignatureDoesNotMatch",
        "it is the digit 0 throughout, and was never computed",
    ),
    "of version 2": (
        with_headers(signed(), authorization="AWS AKIAPERMANENT:abc="),
        "InvalidRequest",
        "not of version 4",
    ),
    "of version 2, in the URL": (
        with_headers(signed("/b/k?AWSAccessKeyId=a&Signature=b&Expires=1"), authorization=None),
        "InvalidRequest",
        "not of version 4",
    ),
    "twice": (
        with_headers(presigned(), authorization=signed().header["authorization"]),
        "InvalidArgument",
        "in the header and in the URL",
    ),
    "cut short": (
        with_headers(signed(), authorization="AWS4-HMAC-SHA256 Credential=a/b"),
        "AuthorizationHeaderMalformed",
        "it has no SignedHeaders",
    ),
    "of half a scope": (
        authorized("/s3/", "/"),
        "AuthorizationHeaderMalformed",
        "its Credential is not",
    ),
    "for another day": (
        authorized(TODAY, "20200101"),
        "AuthorizationHeaderMalformed",
        "the date of its credential scope is '20200101'",
    ),
    "for another service": (
        signed(service="execute-api"),
        "AuthorizationHeaderMalformed",
        "the service of its credential scope is 'execute-api'",
    ),
    "without a date": (
        with_headers(signed(), x_amz_date=None),
        "AccessDenied",
        "`x-amz-date` is missing",
    ),
    "with a date of another form": (
        with_headers(signed(), x_amz_date="2026-01-15T10:30:00Z"),
        "AccessDenied",
        "`x-amz-date` is '2026-01-15T10:30:00Z', not like 20260115T103000Z",
    ),
    "with a date that is no date of HTTP": (
        with_headers(signed(), x_amz_date=None, date="today"),
        "AccessDenied",
        "`date` is no date of HTTP",
    ),
    "with a date of another form, in the URL": (
        replace(
            presigned(), target=re.sub("X-Amz-Date=[^&]*", "X-Amz-Date=now", presigned().target)
        ),
        "AuthorizationQueryParametersError",
        "X-Amz-Date is 'now'",
    ),
    "of yesterday, for today": (
        with_headers(signed(), x_amz_date="20200101T103000Z"),
        "RequestTimeTooSkewed",
        "minutes behind",
    ),
    "of headers in upper case": (
        authorized("SignedHeaders=host", "SignedHeaders=Host"),
        "SignatureDoesNotMatch",
        "the signed headers are not in lower case: Host;x-amz-content-sha256;x-amz-date",
    ),
    "of a URL to which a session token was added": (
        replace(
            presigned(credentials=WITHOUT_TOKEN),
            target=f"{presigned(credentials=WITHOUT_TOKEN).target}&X-Amz-Security-Token=token%2B%2F%3D",
        ),
        "SignatureDoesNotMatch",
        "the session token was added to the URL after it was signed",
    ),
    "an hour ago": (signed(signer=Earlier), "RequestTimeTooSkewed", "minutes behind"),
    "with an unknown key": (
        authorized("AKIAPERMANENT", "AKIASTRANGER"),
        "InvalidAccessKeyId",
        "none of those that the reporter was given",
    ),
    "without the host": (signed(signer=HostLeftOut), "AccessDenied", "`host` is not signed"),
    "without a header of AWS's": (
        with_headers(signed(), x_amz_acl="private"),
        "AccessDenied",
        "`x-amz-acl` is not signed",
    ),
    "without the digest": (
        with_headers(signed(), x_amz_content_sha256=None),
        "InvalidRequest",
        "`x-amz-content-sha256` is missing",
    ),
    "of headers that are not sorted": (
        signed(signer=Unsorted),
        "SignatureDoesNotMatch",
        "not sorted",
    ),
    "of noughts": (
        of_noughts(signed()),
        "SignatureDoesNotMatch",
        "it is the digit 0 throughout, and was never computed",
    ),
    "of a path encoded twice": (
        signed(signer=Doubled),
        "SignatureDoesNotMatch",
        f"S3's canonical request is {PATH!r}, the signed one {DOUBLED!r}",
    ),
    "of a path that is not encoded": (
        signed(signer=Plain),
        "SignatureDoesNotMatch",
        f"canonical request is {PATH!r}, the signed one '/reports/my scans/a+b=1/é.json'",
    ),
    "of the host without its port": (
        signed(signer=HostWithoutPort),
        "SignatureDoesNotMatch",
        "`host` was signed without its port",
    ),
    "of a header that is not signed": (
        signed(signer=SaysItSignedTheType, headers={"Content-Type": "text/plain"}),
        "SignatureDoesNotMatch",
        "`content-type` is said to be signed, and was not",
    ),
    "for another method": (
        signed(signer=SignedAsPost),
        "SignatureDoesNotMatch",
        "it is signed for the method POST",
    ),
    "with the key of another profile": (
        signed(credentials=replace(TEMPORARY, access_key_id="AKIAPERMANENT", session_token="")),
        "SignatureDoesNotMatch",
        "the secret key of other credentials",
    ),
    "with a key that nobody has": (
        signed(credentials=replace(PERMANENT, secret_access_key="wrong")),
        "SignatureDoesNotMatch",
        "it is signed with another key, or for another request",
    ),
    "of another path": (
        replace(signed(), target="/reports/other.json"),
        "SignatureDoesNotMatch",
        "it is signed with another key, or for another request",
    ),
    "of a path that was normalized": (
        replace(signed("/reports/./a//b.json"), target="/reports/a//b.json"),
        "SignatureDoesNotMatch",
        "the path was signed with `/./`, which the HTTP client took out",
    ),
    "of a path with two slashes that became one": (
        replace(signed("/reports/a//b.json"), target="/reports/a/b.json"),
        "SignatureDoesNotMatch",
        "the path was signed with `//`, which the HTTP client took out",
    ),
    "of a URL that was changed": (
        replace(presigned(), target=presigned().target.replace("=3600", "=3601")),
        "SignatureDoesNotMatch",
        "another key, or for another request",
    ),
    "of a URL without an end": (
        replace(presigned(), target=presigned().target.replace("X-Amz-Expires=3600", "x=1")),
        "AuthorizationQueryParametersError",
        "the URL has no X-Amz-Expires",
    ),
    "of a URL for a month": (
        replace(presigned(), target=presigned().target.replace("=3600", "=604801")),
        "AuthorizationQueryParametersError",
        "more than a week",
    ),
    "of a piece": (
        replaced(chunked(LARGE, SIGNED_CHUNKS), b"\x00\x01\x02", b"\x00\x01\x03"),
        "SignatureDoesNotMatch",
        "the signature of chunk 1 is not the one for it",
    ),
    "of the last piece": (
        replaced(
            chunked(LARGE, SIGNED_CHUNKS), b"\r\n0;chunk-signature=", b"\r\n0;chunk-signature=0"
        ),
        "SignatureDoesNotMatch",
        "the signature of chunk 5 is not the one for it",
    ),
    "of a trailer": (
        replaced(
            chunked(LARGE, SIGNED_TRAILER, TRAILER),
            b"x-amz-trailer-signature:",
            b"x-amz-trailer-signature:0",
        ),
        "SignatureDoesNotMatch",
        "the signature of the trailer",
    ),
    "of pieces that are too small": (
        chunked(LARGE, SIGNED_CHUNKS, size=8191),
        "InvalidChunkSizeError",
        "chunk 1 has 8191 bytes",
    ),
}


@pytest.mark.parametrize(
    ("request_", "expected", "words"), SIGNATURES.values(), ids=SIGNATURES.keys()
)
def test_a_wrong_signature_is_refused(request_: Exchange, expected: str, words: str) -> None:
    found = refusal(request_)
    assert found
    assert (found.response.code, found.aspect) == (expected, Aspect.SIGNATURE)
    assert words in found.finding


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


def test_the_answer_says_what_is_not_signed_and_what_time_it_is() -> None:
    found = refusal(with_headers(signed(), x_amz_acl="private"))
    assert found
    body = found.response.body("/reports/a")
    assert b"<HeadersNotSigned>x-amz-acl</HeadersNotSigned>" in body
    late = refusal(signed(signer=Earlier))
    assert late
    assert b"<MaxAllowedSkewMilliseconds>900000<" in late.response.body("/reports/a")


def test_no_finding_tells_a_secret() -> None:
    for request, _, _ in SIGNATURES.values():
        found = refusal(request)
        assert found
        said = found.finding + found.response.body("/").decode()
        assert not any(c.secret_access_key in said for c in (PERMANENT, TEMPORARY, EXPIRED))


TOKENS = {
    "that is empty": (
        signed(credentials=TEMPORARY, token="", headers={"x-amz-security-token": ""}),
        "InvalidAccessKeyId",
    ),
    "that is never sent": (signed(credentials=TEMPORARY, token=""), "InvalidAccessKeyId"),
    "of somebody else": (signed(credentials=TEMPORARY, token="other"), "InvalidToken"),
    "with a permanent key": (signed(token="surplus"), "InvalidToken"),
    "that has expired": (signed(credentials=EXPIRED), "ExpiredToken"),
    "that is never sent, in a URL": (
        presigned(credentials=TEMPORARY, token=""),
        "InvalidAccessKeyId",
    ),
}


@pytest.mark.parametrize(("request_", "expected"), TOKENS.values(), ids=TOKENS.keys())
def test_a_wrong_session_token_is_refused(request_: Exchange, expected: str) -> None:
    found = refusal(request_)
    assert found
    assert (found.response.code, found.aspect) == (expected, Aspect.SESSION_TOKEN)


def test_a_session_token_has_to_be_signed() -> None:
    found = refusal(
        with_headers(signed(credentials=TEMPORARY, token=""), x_amz_security_token="token+/=")
    )
    assert found
    assert found.finding == "`x-amz-security-token` is not signed"
