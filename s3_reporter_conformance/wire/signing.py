"""Signs recorded requests again, for a backend that checks signatures.

The reporter signs with generated credentials, by which the suite tells profiles apart.  The backend
does not know these, so the wire signs with the suite's own credentials.
"""

from dataclasses import replace

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from ..endpoint import Endpoint
from ..s3.credentials import Credentials
from .exchange import Exchange

# What belongs to the old signature, or to the framing of a body that was signed piece by piece.
_DROPPED = frozenset(
    {
        "authorization",
        "content-length",
        "host",
        "transfer-encoding",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-decoded-content-length",
        "x-amz-security-token",
        "x-amz-trailer",
    }
)


def resign(
    request: Exchange, credentials: Credentials, endpoint: Endpoint, region: str
) -> Exchange:
    """Sign a request anew for a region of the backend; one without a signature stays without."""
    if request.scope is None:
        return request
    headers = {
        name: value
        for name, value in request.headers
        if name.lower() not in _DROPPED and value.lower() != "aws-chunked"
    }
    if request.is_aws_chunked:
        # What followed the body goes ahead of it.
        headers |= request.chunked_body.trailer
    # Not `urlsplit`, which takes the beginning of a path with two slashes for a host.
    path, _, query = request.target.partition("?")
    if request.virtual_host:
        path = f"/{request.virtual_host}{path}"
    # A presigned URL's signature is left out.
    kept = [pair for pair in query.split("&") if pair and not pair.startswith("X-Amz-")]
    target = "?".join(filter(None, (path, "&".join(kept))))
    signed = AWSRequest(request.method, f"{endpoint.address.url}{target}", headers, request.payload)
    key = BotocoreCredentials(
        credentials.access_key_id, credentials.secret_access_key, credentials.session_token or None
    )
    if _is_for_sts(request):
        SigV4Auth(key, "sts", region).add_auth(signed)
    else:
        S3SigV4Auth(key, "s3", region).add_auth(signed)
    sent = {"Host": endpoint.address.netloc, **dict(signed.headers.items())}
    if request.payload:
        sent["Content-Length"] = str(len(request.payload))
    return replace(request, target=target, headers=tuple(sent.items()), body=request.payload)


def _is_for_sts(request: Exchange) -> bool:
    return bool(request.scope and request.scope.service == "sts")
