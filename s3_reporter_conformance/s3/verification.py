"""Whether S3 would take a request: what it verifies before anything else.

Amazon S3 API Reference, "Error responses" and "Authenticating Requests (AWS Signature Version 4)".
The region of a bucket is not verified: the suite makes its buckets, and signs for any region.
"""

from collections.abc import Collection
from datetime import datetime

from .credentials import Credentials
from .digests import check_digests
from .operations import SENDING
from .refusal import Refusal, RefusedError
from .request import Request
from .signatures import check_signature
from .upload_headers import check_permissions, check_upload_headers

# Amazon S3 User Guide, "Naming Amazon S3 objects": of UTF-8.
_LONGEST_KEY = 1024


def refusal_of(request: Request, known: Collection[Credentials], now: datetime) -> Refusal | None:
    """Tell the first reason why S3 would refuse a request of a client with some credentials.

    One to another service is not refused.
    """
    if not request.is_for_s3:
        return None
    try:
        _check_length(request)
        owner = check_signature(request, known, now)
        _check_key(request)
        check_upload_headers(request)
        check_digests(request)
        check_permissions(request, owner)
    except RefusedError as error:
        return Refusal(*error.args)
    return None


def _check_key(request: Request) -> None:
    size = len(request.key.encode(errors="surrogateescape"))
    if size > _LONGEST_KEY:
        finding = f"the key has {size} bytes, and S3 takes {_LONGEST_KEY}"
        raise RefusedError("KeyTooLongError", finding)


def _check_length(request: Request) -> None:
    if request.operation not in SENDING:
        return
    has_length = "content-length" in request.header
    if "transfer-encoding" in request.header:
        if has_length:
            raise RefusedError("NotImplemented", "Transfer-Encoding is sent beside Content-Length")
        if not request.is_aws_chunked:
            finding = (
                "Content-Length is missing: the body was sent with Transfer-Encoding: chunked, as "
                "HTTP clients do with a stream whose length they do not know"
            )
            raise RefusedError("NotImplemented", finding)
    elif not has_length:
        raise RefusedError("MissingContentLength", "Content-Length is missing")
    if not request.is_aws_chunked:
        return
    if flaw := request.chunked_body.flaw:
        raise RefusedError("IncompleteBody", f"the body, encoded as aws-chunked, is broken: {flaw}")
    decoded = request.header.get("x-amz-decoded-content-length")
    if decoded is None:
        raise RefusedError("MissingContentLength", "x-amz-decoded-content-length is missing")
    if decoded != str(len(request.payload)):
        finding = f"is {decoded}, and the body holds {len(request.payload)} bytes"
        raise RefusedError("IncompleteBody", f"x-amz-decoded-content-length {finding}")
