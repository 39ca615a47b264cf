"""Whether the digests that a request names are those of its body."""

import binascii
import hashlib
from base64 import b64decode

from .checksums import ALGORITHMS, checksum
from .operations import SENDING
from .refusal import RefusedError
from .request import Request
from .sigv4 import UNSIGNED_PAYLOAD

_CHECKSUM = "x-amz-checksum-"
# What begins like a checksum's header, and is about checksums.
_NO_ALGORITHMS = frozenset({"algorithm", "mode", "type"})


def check_digests(request: Request) -> None:
    """Check the digests of a request.

    Raises:
        RefusedError: One is not that of the body.
    """
    declared = request.header.get("x-amz-content-sha256", UNSIGNED_PAYLOAD)
    computed = hashlib.sha256(request.body).hexdigest()
    if declared not in {computed, UNSIGNED_PAYLOAD} and not request.is_aws_chunked:
        is_digest = len(declared) == len(computed)
        code = "XAmzContentSHA256Mismatch" if is_digest else "InvalidArgument"
        of = f"that of the body, which has {len(request.body)} bytes, {computed}"
        raise RefusedError(code, f"`x-amz-content-sha256` is {declared}, {of}")
    if (md5 := request.header.get("content-md5")) is not None:
        _check("Content-MD5", "md5", md5, request)
    # The whole object's checksum is not that of a part, nor of the list of parts.
    if request.operation in SENDING:
        _check_trailer(request)
        _check_checksums(request)


def _check_trailer(request: Request) -> None:
    names = (name.strip() for name in request.header.get("x-amz-trailer", "").lower().split(","))
    announced = set(filter(None, names))
    for name in sorted(announced ^ set(_trailer(request))):
        how = "is announced as a trailer, and does not come"
        if name not in announced:
            how = "comes as a trailer, and `x-amz-trailer` does not announce it"
        raise RefusedError("MalformedTrailerError", f"`{name}` {how}")


def _check_checksums(request: Request) -> None:
    sent = {
        name.removeprefix(_CHECKSUM): value
        # The AWS SDK for JavaScript puts into a presigned URL what others put into headers.
        for name, value in {**request.named, **_trailer(request)}.items()
        if name.startswith(_CHECKSUM)
    }
    given = sorted(sent.keys() - _NO_ALGORITHMS)
    if len(given) > 1:
        raise RefusedError("InvalidRequest", f"there are several checksums: {', '.join(given)}")
    algorithm = request.header.get("x-amz-sdk-checksum-algorithm")
    if algorithm and algorithm.lower() not in sent:
        of = f"the checksum is {given[0]}" if given else "there is no checksum"
        finding = f"`x-amz-sdk-checksum-algorithm` is {algorithm}, and {of}"
        raise RefusedError("InvalidRequest", finding)
    for name in ALGORITHMS.keys() & given:
        _check(f"{_CHECKSUM}{name}", name, sent[name], request)


def _trailer(request: Request) -> dict[str, str]:
    return dict(request.chunked_body.trailer) if request.is_aws_chunked else {}


def _check(name: str, algorithm: str, value: str, request: Request) -> None:
    computed = checksum(algorithm, request.payload)
    try:
        is_one = len(b64decode(value, validate=True)) == len(b64decode(computed))
    except binascii.Error:
        is_one = False
    if not is_one:
        code = "InvalidDigest" if name == "Content-MD5" else "InvalidRequest"
        raise RefusedError(code, f"`{name}` is {value!r}: no {algorithm} in Base64")
    if value != computed:
        raise RefusedError("BadDigest", f"`{name}` is {value}, that of the content {computed}")
