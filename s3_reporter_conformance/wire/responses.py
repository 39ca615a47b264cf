"""Responses, and those that the wire gives in the place of S3."""

import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import unquote
from xml.sax.saxutils import unescape

from ..s3.credentials import Credentials
from ..s3.endpoint import Endpoint
from ..s3.error_codes import ERRORS, REQUEST_ID, THROTTLING, error_document
from ..s3.operations import UPLOADS
from .exchange import Exchange
from .faults import ErrorResponse, Fault, ForeignResponse

_HEADERS = (("Content-Type", "application/xml"), ("x-amz-request-id", REQUEST_ID))
# What may also be said with an upload, in its headers, may be said after it.
_OF_UPLOADS = UPLOADS | {"AbortMultipartUpload", "PutObjectAcl", "PutObjectTagging"}


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


def own_answer(
    request: Exchange, fault: Fault | None, owner: Credentials | None, endpoint: Endpoint
) -> Response | None:
    """Answer a request that S3 would refuse or deny, or that a fault is for; no other."""
    if request.refusal:
        return _error(request.refusal.code, request)
    # What other services allow is their matter, and STS tells everybody who they are.
    if request.is_for_s3 and owner and owner.refused and request.operation not in _OF_UPLOADS:
        refused = _error(owner.refused, request)
        # S3 tells the bucket's region all the same (HeadBucket).
        region = ("x-amz-bucket-region", request.scope.region if request.scope else "")
        return replace(refused, headers=(*refused.headers, region))
    if request.is_for_s3 and not _is_allowed(request, endpoint.bucket_prefix):
        return _error("AccessDenied", request)
    match fault:
        case ErrorResponse(code):
            return _error(code, request)
        case ForeignResponse(status, body, content_type):
            headers = (("Content-Type", content_type),) if body else ()
            return Response(status, headers, body)
    return None


def _is_allowed(request: Exchange, prefix: str) -> bool:
    """Whether a request concerns no bucket but the suite's own.

    The wire signs with credentials of the user's, which may be allowed more than a reporter is.
    """
    source = unquote(request.header.get("x-amz-copy-source", "")).removeprefix("/")
    return all(bucket.startswith(prefix) for bucket in (request.bucket, source) if bucket)


def _error(code: str, request: Exchange) -> Response:
    # An answer to HEAD has no body (RFC 9110, section 9.3.2).
    document = error_document(code, request.target.partition("?")[0])
    return Response(ERRORS[code].status, _HEADERS, b"" if request.method == "HEAD" else document)
