"""Whether the signature of a request is the one that S3 computes.

Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
"""

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

from .credentials import Credentials
from .refusal import RefusedError
from .request import Request
from .sigv4 import EMPTY_DIGEST, UNSIGNED_PAYLOAD, Signature, canonical_request, signature_of

# How much a request's time may differ, and how long a URL may hold.
_MOST_SKEW = timedelta(minutes=15)
_MOST_SECONDS = 604_800
_LEAST_CHUNK = 8192


def check_signature(request: Request, known: Collection[Credentials], now: datetime) -> Credentials:
    """Check the signature of a request, and tell which of the known credentials made it.

    Raises:
        RefusedError: S3 would not take it.
    """
    signature = signature_of(request)
    _check_time(signature, now)
    for name, seen, expected in (
        ("date", signature.scope.date, signature.timestamp[:8]),
        ("service", signature.scope.service, "s3"),
        ("end", signature.scope.terminator, "aws4_request"),
    ):
        if seen != expected:
            finding = f"the {name} of its credential scope is {seen!r}, expected {expected!r}"
            raise RefusedError(signature.malformed, finding)
    key_id = signature.scope.access_key_id
    owner = next((each for each in known if each.access_key_id == key_id), None)
    if owner is None:
        finding = "its access key id is none of those that the reporter was given"
        raise RefusedError("InvalidAccessKeyId", finding)
    _check_session_token(request, owner)
    _check_signed_headers(request, signature)
    _check_value(request, signature, owner, known)
    if request.header.get("x-amz-content-sha256", "").startswith("STREAMING-AWS4"):
        _check_chunks(request, signature, owner.secret_access_key)
    return owner


def _check_time(signature: Signature, now: datetime) -> None:
    age = now - signature.time
    where = "behind" if age > timedelta(0) else "ahead"
    finding = f"its time, {signature.timestamp}, is {abs(age) // timedelta(minutes=1)} minutes"
    if signature.expires is None:
        if abs(age) > _MOST_SKEW:
            raise RefusedError("RequestTimeTooSkewed", f"{finding} {where}")
    elif signature.expires > _MOST_SECONDS:
        raise RefusedError(signature.malformed, "X-Amz-Expires is more than a week")
    elif age > timedelta(seconds=signature.expires) or -age > _MOST_SKEW:
        raise RefusedError("AccessDenied", f"{finding} {where}, and the URL does not hold now")


def _check_session_token(request: Request, owner: Credentials) -> None:
    # To S3, unlike some other services, an empty one is none: SDKs have sent it.
    sent = request.named.get("x-amz-security-token", "")
    if owner.session_token and not sent:
        # So S3 answers: the key is none without its token.
        finding = "the credentials are temporary, and their session token is not sent"
        raise RefusedError("InvalidAccessKeyId", finding)
    if sent and not owner.session_token:
        finding = "a session token is sent with credentials that have none"
        raise RefusedError("InvalidToken", finding)
    if sent != owner.session_token:
        raise RefusedError("InvalidToken", "the session token is not that of the credentials")
    if owner.expired:
        raise RefusedError("ExpiredToken", "the session token has expired", True)


def _check_signed_headers(request: Request, signature: Signature) -> None:
    signed = signature.signed_headers
    if list(signed) != sorted(name.lower() for name in signed):
        finding = f"the signed headers are not in lower case and sorted: {';'.join(signed)}"
        raise RefusedError("SignatureDoesNotMatch", finding)
    required = {"host", *(name for name in request.header if name.startswith("x-amz-"))}
    if missing := sorted(required - set(signed)):
        raise RefusedError("AccessDenied", f"`{'`, `'.join(missing)}` is not signed")
    if signature.expires is None and "x-amz-content-sha256" not in request.header:
        raise RefusedError("InvalidRequest", "`x-amz-content-sha256` is missing")


def _check_value(
    request: Request, signature: Signature, owner: Credentials, known: Collection[Credentials]
) -> None:
    """Check the signature itself, and try the usual mistakes where it is wrong."""
    text = canonical_request(request, signature)
    if _is_same(_signed(signature, owner, text), signature.value):
        return
    path = request.target.partition("?")[0]
    beyond_ascii = {name: each for name, each in request.header.items() if not each.isascii()}
    mistakes = {
        "the path was encoded twice": {"path": quote(path)},
        "the path was not encoded": {"path": unquote(path)},
        "the query was left out": {"query": ""},
        "the payload was signed as unsigned": {"payload": UNSIGNED_PAYLOAD},
        "the payload was signed as if it were empty": {"payload": EMPTY_DIGEST},
        "`host` was signed without its port": {
            "host": request.header.get("host", "").rpartition(":")[0]
        },
        f"`{'`, `'.join(beyond_ascii)}` was signed in UTF-8, and S3 reads Latin-1: send ASCII": {
            name: value.encode("latin-1").decode("utf-8", "surrogateescape")
            for name, value in beyond_ascii.items()
        },
    }
    why = "it is signed with another key, or for another request, such as one with `./` in its path"
    for words, parts in mistakes.items():
        wrong = canonical_request(request, signature, **parts)
        if _signed(signature, owner, wrong) == signature.value:
            why = words
    if any(_signed(signature, other, text) == signature.value for other in known):
        why = "it is signed with the secret key of other credentials"
    if len(set(signature.value)) == 1:
        why = f"it is the digit {signature.value[0]} throughout, and was never computed"
    finding = f"the signature is not the one for this request: {why}"
    raise RefusedError("SignatureDoesNotMatch", f"{finding}; S3's canonical request is {text!r}")


def _signed(signature: Signature, signer: Credentials, canonical: str) -> str:
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogateescape")).hexdigest()
    return signature.sign(signer.secret_access_key, digest)


def _check_chunks(request: Request, signature: Signature, secret: str) -> None:
    """Check the signatures of the pieces, of which each follows from the one before."""
    body, before, mismatch = request.chunked_body, signature.value, "SignatureDoesNotMatch"
    for number, chunk in enumerate(body.chunks, start=1):
        if 0 < len(chunk.data) < _LEAST_CHUNK and number < len(body.chunks) - 1:
            finding = f"chunk {number} has {len(chunk.data)} bytes, and only the last may have less"
            raise RefusedError("InvalidChunkSizeError", f"{finding} than {_LEAST_CHUNK}")
        digest = hashlib.sha256(chunk.data).hexdigest()
        expected = signature.sign(secret, before, EMPTY_DIGEST, digest, what="-PAYLOAD")
        if not _is_same(expected, chunk.signature):
            raise RefusedError(mismatch, f"the signature of chunk {number} is not the one for it")
        before = chunk.signature
    if request.header["x-amz-content-sha256"].endswith("-TRAILER"):
        text = "".join(f"{name}:{value}\n" for name, value in body.trailer.items())
        digest = hashlib.sha256(text.encode("latin-1")).hexdigest()
        expected = signature.sign(secret, before, digest, what="-TRAILER")
        if not _is_same(expected, body.trailer_signature):
            raise RefusedError(mismatch, "the signature of the trailer is not the one for it")


def _is_same(expected: str, seen: str) -> bool:
    return hmac.compare_digest(expected.encode(), seen.encode())
