"""Passing a request on to the backend."""

import http.client
from dataclasses import dataclass
from http import HTTPStatus

from ..credentials import REGION, Credentials
from ..errors import BackendError
from .exchange import Exchange
from .signing import resign
from .sigv4 import in_usual_order

# How long the backend's answer may take, in seconds.
_SECONDS = 30
# How much of what a backend says is shown where it fails.
_MOST_SAID = 500
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})


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


class Upstream:
    """One connection to the backend."""

    def __init__(self, backend: tuple[str, int], signer: Credentials | None) -> None:
        """Prepare the connection.

        Args:
            backend: The backend's host and port.
            signer: With which credentials requests are signed anew, if at all.
        """
        self._backend = backend
        self._signer = signer
        self._connection = http.client.HTTPConnection(*backend, timeout=_SECONDS)

    def forward(self, request: Exchange, owner: Credentials | None) -> Response:
        """Let the backend answer; where it fails, it is asked again before anybody is blamed.

        Args:
            request: What the reporter sent.
            owner: The credentials that it is signed with, if they are known.

        Raises:
            BackendError: It failed twice.
            OSError: It cannot be reached, or does not answer.
            http.client.HTTPException: Its answer is not HTTP.
        """
        request = self._signed_anew(request, owner)
        answer = self._ask(request)
        if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return answer
        answer = self._ask(request)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            said = " ".join(answer.body.decode(errors="replace").split())[:_MOST_SAID]
            raise BackendError(
                f"to {request.method} {request.target} it answered {answer.status} twice: {said}"
            )
        return answer

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _signed_anew(self, request: Exchange, owner: Credentials | None) -> Exchange:
        """Sign a request anew where the backend knows no such credentials, host or URL."""
        if self._signer:
            return resign(request, self._signer, self._backend, REGION)
        if owner and (request.virtual_host or "X-Amz-Signature" in request.query):
            region = request.scope.region if request.scope else REGION
            return resign(request, owner, self._backend, region)
        return request

    def _ask(self, request: Exchange) -> Response:
        connection = self._connection
        connection.putrequest(
            request.method, request.target, skip_host=True, skip_accept_encoding=True
        )
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
