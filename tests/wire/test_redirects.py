"""The wire follows S3 to where a bucket is, if it signs anew; virtual-hosted or not."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from echo import Echo, connect, send, served
from signed import CONTENT, KNOWN, PERMANENT, TEMPORARY, signed

from s3_reporter_conformance.endpoint import Address, Endpoint
from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.wire.exchange import Exchange
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Recording
from s3_reporter_conformance.words.errors import BackendError

SUITE = Credentials("AKIASUITE", "suite-secret", "suite-token")


class Region(Echo):
    """S3 in one region, which says where the bucket is if it is in another."""

    name: ClassVar[str]
    answers: ClassVar[dict[str, Any]]
    port: ClassVar[int]

    def handle_any(self) -> None:
        scope = re.search("Credential=[^/]*/[0-9]*/([^/]*)/", self.headers["Authorization"])
        assert scope
        if self.name == scope[1]:
            super().do_PUT()
            return
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = self.answers.get("body", "").encode()
        self.got.append(("elsewhere", self.requestline, self.headers.items(), b""))
        self.send_response(self.answers["status"])
        for name, value in self.answers.get("headers", {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_PUT = do_HEAD = handle_any


@contextmanager
def region(region: str) -> Iterator[type[Region]]:
    """Start the S3 of a region."""

    class Served(Region):
        name = region
        answers: ClassVar[dict[str, Any]] = {}
        port = 0

    with served(Served) as Served.port:
        yield Served


def sent(endpoint: Endpoint, *requests: Exchange) -> tuple[list[int], Recording]:
    """The statuses of requests, and what was recorded."""
    wire = Wire(endpoint)
    with wire.record(Recording(credentials=KNOWN)) as recording, closing(connect(wire)) as client:
        statuses = []
        for request in requests:
            answer = send(client, request)
            answer.read()
            statuses.append(answer.status)
    wire.close()
    return statuses, recording


HERE = {"x-amz-bucket-region": "eu-west-1"}
MOVED: dict[str, dict[str, Any]] = {
    "301 with an endpoint": {
        "status": 301,
        "headers": HERE,
        "body": "<Error><Code>PermanentRedirect</Code><Endpoint>{there}</Endpoint></Error>",
    },
    "301 with the bucket in the endpoint": {
        "status": 301,
        "headers": HERE,
        "body": "<Error><Endpoint>reports.{there}</Endpoint></Error>",
    },
    "307 with a location": {
        "status": 307,
        "headers": {**HERE, "Location": "http://{there}/reports/whatever"},
    },
}
SAME = {
    "301 with a region alone": {"status": 301, "headers": HERE},
    "400": {
        "status": 400,
        "body": "<Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region>",
    },
}


@pytest.fixture(autouse=True)
def _nothing_yet() -> None:
    Echo.got.clear()


@pytest.mark.parametrize("answer", MOVED)
def test_a_bucket_at_another_endpoint_is_found(answer: str) -> None:
    with region("us-east-1") as home, region("eu-west-1") as there:
        address = f"localhost:{there.port}"
        found = MOVED[answer]
        headers = {n: v.format(there=address) for n, v in found["headers"].items()}
        home.answers = {**found, "headers": headers}
        home.answers["body"] = found.get("body", "").format(there=address)
        home.name = "nowhere"
        statuses, recording = sent(
            Endpoint(Address("127.0.0.1", home.port), SUITE), signed(), signed()
        )
    assert statuses == [200, 200]
    # The second one goes to the right place at once; for the reporter, there was no redirect.
    assert [each[0] for each in Echo.got] == ["elsewhere", "PUT", "PUT"]
    assert [each.status for each in recording.exchanges] == [200, 200]
    headers = dict(Echo.got[1][2])
    assert headers["Host"] == address
    assert "AKIASUITE/" in headers["Authorization"]
    assert "/eu-west-1/s3/" in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] == "suite-token"
    assert Echo.got[1][3] == CONTENT


@pytest.mark.parametrize("answer", SAME)
@pytest.mark.parametrize("method", ["PUT", "HEAD"])
def test_a_bucket_in_another_region_of_the_same_endpoint_is_found(answer: str, method: str) -> None:
    with region("eu-west-1") as there:
        there.answers = SAME[answer]
        if method == "HEAD":
            # An answer to HEAD has no body, so the header tells.
            there.answers = {**SAME[answer], "headers": HERE}
        request = signed(method=method, content=b"" if method == "HEAD" else CONTENT)
        statuses, _ = sent(Endpoint(Address("127.0.0.1", there.port), SUITE), request)
    assert statuses == [200]
    assert [each[0] for each in Echo.got] == ["elsewhere", method]


def test_without_a_signer_the_reporter_gets_the_answer() -> None:
    with region("us-east-1") as there:
        there.answers = SAME["301 with a region alone"]
        statuses, recording = sent(Endpoint(Address("127.0.0.1", there.port)), signed())
    assert statuses == [301]
    recording.check()


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://s3.example.org/", "s3.example.org, which is another machine"),
        ("", "it redirects PUT /reports/my%20scans"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_no_verdict(location: str, words: str) -> None:
    with region("us-east-1") as home, region("eu-west-1") as there:
        for one, other in ((home, there), (there, home)):
            here = location or f"http://127.0.0.1:{other.port}/"
            one.answers = {"status": 307, "headers": {"Location": here}}
            one.name = "nowhere"
        wire = Wire(Endpoint(Address("127.0.0.1", home.port), SUITE))
        with (
            wire.record(Recording(credentials=KNOWN)) as recording,
            closing(connect(wire)) as client,
            pytest.raises(ConnectionError),
        ):
            send(client, signed())
        wire.close()
    with pytest.raises(BackendError, match=re.escape(words)):
        recording.check()


@pytest.mark.parametrize("signer", [SUITE, None], ids=["suite", "owner"])
def test_a_bucket_is_named_in_the_host(
    signer: Credentials | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with region("us-east-1") as there:
        there.name = "us-east-1" if signer else "eu-west-1"
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        address = Address("s3.localhost", there.port)
        statuses, _ = sent(Endpoint(address, signer, virtual_hosted=True), signed())
    assert statuses == [200]
    [(_, line, headers, body)] = Echo.got
    assert line == "PUT /my%20scans/a%2Bb%3D1/%C3%A9.json HTTP/1.1"
    assert dict(headers)["Host"] == f"reports.s3.localhost:{there.port}"
    assert (signer or PERMANENT).access_key_id in dict(headers)["Authorization"]
    assert body == CONTENT
    assert "reports.s3.localhost" in asked


def test_another_user_stands_for_credentials_of_the_reporter() -> None:
    owner = replace(PERMANENT, signer=TEMPORARY)
    with region("us-east-1") as there:
        wire = Wire(Endpoint(Address("127.0.0.1", there.port), SUITE))
        with wire.record(Recording(credentials=[owner])), closing(connect(wire)) as client:
            assert send(client, signed()).status == 200
        wire.close()
    assert "Credential=ASIATEMPORARY/" in dict(Echo.got[0][2])["Authorization"]
