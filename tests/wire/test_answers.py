"""The wire answers in the place of S3: as something else, and for what is not allowed."""

import http.client
from dataclasses import replace

import pytest
from echo import Echo, send
from signed import PERMANENT, signed

from s3_reporter_conformance.wire.faults import ForeignResponse, GarbledResponse
from s3_reporter_conformance.wire.proxy import Wire


@pytest.mark.parametrize("page", [b"<html>Blocked.<br></html>", b"Acc\xe8s interdit", b""])
def test_an_answer_of_something_in_front_of_s3(
    wire: Wire, client: http.client.HTTPConnection, page: bytes
) -> None:
    with wire.record([ForeignResponse(403, page)]) as recording:
        client.request("PUT", "/b/k", b"x")
        answer = client.getresponse()
        assert (answer.status, answer.read()) == (403, page)
    assert [exchange.status for exchange in recording.exchanges] == [403]
    assert Echo.got == []


def test_an_answer_that_is_not_http(wire: Wire, client: http.client.HTTPConnection) -> None:
    with wire.record([GarbledResponse(b"SSH-2.0-OpenSSH_9.6\r\n")]) as recording:
        client.request("PUT", "/b/k", b"x")
        with pytest.raises(http.client.BadStatusLine, match="SSH-2"):
            client.getresponse()
    assert [exchange.status for exchange in recording.exchanges] == [None]
    assert Echo.got == []


def test_credentials_may_allow_uploads_alone(
    wire: Wire, client: http.client.HTTPConnection
) -> None:
    allowed = (
        ("PUT", "/reports/a", "s3"),
        ("POST", "/reports/a?uploads", "s3"),
        ("PUT", "/reports/a?partNumber=1&uploadId=1", "s3"),
        ("DELETE", "/reports/a?uploadId=1", "s3"),
        ("PUT", "/reports/a?tagging", "s3"),
        ("POST", "/", "sts"),
    )
    denied = (
        ("HEAD", "/reports", "s3"),
        ("GET", "/reports?location", "s3"),
        ("GET", "/", "s3"),
        ("HEAD", "/reports/a", "s3"),
        ("DELETE", "/reports/a", "s3"),
        ("PUT", "/reports?tagging", "s3"),
    )
    uploads_alone = replace(PERMANENT, refused="AccessDenied")
    with wire.record(credentials=[uploads_alone]) as recording:
        for method, target, service in (*allowed, *denied):
            sent = signed(target, method=method, service=service)
            answer = send(client, sent)
            answer.read()
    statuses = [exchange.status for exchange in recording.exchanges]
    assert statuses == [200] * len(allowed) + [403] * len(denied)
    assert answer.headers["x-amz-bucket-region"] == "eu-west-1"
