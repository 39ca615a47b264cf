"""The wire records everything, passes it on unchanged, and injects faults."""

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from echo import Echo, connect, send
from signed import CONTENT, KNOWN, PATH, PERMANENT, presigned, signed, with_headers

from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.faults import (
    DroppedConnection,
    ErrorResponse,
    Fault,
    ForeignResponse,
    GarbledResponse,
    Silence,
)
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Recording
from s3_reporter_conformance.words.errors import BackendError

HEAD = b"PUT /b/k HTTP/1.1\r\nHost: x\r\n"


@contextmanager
def a_socket(wire: Wire) -> Iterator[socket.socket]:
    host, _, port = wire.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as connected:
        yield connected


@pytest.mark.parametrize("in_chunks", [False, True])
def test_requests_are_recorded_and_passed_on_verbatim(
    wire: Wire, client: http.client.HTTPConnection, in_chunks: bool
) -> None:
    body = b"4;chunk-signature=abc\r\nbody\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
    with wire.record() as recording:
        for number in range(3):
            target = f"/bucket/a%2Fb//c%20d?x={number}"
            sent = iter([body[:10], body[10:]]) if in_chunks else body
            client.request("PUT", target, sent, {"Content-Encoding": "aws-chunked"})
            answer = client.getresponse()
            assert (answer.status, answer.headers["ETag"], answer.read()) == (200, '"abc"', b"ok")
    for number, exchange in enumerate(recording.exchanges):
        assert exchange.target == f"/bucket/a%2Fb//c%20d?x={number}"
        assert (exchange.body, exchange.status, exchange.fault) == (body, 200, None)
        (_, line, headers, got) = Echo.got[number]
        assert (line, got) == (f"PUT /bucket/a%2Fb//c%20d?x={number} HTTP/1.1", body)
        assert dict(headers)["Host"] == wire.url.removeprefix("http://")
        assert exchange.headers == tuple(headers)


