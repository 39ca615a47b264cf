"""Passing a request on to the backend."""

import re
import ssl
import time
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus

from ..endpoint import Address, Endpoint
from ..s3.credentials import Credentials
from ..words.errors import BackendError
from .answers import Response
from .exchange import Exchange
from .redirects import redirected
from .signing import resign

# How long each step of a request may take, in seconds.
_SECONDS = 30
# How long to wait, in seconds, before the backend is asked again where it fails.
_WAITS = (0.1, 0.4, 1.6)
# How often a request is sent to where S3 says that the bucket is.
_MOST_REDIRECTS = 3
# How much of what a backend says is shown where it fails.
_MOST_SAID = 500
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
_CONDITIONS = frozenset({"if-match", "if-none-match"})
# As all backends know it; S3 takes the parts in any order.
_USUAL_ORDER = re.compile("AWS4-HMAC-SHA256 Credential=[^,]*, SignedHeaders=[^,]*, Signature=[^,]*")
# A server that ends the connection says nothing of the request that was being sent.
_DROPPED = (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError, ssl.SSLZeroReturnError)

# A backend may have no other service than S3, or half of one. AWS would deny what few credentials
# may do anyway, in the form that IAM and STS have for it ("Common Errors" of the IAM API).
_NO_SUCH_SERVICE = Response(
    HTTPStatus.FORBIDDEN,
    (("Content-Type", "text/xml"),),
    b"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
    b"<Message>Not authorized to perform this action</Message></Error></ErrorResponse>",
)


@dataclass
class Upstream:
    """Sends requests to a backend; shared by the threads of a wire."""

    # Where S3 said that a bucket is, by the endpoint that was asked.
    _moved: dict[tuple[Endpoint, str], Endpoint] = field(default_factory=dict)

    def forward(self, request: Exchange, owner: Credentials | None, endpoint: Endpoint) -> Response:
        """Let the backend answer; where it fails, it is asked again before anybody is blamed.

        Raises:
            BackendError: It failed each time.
            OSError: It cannot be reached, or does not answer.
            http.client.HTTPException: Its answer is not HTTP.
        """
        signer = (owner.signer if owner else None) or endpoint.signer
        if not request.is_for_s3:
            if signer:
                request = resign(request, signer, endpoint, endpoint.region)
            answer = _send(request, endpoint.address)
            return _NO_SUCH_SERVICE if answer.failed else answer
        if signer and request.scope:
            return self._follow(request, signer, endpoint)
        if owner and request.scope and _needs_signature(request):
            signed = resign(request, owner, endpoint, request.scope.region)
            return _send_again(signed, endpoint.address)
        return _send_again(request, endpoint.address)

    def _follow(self, request: Exchange, signer: Credentials, endpoint: Endpoint) -> Response:
        """Sign a request anew, and follow S3 to where the bucket is, as an SDK of AWS does."""
        bucket, asked = request.bucket, endpoint
        endpoint = self._moved.get((asked, bucket), endpoint)
        for _ in range(_MOST_REDIRECTS):
            signed = resign(request, signer, endpoint, endpoint.region)
            answer = _send_again(signed, endpoint.address)
            elsewhere = redirected(answer, endpoint, bucket)
            if elsewhere is None:
                return answer
            endpoint = self._moved[asked, bucket] = elsewhere
        raise BackendError(f"it redirects {request.method} {request.target} again and again")


def _send_again(request: Exchange, address: Address) -> Response:
    """Send a request, again if the backend fails or drops it."""
    waits = _WAITS if _is_repeatable(request) else ()
    for seconds in waits:
        try:
            answer = _send(request, address)
        except _DROPPED:
            continue
        if not answer.failed:
            return answer
        time.sleep(seconds)
    answer = _send(request, address)
    if answer.failed:
        said = " ".join(answer.body.decode(errors="replace").split())[:_MOST_SAID]
        often = f"{1 + len(waits)} times" if waits else "once"
        raise BackendError(
            f"to {request.method} {request.target} it answered {answer.status} {often}: {said}"
        )
    return answer


def _send(request: Exchange, address: Address) -> Response:
    with closing(address.connect(_SECONDS)) as connection:
        connection.putrequest(
            request.method, request.target, skip_host=True, skip_accept_encoding=True
        )
        # `Expect` was met here already.
        for name, value in request.headers:
            if name.lower() not in _HOP_BY_HOP | {"expect"}:
                connection.putheader(name, value)
        connection.endheaders(
            request.body or None, encode_chunked="transfer-encoding" in request.header
        )
        response = connection.getresponse()
        headers = tuple(
            (name, value)
            for name, value in response.getheaders()
            if name.lower() not in _HOP_BY_HOP | {"transfer-encoding"}
        )
        return Response(response.status, headers, response.read())


def _is_repeatable(request: Exchange) -> bool:
    """Whether sending a request twice does the same as sending it once."""
    return request.method != "POST" and not _CONDITIONS & request.header.keys()


def _needs_signature(request: Exchange) -> bool:
    """Whether the backend does not take a request as the reporter signed it."""
    is_usual = _USUAL_ORDER.fullmatch(request.header.get("authorization", ""))
    return bool(request.virtual_host) or not is_usual
