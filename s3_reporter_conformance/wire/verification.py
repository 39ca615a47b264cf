"""Whether S3 would take a request: what it verifies before anything else.

Amazon S3 API Reference, "Error responses" and "Authenticating Requests (AWS Signature Version 4)".
The region of a bucket is not verified: the suite makes its buckets, and signs for any region.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain

from ..s3.credentials import Credentials
from .aws_chunked import decode
from .digests import wrong_digests
from .exchange import Exchange
from .refusal import Aspect, Refusal
from .signatures import wrong_signature
from .upload_headers import wrong_upload_headers

_WITH_BODY = {"PutObject", "UploadPart"}
# Amazon S3 User Guide, "Naming Amazon S3 objects": of UTF-8.
_LONGEST_KEY = 1024


def refusal_of(
    request: Exchange, credentials: Collection[Credentials], now: datetime
) -> Refusal | None:
    """Tell why S3 would refuse a request, if it would.

    Args:
        request: What the reporter sent; refused already if its body is not whole.
        credentials: Those that the reporter was given; all others are unknown.
        now: The time at S3.

    Returns:
        The first thing that is wrong, or `None`; also `None` for a request to another service.
    """
    if not request.is_for_s3:
        return request.refusal
    checks = chain(
        _wrong_announcement(request),
        filter(None, [request.refusal]),
        _wrong_length(request),
        wrong_signature(request, credentials, now),
        _wrong_key(request),
        wrong_upload_headers(request),
        wrong_digests(request),
    )
    return next(checks, None)


def _wrong_announcement(request: Exchange) -> Iterator[Refusal]:
    """What S3 refuses before it reads the body."""
    if request.operation not in _WITH_BODY:
        return
    has_length = "content-length" in request.header
    if "transfer-encoding" not in request.header:
        if not has_length:
            yield _length("MissingContentLength", "Content-Length is missing")
    elif has_length:
        yield _encoded("Transfer-Encoding is sent beside Content-Length")
    elif not request.is_chunked:
        yield _encoded(
            "Content-Length is missing: the body was sent with Transfer-Encoding: chunked, as HTTP "
            "clients do with a stream whose length they do not know"
        )
    if request.is_chunked and "x-amz-decoded-content-length" not in request.header:
        yield _length("MissingContentLength", "x-amz-decoded-content-length is missing")


def _wrong_length(request: Exchange) -> Iterator[Refusal]:
    if request.operation not in _WITH_BODY or not request.is_chunked:
        return
    if flaw := decode(request.body).flaw:
        yield Refusal.of(
            Aspect.LENGTH,
            "IncompleteBody",
            f"the body, encoded as aws-chunked, is broken: {flaw}",
            "The request body terminated unexpectedly",
        )
    decoded = request.header["x-amz-decoded-content-length"]
    if decoded != str(len(request.payload)):
        yield _length(
            "IncompleteBody",
            f"x-amz-decoded-content-length is {decoded}, and the body holds "
            f"{len(request.payload)} bytes",
        )


def _wrong_key(request: Exchange) -> Iterator[Refusal]:
    size = len(request.key.encode(errors="surrogateescape"))
    if size > _LONGEST_KEY:
        yield Refusal.of(
            Aspect.KEY,
            "KeyTooLongError",
            f"the key has {size} bytes, and S3 takes {_LONGEST_KEY}",
            details={"Size": str(size), "MaxSizeAllowed": str(_LONGEST_KEY)},
        )


def _encoded(finding: str) -> Refusal:
    header = {"Header": "Transfer-Encoding"}
    return Refusal.of(Aspect.LENGTH, "NotImplemented", finding, details=header)


def _length(code: str, finding: str) -> Refusal:
    return Refusal.of(Aspect.LENGTH, code, finding)
