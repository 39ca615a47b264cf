"""A wire in front of a backend that keeps what it gets."""

import http.client
from collections.abc import Iterator
from contextlib import closing

import pytest
from echo import Echo, connect, served
from signed import STOPPED_CLOCK

from s3_reporter_conformance.s3.endpoint import Address, Endpoint
from s3_reporter_conformance.wire.proxy import Wire


@pytest.fixture(autouse=True)
def _at_the_time_of_the_signatures() -> Iterator[None]:
    with STOPPED_CLOCK:
        yield


@pytest.fixture
def wire() -> Iterator[Wire]:
    with served(Echo) as port, closing(Wire(Endpoint(Address("127.0.0.1", port)))) as wire:
        yield wire


@pytest.fixture
def client(wire: Wire) -> Iterator[http.client.HTTPConnection]:
    with closing(connect(wire)) as connection:
        yield connection
