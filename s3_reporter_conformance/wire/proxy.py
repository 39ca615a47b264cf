"""The wire: the HTTP front that every reporter talks to, whatever the backend.

It records each request, refuses what S3 would refuse, plays faults for PutObject, and passes
everything else on: raw path, `Host` header and aws-chunked bodies verbatim, so that signatures and
checksums stay true.
"""

import http.client
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ..credentials import REGION, Credentials
from ..errors import BackendError
from .body import read_body
from .exchange import Exchange
from .faults import DelayedResponse, DroppedConnection, ErrorResponse, Fault, SideEffect
from .recording import Limit, Recording
from .signing import resign

_LOOPBACK = "127.0.0.1"
# How soon, in seconds, the server notices that it is to stop.
_POLL = 0.05
# How long, in seconds, S3 waits for a request or a body that does not come, and the wire for the
# backend's answer.
_REPORTER_SECONDS = 20
_BACKEND_SECONDS = 30
# How much of what a backend says is shown where it fails.
_MOST_SAID = 500
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
_ERROR_HEADERS = (("Content-Type", "application/xml"), ("x-amz-request-id", "4442587FB7D0A2F9"))


class Wire:
    """The front: one for a session, in front of one backend."""

    def __init__(self, backend: tuple[str, int], signer: Credentials | None = None) -> None:
        """Listen on a free port of the loopback interface.

        Args:
            backend: Host and port to which requests are passed on.
            signer: With which credentials they are signed anew, if at all.
        """
        self._server = _Server((_LOOPBACK, 0), _Handler, backend, signer)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The endpoint URL for the reporter."""
        return f"http://{_LOOPBACK}:{self._server.server_port}"

    @contextmanager
    def record(
        self,
        script: Iterable[Fault | None] = (),
        output_dir: Path | None = None,
        limit: Limit | None = None,
        credentials: Collection[Credentials] | None = None,
    ) -> Iterator[Recording]:
        """Record the requests on all connections that are opened within the block.

        Args:
            script: What becomes of each PutObject; every one after the end is let through.
            output_dir: The folder to look into whenever a PutObject arrives.
            limit: How many attempts are enough.
            credentials: Those that the reporter was given, for S3 to verify its requests; `None`
                for an S3 that takes anything.
        """
        recording = Recording(script, output_dir, limit, credentials)
        self._server.recording = recording
        try:
            yield recording
        finally:
            recording.ended.set()
            self._server.recording = None

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


@dataclass(frozen=True)
class _Response:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def _error(response: ErrorResponse, request: Exchange) -> _Response:
    resource = request.target.partition("?")[0]
    # An answer to HEAD has no body (RFC 9110, section 9.3.2).
    body = b"" if request.method == "HEAD" else response.body(resource)
    return _Response(response.status, _ERROR_HEADERS, body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # A reporter may open many connections at once.
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        handler: type[BaseHTTPRequestHandler],
        backend: tuple[str, int],
        signer: Credentials | None,
    ) -> None:
        super().__init__(address, handler)
        self.backend = backend
        self.signer = signer
        self.recording: Recording | None = None

    def server_bind(self) -> None:
        # HTTPServer would look up the host's name here, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        host, self.server_port = self.socket.getsockname()
        self.server_name = host

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 -- the base's
        """Note what the suite got wrong; a reporter that is killed leaves broken connections."""
        error = sys.exc_info()[1]
        if self.recording and isinstance(error, Exception) and not isinstance(error, OSError):
            self.recording.failed(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # How long a read may take, as `socketserver` has it.
    timeout = _REPORTER_SECONDS
    server: _Server

    def setup(self) -> None:
        super().setup()
        self._recording = self.server.recording
        self._upstream = http.client.HTTPConnection(*self.server.backend, timeout=_BACKEND_SECONDS)

    def finish(self) -> None:
        self._upstream.close()
        super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """Say nothing: the recording tells."""

    def handle_any(self) -> None:
        recording = self._recording
        if recording is None or recording.ended.is_set():
            self._drop()
            return
        request = self._request(recording)
        fault = None
        if request.is_attempt:
            request = replace(request, files=recording.files())
            recording.count_attempt()
            fault = None if request.refusal else recording.next_fault()
        try:
            answer = self._answer(request, fault)
        except (OSError, http.client.HTTPException, BackendError) as error:
            recording.failed(error)
            answer = None
        # Recorded before it is answered: the reporter may be gone the moment it has its answer.
        recording.add(
            replace(
                request,
                status=answer.status if answer else None,
                fault=str(fault) if fault else None,
            )
        )
        if isinstance(fault, DelayedResponse):
            recording.ended.wait(fault.seconds)
        if answer:
            self._send(answer)
        else:
            self._drop()

    # http.server looks for a method of this name for each HTTP method.
    do_GET = do_HEAD = do_PUT = do_POST = handle_any  # noqa: N815
    do_DELETE = do_OPTIONS = do_PATCH = handle_any  # noqa: N815

    def _request(self, recording: Recording) -> Exchange:
        """Read the request, and see whether S3 would take it."""
        time = recording.elapsed()
        headers = tuple(self.headers.items())
        body = read_body(self.rfile, {name.lower(): value for name, value in headers})
        request = Exchange(
            time=time,
            method=self.command,
            target=self.requestline.split(" ")[1],
            headers=headers,
            body=body.content,
            status=None,
            fault=None,
            refusal=body.refusal,
        )
        if body.refusal:
            # Where the next request would begin, nobody knows.
            self.close_connection = True
            return request
        return replace(request, refusal=recording.refusal_of(request))

    def _answer(self, request: Exchange, fault: Fault | None) -> _Response | None:
        if request.refusal:
            return _error(request.refusal.response, request)
        match fault:
            case ErrorResponse():
                return _error(fault, request)
            case DroppedConnection(reached_s3):
                if reached_s3:
                    self._forward(request)
                return None
            case SideEffect(happens):
                happens()
                return self._forward(request)
            case _:
                return self._forward(request)

    def _forward(self, request: Exchange) -> _Response:
        """Let the backend answer; where it fails, it is asked again before anybody is blamed."""
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

    def _ask(self, request: Exchange) -> _Response:
        request = self._as_the_backend_takes_it(request)
        upstream = self._upstream
        upstream.putrequest(
            request.method, request.target, skip_host=True, skip_accept_encoding=True
        )
        for name, value in request.headers:
            # `Expect` was met here already.
            if name.lower() not in _HOP_BY_HOP | {"expect"}:
                upstream.putheader(name, value)
        upstream.endheaders(
            request.body or None, encode_chunked="transfer-encoding" in request.header
        )
        response = upstream.getresponse()
        headers = tuple(
            (name, value)
            for name, value in response.getheaders()
            if name.lower() not in _HOP_BY_HOP | {"transfer-encoding"}
        )
        return _Response(response.status, headers, response.read())

    def _as_the_backend_takes_it(self, request: Exchange) -> Exchange:
        """Sign a request anew where the backend knows no such credentials, host or URL."""
        if self.server.signer:
            return resign(request, self.server.signer, self.server.backend, REGION)
        owner = self._recording.owner_of(request) if self._recording else None
        if owner and (request.virtual_host or "X-Amz-Signature" in request.query):
            region = request.scope.region if request.scope else REGION
            return resign(request, owner, self.server.backend, region)
        return request

    def _send(self, answer: _Response) -> None:
        self.send_response_only(answer.status)
        has_length = False
        for name, value in answer.headers:
            self.send_header(name, value)
            has_length = has_length or name.lower() == "content-length"
        if not has_length and answer.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _drop(self) -> None:
        """Reset the connection, so that the reporter's SDK meets a network error and no answer."""
        self.close_connection = True
        linger_none = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        self.connection.close()
