"""Whether the signature of a request is the one that S3 computes.

Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
"""

import hashlib
import hmac
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from ..s3.credentials import Credentials
from .aws_chunked import decode
from .diagnosis import mistake
from .exchange import Exchange
from .refusal import Aspect, Refusal
from .sigv4 import (
    ALGORITHM,
    EMPTY_DIGEST,
    MalformedSignatureError,
    NoDateError,
    Signature,
    canonical_request,
    signature_of,
)

# Amazon S3 API Reference: how much a request's time may differ, and how long a URL may hold.
_MOST_SKEW = timedelta(minutes=15)
_MOST_SECONDS = 604_800
# Only pieces that are signed are signed one after the other, and only signed trailers are, too.
_SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
_SIGNED_TRAILER = f"{_SIGNED_CHUNKS}-TRAILER"
_LEAST_CHUNK = 8192


def _signature(code: str, finding: str, message: str = "", **details: str) -> Refusal:
    return Refusal.of(Aspect.SIGNATURE, code, finding, message, details)


def wrong_signature(
    request: Exchange, credentials: Collection[Credentials], now: datetime
) -> Iterator[Refusal]:
    """Find what is wrong with the signature of a request.

    Args:
        request: What the reporter sent.
        credentials: Those that the reporter was given; all others are unknown.
        now: The time at S3.
    """
    authorization = request.header.get("authorization", "")
    in_url = {"X-Amz-Signature", "X-Amz-Algorithm", "Signature"} & request.query.keys()
    if authorization and in_url:
        yield _signature(
            "InvalidArgument",
            "it is signed in the header and in the URL",
            "Only one auth mechanism allowed",
        )
    try:
        signature = signature_of(request)
    except NoDateError as error:
        yield _signature(
            "AccessDenied",
            str(error),
            "AWS authentication requires a valid Date or x-amz-date header",
        )
        return
    except MalformedSignatureError as error:
        yield _malformed(str(error), in_header=bool(authorization))
        return
    if signature is None and (authorization or in_url):
        yield _signature(
            "InvalidRequest",
            f"its signature is not of version 4: {ALGORITHM} is expected",
            "The authorization mechanism you have provided is not supported. Please use "
            f"{ALGORITHM}.",
        )
    elif signature is None:
        yield _signature("AccessDenied", "it has no signature at all")
    else:
        yield from _wrong_time(signature, now)
        yield from _wrong_scope(signature)
        yield from _wrong_credentials(request, signature, credentials)
        yield from _not_signed(request, signature)
        yield from _wrong_value(request, signature, credentials)


def _malformed(finding: str, *, in_header: bool) -> Refusal:
    if in_header:
        return _signature(
            "AuthorizationHeaderMalformed",
            f"the header Authorization is malformed: {finding}",
            f"The authorization header is malformed; {finding}.",
        )
    return _signature(
        "AuthorizationQueryParametersError", f"the signature in the URL is malformed: {finding}"
    )


def _wrong_scope(signature: Signature) -> Iterator[Refusal]:
    in_header = signature.expires is None
    for name, seen, expected, source in (
        ("date", signature.date, signature.timestamp[:8], ", as X-Amz-Date says"),
        ("service", signature.service, "s3", ""),
        ("end", signature.terminator, "aws4_request", ""),
    ):
        if seen != expected:
            yield _malformed(
                f"the {name} of its credential scope is {seen!r}, expected {expected!r}{source}",
                in_header=in_header,
            )


def _wrong_time(signature: Signature, now: datetime) -> Iterator[Refusal]:
    age = now - signature.time
    times = {
        "RequestTime": signature.timestamp,
        "ServerTime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "MaxAllowedSkewMilliseconds": str(int(_MOST_SKEW.total_seconds()) * 1000),
    }
    minutes = round(abs(age).total_seconds() / 60)
    if signature.expires is None:
        if abs(age) > _MOST_SKEW:
            where = "behind" if age > timedelta(0) else "ahead"
            finding = f"its time, {signature.timestamp}, is {minutes} minutes {where}"
            yield _signature("RequestTimeTooSkewed", finding, **times)
        return
    if signature.expires > _MOST_SECONDS:
        yield _malformed("X-Amz-Expires is more than a week", in_header=False)
    if age > timedelta(seconds=signature.expires):
        finding = f"the URL held for {signature.expires} s, and is {minutes} minutes old"
        yield _signature("AccessDenied", finding, "Request has expired", **times)
    if -age > _MOST_SKEW:
        finding = f"the URL is signed for a time that is {minutes} minutes ahead"
        yield _signature("AccessDenied", finding, "Request is not yet valid", **times)


