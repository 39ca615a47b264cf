"""Passing a request on to the backend."""

import ssl
import time
from contextlib import closing
from http import HTTPStatus

from ..s3.credentials import Credentials
from ..s3.endpoint import Address, Endpoint
from ..words.errors import BackendError
from .exchange import Exchange
from .responses import Response
from .signing import resign

# How long each step of a request may take, in seconds.
_SECONDS = 120
# How long to wait, in seconds, before the backend is asked again where it fails.
_WAITS = (0.1, 0.4, 1.6)
_MOVED = frozenset({301, 302, 307, 308})
# How much of what a backend says is shown where it fails.
_MOST_SAID = 500
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
_CONDITIONS = frozenset({"if-match", "if-none-match"})
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


def forward(request: Exchange, owner: Credentials | None, endpoint: Endpoint) -> Response:
    """Let the backend answer; where it fails, it is asked again before anybody is blamed.

    Raises:
        BackendError: It failed each time, or does not have the bucket.
        OSError: It cannot be reached, or does not answer.
        http.client.HTTPException: Its answer is not HTTP.
    """
    if signer := endpoint.signer or owner:
        request = resign(request, signer, endpoint)
    if not request.is_for_s3:
        answer = _send(request, endpoint.address)
        return _NO_SUCH_SERVICE if answer.failed else answer
    answer = _send_again(request, endpoint.address)
    # The suite, not the reporter, chose the address and the region.
    if endpoint.signer and _is_elsewhere(answer, endpoint.region):
        raise BackendError(
            f"{endpoint.address.url} answered {answer.status}: the bucket {request.bucket} is in "
            "another region, or at another address; name that one with --backend"
        )
    return answer


def _is_elsewhere(answer: Response, region: str) -> bool:
    if answer.status != HTTPStatus.BAD_REQUEST:
        return answer.status in _MOVED
    its_region = answer.header("x-amz-bucket-region") or answer.element("Region")
    return its_region not in {"", region}


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
