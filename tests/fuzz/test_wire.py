"""No request makes the suite fail, and only signed ones are accepted."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

import pytest
from echo import Echo, served
from hypothesis import example, given
from hypothesis import strategies as st
from signed import (
    CONTENT,
    KNOWN,
    LARGE,
    SIGNED_CHUNKS,
    STOPPED_CLOCK,
    TRAILER,
    UNSIGNED_TRAILER,
    chunked,
    signed,
)
from strategies import mutated

from s3_reporter_conformance.s3.endpoint import Address, Endpoint
from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Recording


def raw(request: Exchange, *headers: str) -> bytes:
    """A request as it goes over the wire."""
    given = [f"{name}: {value}" for name, value in request.headers]
    head = [f"{request.method} {request.target} HTTP/1.1", *given, *headers, "", ""]
    return "\r\n".join(head).encode("latin-1") + request.body


def framed(request: Exchange) -> bytes:
    """The same with the framing of `Transfer-Encoding: chunked`."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() != "content-length")
    frames = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (request.body, b""))
    head = Exchange(request.method, request.target, headers, frames)
    return raw(head, "Transfer-Encoding: chunked")


UPLOADS = (
    signed(),
    signed("/a%20b", headers={"Host": "reports.localhost:4566"}),
    chunked(CONTENT, SIGNED_CHUNKS),
    chunked(LARGE, UNSIGNED_TRAILER, TRAILER),
)
VALID = (*map(raw, UPLOADS), framed(UPLOADS[2]))
PAYLOADS = {upload.payload for upload in UPLOADS}
KEYS = {upload.key for upload in UPLOADS}


@pytest.fixture(scope="module", autouse=True)
def _at_the_time_of_the_signatures() -> Iterator[None]:
    with STOPPED_CLOCK:
        yield


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    with served(Echo) as port, closing(Wire(Endpoint(Address("127.0.0.1", port)))) as wire:
        yield wire


def accepted(wire: Wire, sent: bytes) -> Sequence[Exchange]:
    """Send bytes on a connection, and nothing more; the uploads that are accepted."""
    host, _, port = wire.url.removeprefix("http://").partition(":")
    with (
        wire.record(Recording(credentials=KNOWN)) as recording,
        socket.create_connection((host, int(port))) as client,
        # The wire may have heard enough.
        suppress(OSError),
    ):
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        while client.recv(65536):
            pass
    recording.check()
    return [each for each in recording.exchanges if each.is_attempt and each.succeeded]


@given(st.sampled_from(VALID), st.floats(0, 1, exclude_max=True))
@example(VALID[-1], 0.99999)
def test_a_request_is_accepted_unless_it_is_cut(wire: Wire, whole: bytes, place: float) -> None:
    assert accepted(wire, whole)
    assert not accepted(wire, whole[: int(place * len(whole))])


@given(
    mutated(*VALID)
    | st.lists(mutated(*VALID), min_size=2, max_size=3).map(b"".join)
    | st.binary(max_size=200)
    | st.text("GETPUTHTTP/1. \r\n:%?&=\t\0", max_size=80).map(str.encode)
)
@example(b"PUT  /reports/key HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
@example(b"GET /?\x01 HTTP/1.1\r\nHost: x\r\n\r\n")
@example(b"PUT /a/b HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n")
@example(b"PUT /a/b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n")
def test_what_is_accepted_is_what_was_signed(wire: Wire, sent: bytes) -> None:
    for exchange in accepted(wire, sent):
        assert exchange.payload in PAYLOADS
        assert exchange.key in KEYS
