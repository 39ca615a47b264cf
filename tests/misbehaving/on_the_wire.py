"""Reporters that speak to S3 in ways that no SDK does, or never stop."""

import os
import socket
import struct
import time
from typing import Any
from urllib.parse import urlsplit

from .catalogue import BROKEN, FAILED, PASSED, Occasion, kind


def _connect() -> socket.socket:
    endpoint = urlsplit(os.environ["AWS_ENDPOINT_URL"])
    return socket.create_connection((endpoint.hostname, endpoint.port))


def _send(*pieces: bytes) -> bytes:
    """Send something on a connection of its own, and return the beginning of the answer."""
    with _connect() as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(1000)
        except OSError:
            # S3 may hang up on such a client.
            return b""


@kind(FAILED, None, "14")
def retries_for_ever(occasion: Occasion) -> Any:
    while True:
        occasion.report()


@kind(FAILED, None, "requests")
def sends_a_million_small_requests(_: Occasion) -> Any:
    """On one connection after the other, and a hundred on each."""
    while True:
        with _connect() as connection:
            try:
                for _request in range(100):
                    connection.sendall(b"GET /bucket/key HTTP/1.1\r\nHost: s3\r\n\r\n")
                    connection.recv(1000)
            except ConnectionError:
                continue


@kind(PASSED)
def opens_a_thousand_connections(occasion: Occasion) -> Any:
    connections = []
    for _ in range(900):
        try:
            connections.append(_connect())
        except OSError:
            break
    for connection in connections:
        try:
            connection.sendall(b"GET / HT")
        except OSError:
            continue
    for connection in connections:
        connection.close()
    return occasion.report()


@kind(BROKEN, None, "did not finish within")
def sends_headers_a_byte_a_second(_: Occasion) -> Any:
    with _connect() as connection:
        while True:
            connection.sendall(b"a")
            time.sleep(1)


@kind(FAILED, None, "IncompleteBody")
def sends_half_a_request(occasion: Occasion) -> Any:
    _send(b"PUT /reports/key HTTP/1.1\r\nHost: s3\r\nContent-Length: 100\r\n")
    return occasion.report()


@kind(PASSED)
def sends_http_2(occasion: Occasion) -> Any:
    _send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    return occasion.report()


@kind(PASSED)
def speaks_tls(occasion: Occasion) -> Any:
    _send(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + os.urandom(160))
    return occasion.report()


@kind(PASSED)
def sends_noise(occasion: Occasion) -> Any:
    _send(os.urandom(1 << 16))
    _send(b"\r\n" * 10_000)
    _send(b"BREW / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET\r\n\r\n")
    return occasion.report()


@kind(PASSED)
def sends_endless_lines(occasion: Occasion) -> Any:
    _send(b"GET /" + b"a" * (1 << 20))
    _send(b"GET / HTTP/1.1\r\n", b"a: b\r\n" * 10_000)
    _send(b"GET / HTTP/1.1\r\na: ", b"b" * (1 << 20))
    return occasion.report()


@kind(FAILED, None, "EntityTooLarge")
def uploads_two_hundred_megabytes(occasion: Occasion) -> Any:
    reporter = occasion.reporter
    key = "ash-report.json"
    try:
        reporter._client.put_object(  # noqa: SLF001 -- it is its own
            Bucket=reporter.configuration.bucket, Key=key, Body=bytes(200 << 20)
        )
    except Exception as error:  # noqa: BLE001 -- S3 hangs up, which an SDK meets in many ways
        return str(error)
    return f"s3://{reporter.configuration.bucket}/{key}"


@kind(FAILED, None, "which is no number")
def announces_more_than_there_is(occasion: Occasion) -> Any:
    _send(b"POST /x HTTP/1.1\r\nHost: s3\r\nContent-Length: 1000000000000000000\r\n\r\n", b"x" * 99)
    return occasion.report()


@kind(FAILED, None, "ARC-01")
def sends_chunks_of_any_size(occasion: Occasion) -> Any:
    head = b"POST /x HTTP/1.1\r\nHost: s3\r\nTransfer-Encoding: chunked\r\n\r\n"
    _send(head, b"FFFFFFFFFFFF\r\n", b"x" * 99)
    _send(head, b"-5\r\n", b"x" * 99)
    _send(head, b"0" * (4 << 20))
    return occasion.report()


def _put_under(occasion: Occasion, length: int) -> str:
    """Put an object under a key of so many bytes, of which most letters have two."""
    reporter = occasion.reporter
    key = "é" * (length // 2) + "x" * (length % 2)
    bucket = reporter.configuration.bucket
    reporter._client.put_object(Bucket=bucket, Key=key, Body=b"{}")  # noqa: SLF001 -- it is its own
    return f"s3://{bucket}/{key}"


@kind(FAILED, None, "KeyTooLongError")
def has_a_key_of_1025_bytes(occasion: Occasion) -> Any:
    try:
        return _put_under(occasion, 1025)
    except occasion.reporter._client.exceptions.ClientError as error:  # noqa: SLF001 -- the same
        return str(error)


@kind(FAILED, None, "IncompleteBody")
def resets_its_connections(occasion: Occasion) -> Any:
    for _ in range(20):
        with _connect() as connection:
            connection.sendall(b"GET /reports/key HTTP/1.1\r\nContent-Length: 9\r\n\r\n1")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return occasion.report()
