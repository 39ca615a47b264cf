"""The wire records everything, passes it on unchanged, and plays faults."""

import http.client
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from echo import Echo, connect, send
from signed import CONTENT, KNOWN, PERMANENT, presigned, signed, virtual_hosted, with_headers

from s3_reporter_conformance.endpoint import Address, Endpoint
from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.faults import (
    DroppedConnection,
    ErrorResponse,
    SideEffect,
)
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Limit
from s3_reporter_conformance.words.errors import BackendError


def test_a_request_is_recorded_and_passed_on_verbatim(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    with wire.record() as recording:
        client.request("PUT", "/bucket/a%2Fb//c%20d?x=1", b"body", {"X-Amz-Meta-A": "b"})
        answer = client.getresponse()
        assert (answer.status, answer.headers["ETag"], answer.read()) == (200, '"abc"', b"ok")
    [exchange] = recording.exchanges
    assert exchange.target == "/bucket/a%2Fb//c%20d?x=1"
    assert (exchange.body, exchange.status, exchange.fault) == (b"body", 200, None)
    [(_, request_line, headers, body)] = Echo.got
    assert (request_line, body) == ("PUT /bucket/a%2Fb//c%20d?x=1 HTTP/1.1", b"body")
    assert dict(headers)["Host"] == wire.url.removeprefix("http://")
    assert dict(headers)["X-Amz-Meta-A"] == "b"
    assert exchange.headers == tuple(headers)


def test_one_connection_serves_many_requests(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    with wire.record() as recording:
        for number in range(3):
            client.request("PUT", f"/bucket/{number}", b"x")
            client.getresponse().read()
    assert [exchange.key for exchange in recording.exchanges] == ["0", "1", "2"]
    times = [exchange.time for exchange in recording.exchanges]
    assert times == sorted(times)


def test_an_aws_chunked_body_is_passed_verbatim(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    body = b"4;chunk-signature=abc\r\nbody\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
    with wire.record() as recording:
        client.request(
            "PUT", "/b/k", iter([body[:10], body[10:]]), {"Content-Encoding": "aws-chunked"}
        )
        client.getresponse().read()
    assert recording.exchanges[0].body == body
    assert Echo.got[0][3] == body


def test_expect_100_continue_is_answered_before_the_body(wire: Wire) -> None:
    host, _, port = wire.url.removeprefix("http://").partition(":")
    with wire.record() as recording, socket.create_connection((host, int(port)), 5) as client:
        client.sendall(
            b"PUT /b/k HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
        )
        # Nothing of the body is sent yet, so only the wire can be answering.
        assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
        client.sendall(b"body")
        assert client.recv(100).startswith(b"HTTP/1.1 200 OK")
    assert recording.exchanges[0].body == b"body"


def test_a_head_request_has_no_body(wire: Wire, client: http.client.HTTPConnection) -> None:
    with wire.record():
        client.request("HEAD", "/b/k")
        answer = client.getresponse()
        assert (answer.headers["Content-Length"], answer.read()) == ("2", b"")
        client.request("PUT", "/b/k", b"next on the same connection")
        assert client.getresponse().status == 200


def test_an_error_answer_never_reaches_the_backend(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    with wire.record([ErrorResponse("SlowDown")]) as recording:
        client.request("HEAD", "/b")
        client.getresponse().read()
        client.request("PUT", "/b/k", b"x")
        answer = client.getresponse()
        assert answer.status == 503
        body = answer.read()
        assert b"<Code>SlowDown</Code>" in body
        assert b"<Resource>/b/k</Resource>" in body
        client.request("PUT", "/b/k", b"x")
        assert client.getresponse().status == 200
    assert [e.status for e in recording.exchanges] == [200, 503, 200]
    assert [e.fault for e in recording.exchanges] == [None, "injected: SlowDown", None]
    assert [entry[0] for entry in Echo.got] == ["HEAD", "PUT"]


@pytest.mark.parametrize("reached_s3", [False, True])
def test_a_dropped_connection(
    wire: Wire, client: http.client.HTTPConnection, reached_s3: bool
) -> None:
    with wire.record([DroppedConnection(reached_s3=reached_s3)]) as recording:
        client.request("PUT", "/b/k", b"x")
        with pytest.raises(ConnectionError):
            client.getresponse()
    assert [exchange.status for exchange in recording.exchanges] == [None]
    assert len(Echo.got) == int(reached_s3)


def test_nothing_is_served_outside_a_recording(client: http.client.HTTPConnection) -> None:
    with pytest.raises(ConnectionError):  # noqa: PT012 -- either of them may meet the reset
        client.request("PUT", "/b/k", b"x")
        client.getresponse()
    assert Echo.got == []


def test_what_fails_meanwhile_is_not_held_against_the_reporter(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    def fail() -> None:
        raise BackendError("no such bucket")

    with wire.record([SideEffect(fail, "the bucket is deleted")]) as recording:
        client.request("PUT", "/b/k", b"x")
        with pytest.raises(ConnectionError):
            client.getresponse()
    assert [exchange.status for exchange in recording.exchanges] == [None]
    with pytest.raises(BackendError, match="no such bucket"):
        recording.check()


def test_a_dead_backend_is_not_held_against_the_reporter() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        wire = Wire(Endpoint(Address(*unused.getsockname())))
        with wire.record() as recording, closing(connect(wire)) as client:
            client.request("PUT", "/b/k", b"x")
            with pytest.raises(ConnectionError):
                client.getresponse()
        wire.close()
    with pytest.raises(BackendError, match="did not answer"):
        recording.check()


def answer_to(wire: Wire, sent: bytes) -> bytes:
    """The answer to a request that is cut short, and said to be at its end."""
    host, _, port = wire.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 5) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(1000), b""))


ANNOUNCED = "that Content-Length announces"
HEAD = b"PUT /b/k HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("sent", "status", "finding"),
    [
        (
            HEAD + b"Content-Length: 10\r\n\r\nbody",
            400,
            f"IncompleteBody: the body ended after 4 bytes, before the 10 bytes {ANNOUNCED}",
        ),
        (
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n",
            400,
            "IncompleteBody: the body ended after 4 bytes, before a last chunk",
        ),
        (
            HEAD + b"Transfer-Encoding: chunked\r\n\r\nfour\r\nbody\r\n0\r\n\r\n",
            400,
            "IncompleteBody: the body ended after 0 bytes, before a last chunk",
        ),
        (
            HEAD + b"Content-Length: ten\r\n\r\nbody",
            400,
            "BadRequest: Content-Length is 'ten', which is no number",
        ),
        (
            HEAD + b'Transfer-Encoding: chunked\r\n\r\n{"not": "in chunks"}',
            400,
            "IncompleteBody: the body ended after 0 bytes, before a last chunk",
        ),
    ],
)
def test_a_broken_body_is_told_and_breaks_nothing(
    wire: Wire, client: http.client.HTTPConnection, sent: bytes, status: int, finding: str
) -> None:
    before = threading.active_count()
    with wire.record([ErrorResponse("SlowDown")]) as recording:
        answer = answer_to(wire, sent)
        assert answer.startswith(f"HTTP/1.1 {status} ".encode())
        assert b"Connection: close" in answer
        # The fault is for the first attempt that S3 takes.
        client.request("PUT", "/b/k", b"x")
        assert client.getresponse().status == 503
    client.close()
    assert [exchange.status for exchange in recording.exchanges] == [status, 503]
    assert [str(exchange.refusal) for exchange in recording.exchanges] == [finding, "None"]
    assert Echo.got == []
    recording.check()
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_a_body_that_stalls_is_waited_for_only_so_long(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("s3_reporter_conformance.wire.proxy._Handler.timeout", 0.2)
    host, _, port = wire.url.removeprefix("http://").partition(":")
    with wire.record() as recording, socket.create_connection((host, int(port)), 5) as client:
        client.sendall(HEAD + b"Content-Length: 10\r\n\r\nbody")
        assert client.recv(100).startswith(b"HTTP/1.1 400 Bad Request")
    [exchange] = recording.exchanges
    assert str(exchange.refusal) == (
        f"RequestTimeout: the body stalled after 4 bytes, before the 10 bytes {ANNOUNCED}"
    )
    assert exchange.body == b"body"


def test_a_reporter_that_hangs_up_is_recorded(wire: Wire) -> None:
    host, _, port = wire.url.removeprefix("http://").partition(":")
    # Whatever was sent within the block is recorded, although nobody waited for the answer.
    with wire.record() as recording, socket.create_connection((host, int(port)), 5) as client:
        client.sendall(HEAD + b"Content-Length: 10\r\n\r\nbody")
        client.close()
    assert [e.refusal.code for e in recording.exchanges if e.refusal] == ["IncompleteBody"]
    recording.check()


def test_what_s3_refuses_is_refused_and_consumes_no_fault(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    reached: list[bool] = []
    limit = Limit(2, lambda: reached.append(True))
    wrong = signed(credentials=replace(PERMANENT, secret_access_key="wrong"))
    with wire.record([ErrorResponse("SlowDown")], None, limit, KNOWN) as recording:
        answer = send(client, wrong)
        assert answer.status == 403
        assert b"<Code>SignatureDoesNotMatch</Code>" in answer.read()
        assert reached == []
        assert send(client, signed()).read().count(b"<Code>SlowDown</Code>") == 1
        # An attempt that is refused is still an attempt.
        assert reached == [True]
        assert send(client, signed()).read() == b"ok"
    assert [(e.status, e.fault) for e in recording.exchanges] == [
        (403, None),
        (503, "injected: SlowDown"),
        (200, None),
    ]
    assert [e.is_attempt for e in recording.exchanges] == [True, True, True]
    assert len(Echo.got) == 1


def test_a_refused_head_request_has_no_body(wire: Wire, client: http.client.HTTPConnection) -> None:
    with wire.record(credentials=()):
        answer = send(client, signed(method="HEAD", content=b""))
        assert (answer.status, answer.read()) == (403, b"")
        assert send(client, signed(method="HEAD", content=b"")).status == 403


@pytest.mark.parametrize("framed", [True, False])
def test_two_ways_to_tell_the_length_are_refused_at_once(
    wire: Wire, client: http.client.HTTPConnection, framed: bool
) -> None:
    request = with_headers(signed(), transfer_encoding="chunked")
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(CONTENT), CONTENT) if framed else CONTENT
    with wire.record(credentials=KNOWN) as recording:
        answer = send(client, replace(request, body=body))
        assert answer.status == 501
        answer.read()
        assert send(client, signed()).read() == b"ok"
    assert [e.body for e in recording.exchanges] == [CONTENT, CONTENT]


def test_the_backend_gets_the_authorization_in_the_usual_order(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    usual = signed().header["authorization"]
    credential, headers, signature = usual.removeprefix("AWS4-HMAC-SHA256 ").split(", ")
    other = f"AWS4-HMAC-SHA256 {signature},{headers},{credential}"
    with wire.record(credentials=KNOWN) as recording:
        assert send(client, with_headers(signed(), authorization=other)).status == 200
    [exchange] = recording.exchanges
    assert exchange.header["authorization"] == other
    [(_, _, passed_on, _)] = Echo.got
    assert dict(passed_on)["Authorization"].startswith(f"AWS4-HMAC-SHA256 {credential}, Signed")


@pytest.mark.parametrize("made", [presigned, virtual_hosted], ids=["URL", "virtual host"])
def test_what_the_backend_would_not_take_is_signed_anew(
    wire: Wire, client: http.client.HTTPConnection, made: Callable[[], Exchange]
) -> None:
    with wire.record(credentials=KNOWN) as recording:
        assert send(client, made()).status == 200
    [exchange] = recording.exchanges
    assert (exchange.bucket, exchange.key) == ("reports", "my scans/a+b=1/é.json")
    [(_, request_line, headers, body)] = Echo.got
    assert request_line == "PUT /reports/my%20scans/a%2Bb%3D1/%C3%A9.json HTTP/1.1"
    assert "Credential=AKIAPERMANENT/" in dict(headers)["Authorization"]
    assert body == CONTENT


def test_a_failure_of_the_wire_itself_is_not_held_against_the_reporter(
    wire: Wire, client: http.client.HTTPConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a bug")

    monkeypatch.setattr("s3_reporter_conformance.wire.recording.refusal_of", fail)
    with wire.record(credentials=()) as recording:
        client.request("PUT", "/b/k", b"x")
        with pytest.raises(ConnectionError):
            client.getresponse()
    with pytest.raises(LookupError, match="a bug"):
        recording.check()