def test_expect_100_continue_is_answered_before_the_body(wire: Wire) -> None:
    with wire.record() as recording, a_socket(wire) as client:
        client.sendall(HEAD + b"Content-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        # Nothing of the body is sent yet, so only the wire can be answering.
        assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
        client.sendall(b"body")
        assert client.recv(100).startswith(b"HTTP/1.1 200 OK")
    assert recording.exchanges[0].body == b"body"


def test_the_answer_to_a_head_request_has_no_body(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    with wire.record(Recording(credentials=KNOWN)):
        for service, status, length in (("s3", 200, "2"), ("s3-outposts", 400, "0")) * 2:
            answer = send(client, signed(method="HEAD", content=b"", service=service))
            assert (answer.status, answer.read()) == (status, b"")
            assert answer.headers["Content-Length"] == length


@pytest.mark.parametrize(
    ("fault", "answer", "reached"),
    [
        (ErrorResponse("SlowDown"), b"503<Resource>/b/k</Resource>", 0),
        (ForeignResponse(403, b"<html>Blocked.<br></html>"), b"403<html>Blocked.<br></html>", 0),
        (ForeignResponse(403, b""), b"403", 0),
        (GarbledResponse(b"SSH-2.0-OpenSSH_9.6\r\n"), http.client.BadStatusLine, 0),
        (DroppedConnection(reached_s3=False), ConnectionError, 0),
        (DroppedConnection(reached_s3=True), ConnectionError, 1),
        (Silence(), TimeoutError, 0),
        (Silence(b"HTTP/1.1 500 Inter"), TimeoutError, 0),
        (Silence(is_deaf=True), TimeoutError, 0),
    ],
    ids=str,
)
def test_a_fault_is_injected_into_the_next_upload_and_no_other_request(
    wire: Wire, fault: Fault, answer: bytes | type[Exception], reached: int
) -> None:
    with wire.record(Recording([fault])) as recording:
        for method, expected in (("HEAD", b"200"), ("PUT", answer), ("PUT", b"200ok")):
            with closing(connect(wire)) as client:
                client.timeout = 0.2 if expected is TimeoutError else None
                client.request(method, "/b/k", b"x")
                if isinstance(expected, bytes):
                    got = client.getresponse()
                    assert expected[3:] in got.read()
                else:
                    with pytest.raises(expected):
                        client.getresponse()
    status = int(answer[:3]) if isinstance(answer, bytes) else None
    assert [exchange.status for exchange in recording.exchanges] == [200, status, 200]
    assert [exchange.fault for exchange in recording.exchanges] == [None, str(fault), None]
    assert len(Echo.got) == 2 + reached


def test_nothing_is_served_outside_a_recording(client: http.client.HTTPConnection) -> None:
    with pytest.raises(ConnectionError):  # noqa: PT012 -- either of them may meet the reset
        client.request("PUT", "/b/k", b"x")
        client.getresponse()
    assert Echo.got == []


@pytest.mark.parametrize("error", [BackendError("no such bucket"), LookupError("a bug")])
def test_what_fails_meanwhile_is_not_held_against_the_reporter(
    wire: Wire,
    client: http.client.HTTPConnection,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("s3_reporter_conformance.wire.proxy.forward", fail)
    with wire.record() as recording:
        client.request("PUT", "/b/k", b"x")
        with pytest.raises(ConnectionError):
            client.getresponse()
    with pytest.raises(type(error), match=str(error)):
        recording.check()


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
ANNOUNCED = "before the 10 bytes that Content-Length announces"


@pytest.mark.parametrize(
    ("sent", "finding"),
    [
        (
            b"Content-Length: 10\r\n\r\nbody",
            f"IncompleteBody: the body ended after 4 bytes, {ANNOUNCED}",
        ),
        (
            CHUNKED + b"4\r\nbody\r\n",
            "IncompleteBody: the body ended after 4 bytes, before a last chunk",
        ),
        (
            CHUNKED + b"four\r\nbody\r\n0\r\n\r\n",
            "IncompleteBody: the body ended after 0 bytes, before a last chunk",
        ),
        (b"Content-Length: ten\r\n\r\n", "BadRequest: Content-Length is 'ten', which is no number"),
    ],
)
def test_a_broken_body_is_told_and_breaks_nothing(
    wire: Wire, client: http.client.HTTPConnection, sent: bytes, finding: str
) -> None:
    with wire.record(Recording([ErrorResponse("SlowDown")])) as recording:
        with a_socket(wire) as broken:
            broken.sendall(HEAD + sent)
            broken.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: broken.recv(1000), b""))
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"Connection: close" in answer
        # The fault is for the first attempt that S3 takes.
        client.request("PUT", "/b/k", b"x")
        assert client.getresponse().status == 503
    assert [str(exchange.refusal) for exchange in recording.exchanges] == [finding, "None"]
    assert Echo.got == []
    recording.check()


@pytest.mark.parametrize(
    ("waits", "finding"),
    [
        (True, f"RequestTimeout: the body stalled after 4 bytes, {ANNOUNCED}"),
        # It is recorded, although nobody waits for the answer.
        (False, f"IncompleteBody: the body ended after 4 bytes, {ANNOUNCED}"),
    ],
)
def test_a_body_that_stalls_is_waited_for_only_so_long(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, waits: bool, finding: str
) -> None:
    if waits:
        monkeypatch.setattr("s3_reporter_conformance.wire.proxy._Handler.timeout", 1)
    with wire.record() as recording, a_socket(wire) as client:
        client.sendall(HEAD + b"Content-Length: 10\r\n\r\nbody")
        if waits:
            assert client.recv(100).startswith(b"HTTP/1.1 400 Bad Request")
    assert [str(exchange.refusal) for exchange in recording.exchanges] == [finding]
    recording.check()


def test_what_s3_refuses_is_refused_and_consumes_no_fault(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    reached: list[bool] = []
    wrong = signed(credentials=replace(PERMANENT, secret_access_key="wrong"))
    fault = ErrorResponse("SlowDown")
    recording = Recording([fault], None, KNOWN, 2, lambda: reached.append(True))
    with wire.record(recording):
        answer = send(client, wrong)
        assert answer.status == 403
        assert b"<Code>SignatureDoesNotMatch</Code>" in answer.read()
        assert reached == []
        assert b"<Code>SlowDown</Code>" in send(client, signed()).read()
        # An attempt that is refused is still an attempt.
        assert reached == [True]
        assert send(client, signed()).read() == b"ok"
    assert [(e.status, e.fault, e.is_attempt) for e in recording.exchanges] == [
        (403, None, True),
        (503, "injected: SlowDown", True),
        (200, None, True),
    ]
    assert len(Echo.got) == 1


def test_two_ways_to_tell_the_length_are_refused_at_once(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    with wire.record(Recording(credentials=KNOWN)) as recording:
        answer = send(client, with_headers(signed(), transfer_encoding="chunked"))
        assert (answer.status, b"NotImplemented" in answer.read()) == (501, True)
        assert send(client, signed()).read() == b"ok"
    assert [e.body for e in recording.exchanges] == [CONTENT, CONTENT]


@pytest.mark.parametrize(
    "request_",
    [
        presigned(),
        signed(PATH.removeprefix("/reports"), headers={"Host": "reports.localhost:4566"}),
        with_headers(signed(), authorization=signed().header["authorization"].replace(", ", ",")),
        replace(signed(), target=f"http://127.0.0.1:4566{PATH}"),
    ],
    ids=["in a URL", "virtual host", "other spaces", "absolute form"],
)
def test_what_the_backend_would_not_take_is_sent_in_the_usual_way(
    wire: Wire, client: http.client.HTTPConnection, request_: Exchange
) -> None:
    with wire.record(Recording(credentials=KNOWN)) as recording:
        assert send(client, request_).status == 200
    [exchange] = recording.exchanges
    assert (exchange.bucket, exchange.key) == ("reports", "my scans/a+b=1/é.json")
    [(_, request_line, headers, body)] = Echo.got
    assert request_line == f"PUT {PATH} HTTP/1.1"
    authorization = {name.lower(): value for name, value in headers}["authorization"]
    assert re.match("AWS4-HMAC-SHA256 Credential=AKIAPERMANENT/.*, .*, .*", authorization)
    assert body == CONTENT


def test_a_path_with_raw_bytes_is_taken(wire: Wire) -> None:
    request = signed("/reports/voil%C3%A0.json")
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers)
    with wire.record(Recording(credentials=KNOWN)) as recording, a_socket(wire) as client:
        client.sendall(f"PUT /reports/voilà.json HTTP/1.1\r\n{head}\r\n".encode() + CONTENT)
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
    assert recording.exchanges[0].key == "voilà.json"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("PUT /reports/a s3", 200),
        ("PUT /reports/a?tagging s3", 403),
        ("PUT /reports/a?x-amz-tagging=tool%3Dash s3", 403),
        ("PUT /reports/a?uploadId=1&partNumber=1 s3", 200),
        ("DELETE /reports/a?uploadId=1 s3", 403),
        ("POST / sts", 200),
        ("HEAD /reports s3", 403),
        ("GET / s3", 403),
    ],
)
def test_credentials_may_allow_uploads_alone(
    wire: Wire, client: http.client.HTTPConnection, words: str, status: int
) -> None:
    method, target, service = words.split()
    uploads_alone = replace(PERMANENT, refused="AccessDenied")
    with wire.record(Recording(credentials=[uploads_alone])):
        answer = send(client, signed(target, method=method, service=service))
    assert answer.status == status
    assert answer.headers["x-amz-bucket-region"] == ("eu-west-1" if status == 403 else None)
