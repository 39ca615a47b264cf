"""A wire in front of a backend that keeps what it gets."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import ThreadingHTTPServer

import pytest
from echo import Echo, connect

from s3_reporter_conformance.endpoint import Address, Endpoint
from s3_reporter_conformance.wire.proxy import Wire


@pytest.fixture
def backend() -> Iterator[Endpoint]:
    Echo.got.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Endpoint(Address("127.0.0.1", server.server_port))
    server.shutdown()
    server.server_close()


@pytest.fixture
def wire(backend: Endpoint) -> Iterator[Wire]:
    wire = Wire(backend)
    yield wire
    wire.close()


@pytest.fixture
def client(wire: Wire) -> Iterator[http.client.HTTPConnection]:
    with closing(connect(wire)) as connection:
        yield connection