def _wrong_credentials(
    request: Exchange, signature: Signature, credentials: Collection[Credentials]
) -> Iterator[Refusal]:
    owner = _owner(signature, credentials)
    if owner is None:
        yield _signature(
            "InvalidAccessKeyId",
            "its access key id is none of those that the reporter was given",
            AWSAccessKeyId=signature.access_key_id,
        )
        return
    in_header = request.header.get("x-amz-security-token")
    token = request.query.get("X-Amz-Security-Token") if in_header is None else in_header
    # To S3, unlike some other services, an empty one is none: SDKs have sent it.
    sent = token or ""
    if owner.session_token and not sent:
        how = "not sent" if token is None else "sent empty"
        yield _token(
            # So S3 answers: the key is none without its token.
            "InvalidAccessKeyId",
            f"the credentials are temporary, and their session token is {how}",
        )
    elif sent and not owner.session_token:
        yield _token("InvalidToken", "a session token is sent with credentials that have none")
    elif sent != owner.session_token:
        yield _token("InvalidToken", "the session token is not that of the credentials")
    elif owner.expired:
        yield _token("ExpiredToken", "the session token has expired")


def _token(code: str, finding: str) -> Refusal:
    return Refusal.of(Aspect.SESSION_TOKEN, code, finding)


def _owner(signature: Signature, credentials: Collection[Credentials]) -> Credentials | None:
    return next((c for c in credentials if c.access_key_id == signature.access_key_id), None)


def _not_signed(request: Exchange, signature: Signature) -> Iterator[Refusal]:
    signed = signature.signed_headers
    if any(name != name.lower() for name in signed):
        yield _signature(
            "SignatureDoesNotMatch", f"the signed headers are not in lower case: {';'.join(signed)}"
        )
    required = {"host", *(name for name in request.header if name.startswith("x-amz-"))}
    if missing := sorted(required - set(signed)):
        names = ", ".join(missing)
        yield _signature(
            "AccessDenied",
            f"`{'`, `'.join(missing)}` is not signed",
            "There were headers present in the request which were not signed",
            HeadersNotSigned=names,
        )
    if list(signed) != sorted(signed):
        yield _signature(
            "SignatureDoesNotMatch", f"the signed headers are not sorted: {';'.join(signed)}"
        )
    if signature.expires is None and "x-amz-content-sha256" not in request.header:
        yield _signature(
            "InvalidRequest",
            "`x-amz-content-sha256` is missing",
            "Missing required header for this request: x-amz-content-sha256",
        )


def _wrong_value(
    request: Exchange, signature: Signature, credentials: Collection[Credentials]
) -> Iterator[Refusal]:
    owner = _owner(signature, credentials)
    if owner is None:
        return
    true = canonical_request(request, signature)
    text = signature.string_to_sign(true)
    if not _is_same(signature.sign(text, owner.secret_access_key), signature.value):
        why = mistake(request, signature, true, owner, credentials)
        yield _signature(
            "SignatureDoesNotMatch",
            f"the signature is not the one for this request: {why}",
            AWSAccessKeyId=signature.access_key_id,
            StringToSign=text,
            SignatureProvided=signature.value,
            CanonicalRequest=str(true),
        )
    elif request.is_chunked:
        yield from _wrong_chunks(request, signature, owner.secret_access_key)


def _wrong_chunks(request: Exchange, signature: Signature, secret: str) -> Iterator[Refusal]:
    """Find a piece of the body, or a trailer, whose signature does not follow from the last."""
    kind = request.header["x-amz-content-sha256"]
    if not kind.startswith(_SIGNED_CHUNKS):
        return
    body = decode(request.body)
    before = signature.value

    def signed(what: str, *parts: str) -> str:
        begun = (f"{ALGORITHM}-{what}", signature.timestamp, signature.scope, before)
        return signature.sign("\n".join((*begun, *parts)), secret)

    for number, chunk in enumerate(body.chunks, start=1):
        if 0 < len(chunk.data) < _LEAST_CHUNK and number < len(body.chunks) - 1:
            yield _signature(
                "InvalidChunkSizeError",
                f"chunk {number} has {len(chunk.data)} bytes, and only the last may have less than "
                f"{_LEAST_CHUNK}",
            )
        if not chunk.signature:
            yield _signature("IncompleteBody", f"chunk {number} has no signature")
        expected = signed("PAYLOAD", EMPTY_DIGEST, hashlib.sha256(chunk.data).hexdigest())
        if not _is_same(expected, chunk.signature):
            yield _signature(
                "SignatureDoesNotMatch", f"the signature of chunk {number} is not the one for it"
            )
        before = chunk.signature
    if kind == _SIGNED_TRAILER:
        if not body.trailer_signature:
            yield _signature("IncompleteBody", "the trailer has no signature")
        text = "".join(f"{name}:{value}\n" for name, value in body.trailer)
        expected = signed("TRAILER", hashlib.sha256(text.encode("latin-1")).hexdigest())
        if not _is_same(expected, body.trailer_signature):
            yield _signature(
                "SignatureDoesNotMatch", "the signature of the trailer is not the one for it"
            )


def _is_same(expected: str, seen: str) -> bool:
    return hmac.compare_digest(expected.encode(), seen.encode())
