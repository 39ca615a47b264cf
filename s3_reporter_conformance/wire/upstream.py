"""Passing a request on to the backend."""

import http.client
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus

from ..credentials import Credentials
from ..endpoint import Address, Endpoint
from ..errors import BackendError
from .connections import Connections
from .exchange import Exchange
from .signing import resign
from .sigv4 import in_usual_order

# How long to wait, in seconds, before the backend is asked again where it fails.
_WAITS = (0.1, 0.4, 1.6)
# How often a request is sent that the backend drops before it answers.
_MOST_SENT = 3
# How much of what a backend says is shown where it fails.
_MOST_SAID = 500
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
_CONDITIONS = frozenset({"if-match", "if-none-match"})


@dataclass(frozen=True)
class Response:
    """An HTTP response.

    Attributes:
        status: The HTTP status.
        headers: Names and values, in their order.
        body: The whole body.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def failed(self) -> bool:
        """Whether the backend failed, or wants to be asked more slowly."""
        return self.status >= 500 or self.status == HTTPStatus.TOO_MANY_REQUESTS  # noqa: PLR2004


# A backend may have no other service than S3, or half of one. AWS would deny what few credentials
# may do anyway, in the form that IAM and STS have for it ("Common Errors" of the IAM API).
_NO_SUCH_SERVICE = Response(
    HTTPStatus.FORBIDDEN,
    (("Content-Type", "text/xml"),),
    b"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
    b"<Message>Not authorized to perform this action</Message></Error></ErrorResponse>",
)


class Upstream:
    """Sends requests to a backend."""

    def __init__(self, endpoint: Endpoint, connections: Connections) -> None:
        """Send nothing yet.

        Args:
            endpoint: How to reach the backend.
            connections: The connections that are kept open.
        """
        self._endpoint = endpoint
        self._connections = connections

    def forward(self, request: Exchange, owner: Credentials | None) -> Response:
        """Let the backend answer; where it fails, it is asked again before anybody is blamed.

        Args:
            request: What the reporter sent.
            owner: The credentials that it is signed with, if they are known.

        Raises:
            BackendError: It failed each time.
            OSError: It cannot be reached, or does not answer.
            http.client.HTTPException: Its answer is not HTTP.
        """
        request = self._signed_anew(request, owner)
        if not request.is_for_s3:
            answer = self._ask(request)
            return _NO_SUCH_SERVICE if answer.failed else answer
        waits = _WAITS if _is_repeatable(request) else ()
        for seconds in waits:
            answer = self._ask(request)
            if not answer.failed:
                return answer
            time.sleep(seconds)
        answer = self._ask(request)
        if answer.failed:
            said = " ".join(answer.body.decode(errors="replace").split())[:_MOST_SAID]
            often = f"{1 + len(waits)} times" if waits else "once"
            raise BackendError(
                f"to {request.method} {request.target} it answered {answer.status} {often}: {said}"
            )
        return answer

    def _signed_anew(self, request: Exchange, owner: Credentials | None) -> Exchange:
        """Sign a request anew where the backend knows no such credentials, host or URL."""
        endpoint = self._endpoint
        if endpoint.signer:
            return resign(request, endpoint.signer, endpoint, endpoint.region)
        if owner and (request.virtual_host or "X-Amz-Signature" in request.query):
            region = request.scope.region if request.scope else endpoint.region
            return resign(request, owner, endpoint, region)
        return request

    def _ask(self, request: Exchange) -> Response:
        """Send a request, again if the backend drops it before it answers.

        A server may end an idle connection at any time (RFC 9112, section 9.3.1), which says
        nothing of the request that was being sent.
        """
        address = self._endpoint.address
        if not _is_repeatable(request):
            return self._send(request, address, fresh=True)
        for sent in range(1, _MOST_SENT):
            try:
                return self._send(request, address, fresh=sent > 1)
            except (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
                continue
        return self._send(request, address, fresh=True)

    def _send(self, request: Exchange, address: Address, *, fresh: bool) -> Response:
        connection = self._connections.take(address, fresh=fresh)
        try:
            response = _answer_of(connection, request)
        except BaseException:
            connection.close()
            raise
        self._connections.give_back(address, connection)
        return response


def _answer_of(connection: http.client.HTTPConnection, request: Exchange) -> Response:
    connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers:
        if name.lower() == "authorization":
            connection.putheader(name, in_usual_order(value))
        # `Expect` was met here already.
        elif name.lower() not in _HOP_BY_HOP | {"expect"}:
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
