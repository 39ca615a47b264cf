"""The wire: the recording proxy between every reporter and the backend.

It records each request, refuses what S3 would refuse, injects faults into PutObject, and forwards
everything else, signed anew for the backend.
"""

import http.client
import re
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader
from typing import Any

from ..s3.credentials import Credentials
from ..s3.endpoint import Endpoint
from ..words.errors import BackendError
from .exchange import Exchange
from .faults import DroppedConnection, Fault, GarbledResponse, Silence
from .parsing import origin_form, read_body
from .recording import Recording
from .responses import Response, own_answer, with_places
from .upstream import forward

_LOOPBACK = "127.0.0.1"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# No target of a request holds any of these (RFC 9112, section 3.2).
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
# How soon, in seconds, the server notices that it is to stop.
_POLL = 0.05
# How long, in seconds, S3 waits for a request or a body that does not come.
_REPORTER_SECONDS = 20
# How long, in seconds, a silent S3 stays: longer than a time limit, as a busy machine may keep it.
_SILENT_SECONDS = 10
# In seconds, for what the reporter has sent to be recorded; a body that lacks is given up before.
_SETTLE_SECONDS = 60
# A reporter may open many connections at once, but not so many that threads and files run out.
_MOST_CONNECTIONS = 200


class Wire:
    """The proxy: one per session, in front of one backend."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Listen on a free port of the loopback interface, in front of a backend."""
        self._server = _Server(endpoint)
        threading.Thread(target=self._server.serve_forever, args=(_POLL,), daemon=True).start()

    @property
    def url(self) -> str:
        """The endpoint URL for the reporter."""
        return self._server.url

    @contextmanager
    def record(self, recording: Recording | None = None) -> Iterator[Recording]:
        """Record the requests on all connections that are opened within the block."""
        recording = self._server.recording = recording or Recording()
        try:
            yield recording
            self._settle()
        finally:
            recording.has_ended = True
            self._server.recording = None

    def _settle(self) -> None:
        """Let what the reporter has sent be recorded, although it did not wait for an answer."""
        # Connections are accepted in order, so that all others are by the time this one ends.
        with (
            # Where there are too many, it is refused.
            suppress(ConnectionError),
            socket.create_connection((_LOOPBACK, self._server.server_port)) as last,
        ):
            last.shutdown(socket.SHUT_WR)
            last.recv(1)
        with self._server.pending:
            self._server.pending.wait_for(lambda: not self._server.requests, _SETTLE_SECONDS)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__((_LOOPBACK, 0), _Handler)
        self.endpoint = endpoint
        self.recording: Recording | None = None
        # How many requests have arrived, and are not recorded yet.
        self.requests = 0
        # How many have arrived at all.
        self.arrived = 0
        self.pending = threading.Condition()
        self._free = threading.Semaphore(_MOST_CONNECTIONS)

    def count(self, change: int) -> None:
        with self.pending:
            self.requests += change
            self.arrived += max(change, 0)
            self.pending.notify_all()

    def hears_more(self, seconds: float) -> bool:
        """Wait for another request, or for the end of the call, which also opens a connection."""
        with self.pending:
            before = self.arrived
            return self.pending.wait_for(lambda: self.arrived > before, seconds)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self.count(1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def server_bind(self) -> None:
        # HTTPServer would look up the host's name here, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()
        self.url = f"http://{self.server_name}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 -- the base's
        """Note what the suite got wrong; a reporter that is killed leaves broken connections."""
        error = sys.exc_info()[1]
        if self.recording and isinstance(error, Exception) and not isinstance(error, OSError):
            self.recording.fail(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # How long a read may take, as `socketserver` has it.
    timeout = _REPORTER_SECONDS
    server: _Server
    raw_requestline: bytes
    rfile: BufferedReader

    def setup(self) -> None:
        # The server counted the first request when it accepted the connection.
        self._is_pending = True
        super().setup()
        # A connection belongs to the recording in which it was opened.
        self._recording = self.server.recording

    def finish(self) -> None:
        self._end_request()
        super().finish()

    def parse_request(self) -> bool:
        if not self._is_pending:
            self._is_pending = True
            self.server.count(1)
        # A URL is ASCII, but some clients leave a path with an umlaut unencoded.
        self.raw_requestline = _NOT_ASCII.sub(
            lambda byte: b"%%%02X" % ord(byte[0]), self.raw_requestline
        )
        if not super().parse_request():
            return False
        if _CONTROL.search(self.path):
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        return True

    def _end_request(self) -> None:
        if self._is_pending:
            self._is_pending = False
            self.server.count(-1)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        """Say nothing: the recording tells."""

    def handle_any(self) -> None:
        recording = self._recording
        if recording is None or recording.has_ended:
            self._drop()
            return
        request, fault = self._request(recording)
        if not recording.count(request):
            self._drop()
            return
        try:
            answer = self._answer(request, fault, recording.owner_of(request))
        except (OSError, http.client.HTTPException, BackendError) as error:
            recording.fail(error)
            answer = None
        said = answer.body if answer and answer.status >= HTTPStatus.BAD_REQUEST else b""
        outwaited = isinstance(fault, Silence) and self._is_outwaited(fault)
        # Recorded before it is answered: the reporter may be gone the moment it has its answer.
        recording.add(
            replace(
                request,
                took=recording.elapsed() - request.time,
                status=answer.status if answer else None,
                fault=str(fault) if fault else None,
                outwaited=outwaited,
                error=b"" if fault or request.refusal else said,
            )
        )
        self._end_request()
        if answer:
            self._send(answer)
        elif isinstance(fault, GarbledResponse):
            self.wfile.write(fault.sent)
            self.close_connection = True
        else:
            self._drop()

    # http.server looks for a method of this name for each HTTP method.
    do_GET = do_HEAD = do_PUT = do_POST = handle_any  # noqa: N815
    do_DELETE = do_OPTIONS = do_PATCH = handle_any  # noqa: N815

    def _request(self, recording: Recording) -> tuple[Exchange, Fault | None]:
        """Read the request, see whether S3 would take it, and take the fault that is for it."""
        target, headers = origin_form(self.requestline.split()[1], self.headers.items())
        head = Exchange(self.command, target, headers, b"", recording.elapsed())
        fault = None
        if head.is_attempt:
            head = replace(head, files=recording.files())
            fault = recording.next_fault()
        if isinstance(fault, Silence) and fault.is_deaf:
            return replace(head, is_whole=False), fault
        body, flaw = read_body(self.rfile, head.header)
        if flaw:
            # Where the next request would begin, nobody knows.
            self.close_connection = True
        request = replace(head, body=recording.shared(body), refusal=flaw)
        request = replace(request, refusal=recording.refusal_of(request))
        if request.refusal and request.is_attempt:
            recording.keep(fault)
            return request, None
        return request, fault

    def _answer(
        self, request: Exchange, fault: Fault | None, owner: Credentials | None
    ) -> Response | None:
        endpoint = self.server.endpoint
        if answer := own_answer(request, fault, endpoint):
            return answer
        match fault:
            case DroppedConnection(reached_s3=False) | GarbledResponse() | Silence():
                return None
        answer = with_places(forward(request, owner, endpoint), request, self.server.url)
        return None if isinstance(fault, DroppedConnection) else answer

    def _is_outwaited(self, silence: Silence) -> bool:
        """Be silent; return whether the reporter is still there after the longest time."""
        with suppress(ConnectionError):
            self.wfile.write(silence.said)
        # Not until it hangs up: where nobody reads the body, that cannot be seen behind it.
        return not self.server.hears_more(_SILENT_SECONDS)

    def _send(self, answer: Response) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if not answer.header("content-length") and answer.status != HTTPStatus.NO_CONTENT:
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
