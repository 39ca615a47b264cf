"""A request is understood, however its first line names the target."""

import http.client
import socket
from dataclasses import replace

import pytest
from echo import Echo, send
from signed import CONTENT, KNOWN, PATH, signed

from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.reading import origin_form


@pytest.mark.parametrize(
    ("target", "path", "host"),
    [
        ("/b/k?x=1", "/b/k?x=1", "given"),
        ("//b/k", "//b/k", "given"),
        ("/http://b/k", "/http://b/k", "given"),
        ("http://h:80/b/k?x=1", "/b/k?x=1", "h:80"),
        ("HTTP://h//b", "//b", "h"),
        ("http://h", "/", "h"),
        ("http://h?x=1", "/?x=1", "h"),
    ],
)
def test_the_host_of_the_target_counts(target: str, path: str, host: str) -> None:
    headers = (("Accept", "*/*"), ("HOST", "given"))
    assert origin_form(target, headers) == (path, (("Accept", "*/*"), ("HOST", host)))


def test_the_absolute_form_is_taken(wire: Wire, client: http.client.HTTPConnection) -> None:
    request = replace(signed(), target=f"http://127.0.0.1:4566{PATH}")
    with wire.record(credentials=KNOWN) as recording:
        assert send(client, request).status == 200
    [exchange] = recording.exchanges
    assert (exchange.bucket, exchange.key) == ("reports", "my scans/a+b=1/é.json")
    assert exchange.refusal is None
    [(_, request_line, _, body)] = Echo.got
    assert (request_line, body) == (f"PUT {PATH} HTTP/1.1", CONTENT)


def test_a_path_with_raw_bytes_is_taken(wire: Wire) -> None:
    request = signed("/reports/voil%C3%A0.json")
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers)
    host, _, port = wire.url.removeprefix("http://").partition(":")
    sent = f"PUT /reports/voilà.json HTTP/1.1\r\n{head}\r\n".encode() + CONTENT
    with (
        wire.record(credentials=KNOWN) as recording,
        socket.create_connection((host, int(port)), 5) as client,
    ):
        client.sendall(sent)
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
    [exchange] = recording.exchanges
    assert exchange.key == "voilà.json"
