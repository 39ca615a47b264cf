"""Signs recorded requests again, in the usual form, with credentials that the backend knows."""

from dataclasses import replace

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from ..s3.credentials import Credentials
from ..s3.endpoint import Endpoint
from ..s3.sigv4 import trimmed
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


class _Signer(S3SigV4Auth):
    """Trims headers as S3 does: botocore takes some bytes beyond ASCII for spaces."""

    def _header_value(self, value: str) -> str:
        return trimmed(value)


def resign(request: Exchange, credentials: Credentials, endpoint: Endpoint) -> Exchange:
    """Sign a request anew for the backend; one without a signature stays without."""
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
    kind, service = (_Signer, "s3") if request.is_for_s3 else (SigV4Auth, request.scope.service)
    kind(key, service, endpoint.region).add_auth(signed)
    sent = {"Host": endpoint.address.netloc, **dict(signed.headers.items())}
    if request.payload:
        sent["Content-Length"] = str(len(request.payload))
    return replace(request, target=target, headers=tuple(sent.items()), body=request.payload)
