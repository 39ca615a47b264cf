"""The wire: the recording proxy between every reporter and the backend.

It records each request, injects faults into PutObject, and forwards everything else.  The raw path,
the `Host` header, and aws-chunked bodies stay verbatim, to keep signatures and checksums valid.
"""

import http.client
import socket
import socketserver
import struct
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ..credentials import REGION, Credentials
from ..errors import BackendError
from .exchange import Exchange
from .faults import DelayedResponse, DroppedConnection, ErrorResponse, Fault, SideEffect
from .recording import Limit, Recording
from .signing import resign

_LOOPBACK = "127.0.0.1"
# How soon, in seconds, the server notices that it is to stop.
_POLL = 0.05
# RFC 9110 §7.6.1: meant for one connection only, so never passed on.
_HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "te", "upgrade"})
_ERROR_HEADERS = (("Content-Type", "application/xml"), ("x-amz-request-id", "4442587FB7D0A2F9"))


class Wire:
    """The proxy: one per session, in front of one backend."""

    def __init__(self, backend: tuple[str, int], signer: Credentials | None = None) -> None:
        """Listen on a free port of the loopback interface.

        Args:
            backend: The host and port to forward requests to.
            signer: The credentials to sign requests again with; `None` to leave them unchanged.
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
        *,
        backend: tuple[str, int] | None = None,
    ) -> Iterator[Recording]:
        """Record the requests on all connections that are opened within the block.

        Args:
            script: The fault for each PutObject, in order; later ones are forwarded.
            output_dir: The folder to inspect whenever a PutObject arrives.
            limit: The number of attempts after which the reporter is killed.
            backend: Host and port to forward requests to, if not the usual ones.
        """
        recording = Recording(script, output_dir, limit, backend)
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

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a reporter that is killed leaves broken connections behind."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self._recording = self.server.recording
        recording = self._recording
        self._backend = (recording.backend if recording else None) or self.server.backend
        self._upstream = http.client.HTTPConnection(*self._backend)

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
        request = Exchange(
            time=recording.elapsed(),
            method=self.command,
            target=self.requestline.split(" ")[1],
            headers=tuple(self.headers.items()),
            body=self._read_body(),
            status=None,
            fault=None,
        )
        fault = None
        if request.is_attempt:
            request = replace(request, files=recording.files())
            fault = recording.next_fault()
        try:
            answer = self._answer(request, fault)
        except (OSError, http.client.HTTPException, BackendError) as error:
            recording.backend_failed(error)
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

    def _answer(self, request: Exchange, fault: Fault | None) -> _Response | None:
        match fault:
            case ErrorResponse():
                resource = request.target.partition("?")[0]
                return _Response(fault.status, _ERROR_HEADERS, fault.body(resource))
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
        if self.server.signer:
            request = resign(request, self.server.signer, self._backend, REGION)
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

    def _send(self, answer: _Response) -> None:
        self.send_response_only(answer.status)
        has_length = False
        for name, value in answer.headers:
            self.send_header(name, value)
            has_length = has_length or name.lower() == "content-length"
        if not has_length and answer.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _drop(self) -> None:
        """Reset the connection, so that the reporter's SDK meets a network error and no answer."""
        self.close_connection = True
        linger_none = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        self.connection.close()

    def _read_body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _chunks(self) -> Iterator[bytes]:
        """Take `Transfer-Encoding: chunked` apart (RFC 9112 §7.1)."""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            """Drop trailer fields: AWS's own travel inside the aws-chunked body."""
