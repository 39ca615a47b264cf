"""Reporters that speak to S3 in ways that no SDK does, or never stop."""

import os
import socket
import struct
import time
from contextlib import suppress
from urllib.parse import urlsplit

from . import BROKEN, FAILED, PASSED, kind
from .reporter import Misbehaving


def _connect() -> socket.socket:
    endpoint = urlsplit(os.environ["AWS_ENDPOINT_URL"])
    return socket.create_connection((endpoint.hostname, endpoint.port))


def _send(*pieces: bytes) -> None:
    """Send something on a connection of its own; S3 may hang up on such a client."""
    with _connect() as connection, suppress(OSError):
        for piece in pieces:
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1000)


@kind(FAILED, says="14")
def retries_for_ever(reporter: Misbehaving) -> None:
    while True:
        reporter.usual()


@kind(FAILED, says="requests")
def sends_a_million_small_requests(_: Misbehaving) -> None:
    """On one connection after the other, and a hundred on each."""
    while True:
        with _connect() as connection, suppress(ConnectionError):
            for _request in range(100):
                connection.sendall(b"GET /bucket/key HTTP/1.1\r\nHost: s3\r\n\r\n")
                connection.recv(1000)


@kind(PASSED)
def opens_a_thousand_connections(reporter: Misbehaving) -> str:
    connections: list[socket.socket] = []
    with suppress(OSError):
        while len(connections) < 900:
            connections.append(_connect())
    for connection in connections:
        with suppress(OSError):
            connection.sendall(b"GET / HT")
    for connection in connections:
        connection.close()
    return reporter.usual()


@kind(BROKEN, says="did not finish within")
def sends_headers_a_byte_a_second(_: Misbehaving) -> None:
    with _connect() as connection:
        while True:
            connection.sendall(b"a")
            time.sleep(1)


@kind(FAILED, says="IncompleteBody")
def sends_half_a_request(reporter: Misbehaving) -> str:
    _send(b"PUT /reports/key HTTP/1.1\r\nHost: s3\r\nContent-Length: 100\r\n")
    return reporter.usual()


@kind(PASSED)
def sends_no_requests(reporter: Misbehaving) -> str:
    """HTTP/2, TLS, noise, and endless lines."""
    _send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    _send(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + os.urandom(160))
    _send(os.urandom(1 << 16))
    _send(b"\r\n" * 10_000)
    _send(b"BREW / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET\r\n\r\n")
    _send(b"GET /" + b"a" * (1 << 20))
    _send(b"GET / HTTP/1.1\r\n", b"a: b\r\n" * 10_000)
    _send(b"GET / HTTP/1.1\r\na: ", b"b" * (1 << 20))
    return reporter.usual()


@kind(FAILED, says="which is no number")
def announces_more_than_there_is(reporter: Misbehaving) -> str:
    _send(b"POST /x HTTP/1.1\r\nHost: s3\r\nContent-Length: 1000000000000000000\r\n\r\n", b"x" * 99)
    return reporter.usual()


@kind(FAILED, says="ARC-01")
def sends_chunks_of_any_size(reporter: Misbehaving) -> str:
    head = b"POST /x HTTP/1.1\r\nHost: s3\r\nTransfer-Encoding: chunked\r\n\r\n"
    _send(head, b"FFFFFFFFFFFF\r\n", b"x" * 99)
    _send(head, b"-5\r\n", b"x" * 99)
    _send(head, b"0" * (4 << 20))
    return reporter.usual()


@kind(FAILED, says="IncompleteBody")
def resets_its_connections(reporter: Misbehaving) -> str:
    for _ in range(20):
        with _connect() as connection:
            connection.sendall(b"GET /reports/key HTTP/1.1\r\nContent-Length: 9\r\n\r\n1")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return reporter.usual()


@kind(FAILED, says="EntityTooLarge")
def uploads_two_hundred_megabytes(reporter: Misbehaving) -> str:
    return _told(reporter, "ash-report.json", bytes(200 << 20))


@kind(FAILED, says="KeyTooLongError")
def has_a_key_of_1025_bytes(reporter: Misbehaving) -> str:
    return _told(reporter, "é" * 512 + "x", b"{}")


def _told(reporter: Misbehaving, key: str, content: bytes) -> str:
    try:
        return reporter.put(key, content)
    except Exception as error:  # noqa: BLE001 -- S3 hangs up, which an SDK meets in many ways
        return str(error)
