"""Passing a request on to the backend."""

import http.client
import ssl
import time
from http import HTTPStatus

from ..endpoint import Address, Endpoint
from ..s3.credentials import Credentials
from ..words.errors import BackendError
from .connections import Connections
from .exchange import Exchange
from .redirects import redirected
from .response import Response
from .signing import address_for, resign
from .sigv4 import in_usual_order

# How long to wait, in seconds, before the backend is asked again where it fails.
_WAITS = (0.1, 0.4, 1.6)
# How often a request is sent that the backend drops before it answers.
_MOST_SENT = 3
# How often a request is sent to where S3 says that the bucket is.
_MOST_REDIRECTS = 3
# How much of what a backend says is shown where it fails.
_MOST_SAID = 500
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
_CONDITIONS = frozenset({"if-match", "if-none-match"})


# A backend may have no other service than S3, or half of one. AWS would deny what few credentials
# may do anyway, in the form that IAM and STS have for it ("Common Errors" of the IAM API).
_NO_SUCH_SERVICE = Response(
    HTTPStatus.FORBIDDEN,
    (("Content-Type", "text/xml"),),
    b"<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
    b"<Message>Not authorized to perform this action</Message></Error></ErrorResponse>",
)


class Upstream:
    """Sends requests to a backend; shared by the threads of a wire."""

    def __init__(self) -> None:
        """Send nothing yet."""
        self._connections = Connections()
        # Where S3 said that a bucket is, by the endpoint that was asked.
        self._moved: dict[tuple[Endpoint, str], Endpoint] = {}

    def forward(self, request: Exchange, owner: Credentials | None, endpoint: Endpoint) -> Response:
        """Let the backend answer; where it fails, it is asked again before anybody is blamed.

        Args:
            request: What the reporter sent.
            owner: The credentials that it is signed with, if they are known.
            endpoint: How to reach the backend.

        Raises:
            BackendError: It failed each time.
            OSError: It cannot be reached, or does not answer.
            http.client.HTTPException: Its answer is not HTTP.
        """
        signer = (owner.signer if owner else None) or endpoint.signer
        if not request.is_for_s3:
            if signer:
                request = resign(request, signer, endpoint, endpoint.region)
            answer = self._ask(request, address_for(request, endpoint))
            return _NO_SUCH_SERVICE if answer.failed else answer
        if signer and request.scope:
            return self._follow(request, signer, endpoint)
        address = endpoint.address
        if owner and _needs_signature(request, endpoint):
            region = request.scope.region if request.scope else endpoint.region
            address = endpoint.address_of(request.bucket)
            request = resign(request, owner, endpoint, region)
        return self._ask_again(request, address)

    def close(self) -> None:
        """Close what is idle."""
        self._connections.close()

    def _follow(self, request: Exchange, signer: Credentials, endpoint: Endpoint) -> Response:
        """Sign a request anew, and follow S3 to where the bucket is, as an SDK of AWS does."""
        bucket, asked = request.bucket, endpoint
        endpoint = self._moved.get((asked, bucket), endpoint)
        for _ in range(_MOST_REDIRECTS):
            signed = resign(request, signer, endpoint, endpoint.region)
            answer = self._ask_again(signed, endpoint.address_of(bucket))
            elsewhere = redirected(answer, endpoint, bucket)
            if elsewhere is None:
                return answer
            endpoint = self._moved[asked, bucket] = elsewhere
        raise BackendError(f"it redirects {request.method} {request.target} again and again")

    def _ask_again(self, request: Exchange, address: Address) -> Response:
        """Ask the backend, again if it fails."""
        waits = _WAITS if _is_repeatable(request) else ()
        for seconds in waits:
            answer = self._ask(request, address)
            if not answer.failed:
                return answer
            time.sleep(seconds)
        answer = self._ask(request, address)
        if answer.failed:
            said = " ".join(answer.body.decode(errors="replace").split())[:_MOST_SAID]
            often = f"{1 + len(waits)} times" if waits else "once"
            raise BackendError(
                f"to {request.method} {request.target} it answered {answer.status} {often}: {said}"
            )
        return answer

    def _ask(self, request: Exchange, address: Address) -> Response:
        """Send a request, again if the backend drops it before it answers.

        A server may end an idle connection at any time (RFC 9112, section 9.3.1), which says
        nothing of the request that was being sent.
        """
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


def _needs_signature(request: Exchange, endpoint: Endpoint) -> bool:
    """Whether the backend does not take a request as the reporter signed it."""
    in_url = "X-Amz-Signature" in request.query
    return bool(request.virtual_host) or in_url or endpoint.virtual_hosted
