"""A backend that keeps what it gets, and how to talk to the wire in front of it."""

import http.client
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.proxy import Wire

Answer = tuple[int, Mapping[str, str], bytes]
DROPPED: Answer = (0, {}, b"")
"""The connection ends before an answer."""


class Echo(BaseHTTPRequestHandler):
    """A backend that keeps what it gets, and answers as it is told, then as usual."""

    protocol_version = "HTTP/1.1"
    got: ClassVar[list[tuple[str, str, list[tuple[str, str]], bytes]]] = []
    answers: ClassVar[list[Answer]] = []
    usual: ClassVar[Answer] = (200, {"ETag": '"abc"'}, b"ok")

    def do_PUT(self) -> None:
        body = b""
        if self.headers.get("Transfer-Encoding"):
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.got.append((self.command, self.requestline, self.headers.items(), body))
        status, headers, content = self.answers.pop(0) if self.answers else self.usual
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_DELETE = do_PUT

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def served(kind: type[Echo], certificate: Path | None = None) -> Iterator[int]:
    """Start a backend, with TLS if it has a certificate; its port."""
    Echo.got.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def connect(wire: Wire) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(wire.url.removeprefix("http://"))


def send(client: http.client.HTTPConnection, request: Exchange) -> http.client.HTTPResponse:
    client.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers:
        client.putheader(name, value)
    client.endheaders(request.body)
    return client.getresponse()
