"""Whether the digests that a request names are those of its body."""

import hashlib
import re
from collections.abc import Iterable, Iterator

from .aws_chunked import decode
from .checksums import ALGORITHMS, checksum, is_checksum
from .exchange import Exchange
from .refusal import Aspect, Refusal
from .sigv4 import UNSIGNED_PAYLOAD

STREAMING = frozenset(
    {
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    }
)
"""What `x-amz-content-sha256` says of a body that is encoded as aws-chunked."""

_CHECKSUM = "x-amz-checksum-"
# What begins like a checksum's header, and is about checksums.
_NO_ALGORITHMS = frozenset({"algorithm", "mode", "type"})
# The whole object's checksum is not that of a part, nor of the list of parts.
_OF_BODY = {"PutObject", "UploadPart"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


def wrong_digests(request: Exchange) -> Iterator[Refusal]:
    """Find the digests of a request that are not those of its body."""
    yield from _wrong_content_sha256(request)
    if (md5 := request.header.get("content-md5")) is not None:
        yield from _wrong("Content-MD5", "md5", md5, request.payload, "InvalidDigest")
    if request.operation in _OF_BODY:
        yield from _wrong_checksums(request)


def _wrong_content_sha256(request: Exchange) -> Iterator[Refusal]:
    declared = request.header.get("x-amz-content-sha256")
    if declared is None or declared == UNSIGNED_PAYLOAD or declared in STREAMING:
        return
    computed = hashlib.sha256(request.body).hexdigest()
    if not _SHA256.fullmatch(declared):
        yield _digest(
            "InvalidArgument",
            f"`x-amz-content-sha256` is {declared!r}: no SHA-256 in hexadecimal",
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a "
            "valid sha256 value.",
        )
    elif declared != computed:
        yield _digest(
            "XAmzContentSHA256Mismatch",
            f"`x-amz-content-sha256` is {declared}, that of the body {computed}",
            ClientComputedContentSHA256=declared,
            S3ComputedContentSHA256=computed,
        )


def _wrong_checksums(request: Exchange) -> Iterator[Refusal]:
    trailer = dict(decode(request.body).trailer) if request.is_chunked else {}
    names = (n.strip() for n in request.header.get("x-amz-trailer", "").lower().split(","))
    announced = list(filter(None, names))
    for name in announced:
        if name not in trailer:
            yield _digest(
                "MalformedTrailerError", f"`{name}` is announced as a trailer, and does not come"
            )
    for name in trailer:
        if name not in announced:
            yield _digest(
                "MalformedTrailerError",
                f"`{name}` comes as a trailer, and `x-amz-trailer` does not announce it",
            )
    # The AWS SDK for JavaScript puts into a presigned URL what others put into headers.
    named = {name.lower(): value for name, value in request.query.items()}
    given = {
        algorithm: value
        for name, value in {**named, **request.header, **trailer}.items()
        if name.startswith(_CHECKSUM) and (algorithm := name[len(_CHECKSUM) :]) in ALGORITHMS
    }
    if len(given) > 1:
        yield _digest(
            "InvalidRequest",
            f"there are several checksums: {', '.join(sorted(given))}",
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        )
    for algorithm, value in given.items():
        yield from _wrong(
            f"{_CHECKSUM}{algorithm}", algorithm, value, request.payload, "InvalidRequest"
        )
    yield from _wrong_algorithm(request, (*named, *request.header, *announced))


def _wrong_algorithm(request: Exchange, names: Iterable[str]) -> Iterator[Refusal]:
    """Find an SDK's algorithm that is none of the checksums', which may be unknown here."""
    algorithm = request.header.get("x-amz-sdk-checksum-algorithm")
    if algorithm is None:
        return
    sent = {name[len(_CHECKSUM) :] for name in names if name.startswith(_CHECKSUM)}
    if not sent - _NO_ALGORITHMS:
        yield _digest(
            "InvalidRequest",
            "`x-amz-sdk-checksum-algorithm` is sent, and no checksum",
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
            "x-amz-trailer headers were found.",
        )
    elif algorithm.lower() not in sent:
        yield _digest(
            "InvalidRequest",
            f"`x-amz-sdk-checksum-algorithm` is {algorithm}, and the checksum is "
            f"{', '.join(sorted(sent - _NO_ALGORITHMS))}",
            "Value for x-amz-sdk-checksum-algorithm header is invalid.",
        )


def _wrong(
    name: str, algorithm: str, value: str, content: bytes, malformed: str
) -> Iterator[Refusal]:
    if not is_checksum(algorithm, value):
        message = f"Value for {name} header is invalid." if malformed == "InvalidRequest" else ""
        yield _digest(malformed, f"`{name}` is {value!r}: no {algorithm} in Base64", message)
    elif value != (computed := checksum(algorithm, content)):
        yield _digest(
            "BadDigest",
            f"`{name}` is {value}, that of the content {computed}",
            ExpectedDigest=value,
            CalculatedDigest=computed,
        )


def _digest(code: str, finding: str, message: str = "", **details: str) -> Refusal:
    return Refusal.of(Aspect.DIGEST, code, finding, message, details)
