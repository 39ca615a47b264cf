"""What the wire answers itself, in the place of S3."""

from dataclasses import replace
from urllib.parse import unquote

from ..endpoint import Endpoint
from ..s3.credentials import REGION, Credentials
from .exchange import UPLOADS, Exchange
from .faults import ErrorResponse, Fault, ForeignResponse
from .response import Response

_HEADERS = (("Content-Type", "application/xml"), ("x-amz-request-id", "4442587FB7D0A2F9"))
# What may also be said with an upload, in its headers, may be said after it.
_OF_UPLOADS = UPLOADS | {"AbortMultipartUpload", "PutObjectAcl", "PutObjectTagging"}


def own_answer(
    request: Exchange, fault: Fault | None, owner: Credentials | None, endpoint: Endpoint
) -> Response | None:
    """Answer a request that S3 would refuse or deny, or that a fault is for.

    Args:
        request: What the reporter sent.
        fault: The fault to inject, if any.
        owner: The credentials that it is signed with, if they are known.
        endpoint: How to reach the backend.

    Returns:
        `None` if the backend is to answer, or nobody.
    """
    if request.refusal:
        return _error(request.refusal.response, request)
    if owner and owner.refused and not _is_of_upload(request):
        return _refusal(owner.refused, request)
    if request.is_for_s3 and not _is_allowed(request, endpoint.bucket_prefix):
        return _error(ErrorResponse.of("AccessDenied"), request)
    match fault:
        case ErrorResponse():
            return _error(fault, request)
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


def _error(response: ErrorResponse, request: Exchange) -> Response:
    resource = request.target.partition("?")[0]
    # An answer to HEAD has no body (RFC 9110, section 9.3.2).
    body = b"" if request.method == "HEAD" else response.body(resource)
    return Response(response.status, _HEADERS, body)


def _is_of_upload(request: Exchange) -> bool:
    """Whether a request is answered although everything but uploads is refused.

    What other services allow is their matter, and STS tells everybody who they are.
    """
    is_for_s3 = request.scope is None or request.scope.service.startswith("s3")
    return not is_for_s3 or request.operation in _OF_UPLOADS


def _refusal(code: str, request: Exchange) -> Response:
    """Refuse a request as S3 does, which tells the bucket's region all the same (HeadBucket)."""
    refused = _error(ErrorResponse.of(code), request)
    region = request.scope.region if request.scope else REGION
    return replace(refused, headers=(*refused.headers, ("x-amz-bucket-region", region)))
