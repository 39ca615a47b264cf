"""Responses, and those that the wire gives in the place of S3."""

import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, unescape

from ..s3.credentials import REGION
from ..s3.endpoint import Endpoint
from ..s3.error_codes import ERRORS, REQUEST_ID, THROTTLING, error_document
from .exchange import Exchange
from .faults import ErrorResponse, Fault, ForeignResponse

_HEADERS = (("Content-Type", "application/xml"), ("x-amz-request-id", REQUEST_ID))
_REGION = "x-amz-bucket-region"
_PLACE = re.compile(rb"(<(Location|LocationConstraint)\b[^>]*?)(?:/>|>[^<]*</\2>)")


@dataclass(frozen=True)
class Response:
    """An HTTP response."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def failed(self) -> bool:
        """Whether the backend failed, or wants to be asked more slowly."""
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return True
        return self.status >= HTTPStatus.BAD_REQUEST and (
            self.status == HTTPStatus.TOO_MANY_REQUESTS or self.element("Code") in THROTTLING
        )

    def header(self, name: str) -> str:
        """The value of a header, named in lower case; empty if it is not there."""
        return next((value for each, value in self.headers if each.lower() == name), "")

    def element(self, name: str) -> str:
        """The text of an element of S3's error document; empty if it is not there."""
        found = re.search(rf"<{name}>([^<]*)</{name}>", self.body.decode(errors="replace"))
        return unescape(found[1]).strip() if found else ""


def own_answer(request: Exchange, fault: Fault | None, endpoint: Endpoint) -> Response | None:
    """Answer a request that S3 would refuse or deny, or that a fault is for; no other."""
    if request.refusal:
        refused = _error(request.refusal.code, request)
        # S3 tells the bucket's region all the same (HeadBucket).
        region = ((_REGION, request.scope.region),) if request.scope else ()
        return replace(refused, headers=(*refused.headers, *region))
    if request.is_for_s3 and not _is_allowed(request, endpoint.bucket_prefix):
        return _error("AccessDenied", request)
    match fault:
        case ErrorResponse(code):
            return _error(code, request)
        case ForeignResponse(status, body, content_type):
            headers = (("Content-Type", content_type),) if body else ()
            return Response(status, headers, body)
    return None


def with_places(answer: Response, request: Exchange, url: str) -> Response:
    """Name the places in an answer as S3 does, where the reporter sees S3 at a URL.

    Backends do not encode an object's URL, or name their own address.  A bucket of the suite is in
    each region that is asked for it.
    """
    region = request.scope.region if request.scope else REGION
    place = {
        "CompleteMultipartUpload": f"{url}/{request.bucket}/{quote(request.key, safe='/~')}",
        # S3 has no name for its first region there.
        "GetBucketLocation": region if region != REGION else "",
    }.get(request.operation)
    headers = tuple((n, region if n.lower() == _REGION else value) for n, value in answer.headers)
    if place is None:
        return replace(answer, headers=headers)
    named = rb"\1>" + escape(place).encode() + rb"</\2>"
    kept = tuple(each for each in headers if each[0].lower() != "content-length")
    return Response(answer.status, kept, _PLACE.sub(named, answer.body))


def _is_allowed(request: Exchange, prefix: str) -> bool:
    """Whether a request concerns no bucket but the suite's own.

    The wire signs with credentials of the user's, which may be allowed more than a reporter is.
    """
    source = unquote(request.header.get("x-amz-copy-source", "")).removeprefix("/")
    return all(bucket.startswith(prefix) for bucket in (request.bucket, source) if bucket)


def _error(code: str, request: Exchange) -> Response:
    # An answer to HEAD has no body (RFC 9110, section 9.3.2).
    token = request.header.get("x-amz-security-token", "")
    document = error_document(code, request.target.partition("?")[0], token)
    return Response(ERRORS[code].status, _HEADERS, b"" if request.method == "HEAD" else document)
