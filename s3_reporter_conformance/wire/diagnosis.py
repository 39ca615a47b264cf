"""Why a signature is not the one that S3 computes: the usual mistakes, tried one by one."""

import hashlib
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import quote, unquote

from ..s3.credentials import Credentials
from .exchange import Exchange
from .sigv4 import EMPTY_DIGEST, UNSIGNED_PAYLOAD, CanonicalRequest, Signature

_PLACES = {"path": "path", "query": "query", "method": "method", "payload": "payload's digest"}


def mistake(
    request: Exchange,
    signature: Signature,
    true: CanonicalRequest,
    owner: Credentials,
    known: Collection[Credentials],
) -> str:
    """Say why a signature is wrong, as far as it can be told.

    Args:
        request: The request.
        signature: What it says of its signature.
        true: Its canonical request, as S3 has it.
        owner: Whose key it says that it was signed with.
        known: All credentials that the reporter could have used.
    """
    if len(set(signature.value)) == 1:
        return f"it is the digit {signature.value[0]} throughout, and was never computed"
    for other in known:
        secret = other.secret_access_key
        if signature.sign(signature.string_to_sign(true), secret) == signature.value:
            return "it is signed with the secret key of other credentials"
    for words, wrong in _mistakes(request, true):
        text = signature.string_to_sign(wrong)
        if signature.sign(text, owner.secret_access_key) == signature.value:
            return f"{words}{_difference(true, wrong)}"
    return (
        "it is signed with another key, or for another request; the canonical request is "
        f"{str(true)!r}"
    )


def _mistakes(request: Exchange, true: CanonicalRequest) -> Iterator[tuple[str, CanonicalRequest]]:
    """Canonical requests as mistakes make them, and the mistakes in words."""
    sent, _, query = request.target.partition("?")
    plain = unquote(true.path, errors="surrogateescape")
    for words, path in (
        ("the path was encoded twice", quote(true.path, safe="/")),
        ("the path was not encoded", plain),
        ("the path was signed as it was sent, instead of encoded once", sent),
        ("the slashes of the path were encoded", true.path.replace("/", "%2F")),
        ("the path was normalized", posixpath.normpath(true.path)),
        ("the path was normalized, and encoded twice", quote(posixpath.normpath(true.path))),
        ("the path was signed without the bucket", "/" + true.path[1:].partition("/")[2]),
    ):
        if path != true.path:
            yield words, replace(true, path=path)
    yield from _mistakes_in_segments(true)
    for words, text in (
        ("the session token was added to the URL after it was signed", _without_token(true.query)),
        ("the query was left out", ""),
        ("the query was signed as it was sent, instead of encoded and sorted", query),
    ):
        if text != true.query:
            yield words, replace(true, query=text)
    for words, payload in (
        ("the payload was signed as unsigned", UNSIGNED_PAYLOAD),
        ("the payload was signed as if it were empty", EMPTY_DIGEST),
        ("another digest of the payload was sent than was signed", request.payload_digest),
        ("the body was signed as it was framed", hashlib.sha256(request.body).hexdigest()),
    ):
        if payload != true.payload:
            yield words, replace(true, payload=payload)
    for method in ("GET", "POST", "PUT", "HEAD", true.method.lower()):
        if method != true.method:
            yield f"it is signed for the method {method}", replace(true, method=method)
    yield from _mistakes_in_headers(true)


def _mistakes_in_segments(true: CanonicalRequest) -> Iterator[tuple[str, CanonicalRequest]]:
    """Canonical requests for paths of which what arrived may be what is left."""
    for slash in re.finditer("/", true.path):
        for segment in ("/.", "/"):
            path = true.path[: slash.start()] + segment + true.path[slash.start() :]
            yield (
                f"the path was signed with `{segment}/`, which the HTTP client took out",
                replace(true, path=path),
            )


def _mistakes_in_headers(true: CanonicalRequest) -> Iterator[tuple[str, CanonicalRequest]]:
    for index, (name, value) in enumerate(true.headers):
        before, after = true.headers[:index], true.headers[index + 1 :]
        yield (
            f"`{name}` is said to be signed, and was not",
            replace(true, headers=(*before, *after)),
        )
        if name == "host" and ":" in value:
            host = (name, value.partition(":")[0])
            yield (
                "`host` was signed without its port",
                replace(true, headers=(*before, host, *after)),
            )
        if value:
            yield (
                f"`{name}` was signed as empty",
                replace(true, headers=(*before, (name, ""), *after)),
            )


def _without_token(query: str) -> str:
    return "&".join(p for p in query.split("&") if not p.startswith("X-Amz-Security-Token="))


def _difference(true: CanonicalRequest, wrong: CanonicalRequest) -> str:
    """Where the canonical requests differ."""
    for field, name in _PLACES.items():
        expected, seen = getattr(true, field), getattr(wrong, field)
        if expected != seen:
            return (
                f": the {name} in S3's canonical request is {expected!r}, the signed one {seen!r}"
            )
    return ""
