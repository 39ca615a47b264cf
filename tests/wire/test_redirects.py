"""The wire follows S3 to where a bucket is, if it signs anew."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import ClassVar

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
Elsewhere = tuple[int, dict[str, str], str]


class Region(Echo):
    """S3 in one region, which says where the bucket is if it is in another."""

    name: ClassVar[str]
    elsewhere: ClassVar[Elsewhere]
    port: ClassVar[int]

    def handle_any(self) -> None:
        if f"/{self.name}/s3/" in self.headers["Authorization"]:
            super().do_PUT()
            return
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.got.append(("elsewhere", self.requestline, self.headers.items(), b""))
        status, headers, body = self.elsewhere
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.encode())

    do_PUT = do_HEAD = handle_any


@contextmanager
def region(region: str) -> Iterator[type[Region]]:
    """Start the S3 of a region."""

    class Served(Region):
        name = region

    Echo.got.clear()
    with served(Served) as Served.port:
        yield Served


def sent(
    endpoint: Endpoint, *requests: Exchange, owner: Credentials = PERMANENT
) -> tuple[list[int | None], Recording]:
    """The statuses of requests, and their recording."""
    recording = Recording(credentials=[owner, *KNOWN])
    with closing(Wire(endpoint)) as wire, wire.record(recording), closing(connect(wire)) as client:
        for request in requests:
            # Nobody answers where the wire gives up.
            with suppress(ConnectionError):
                send(client, request).read()
    return [each.status for each in recording.exchanges], recording


HERE = {"x-amz-bucket-region": "eu-west-1"}


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (301, HERE, "<Error><Endpoint>{there}</Endpoint></Error>"),
        (301, HERE, "<Error><Endpoint>reports.{there}</Endpoint></Error>"),
        (307, {**HERE, "Location": "http://{there}/reports/whatever"}, ""),
    ],
)
def test_a_bucket_at_another_endpoint_is_found(
    status: int, headers: dict[str, str], body: str
) -> None:
    with region("nowhere") as home, region("eu-west-1") as there:
        address = f"localhost:{there.port}"
        located = {name: value.format(there=address) for name, value in headers.items()}
        home.elsewhere = (status, located, body.format(there=address))
        endpoint = Endpoint(Address("127.0.0.1", home.port), SUITE)
        statuses, _ = sent(endpoint, signed(), signed())
    assert statuses == [200, 200]
    # The second one goes to the right place at once; for the reporter, there was no redirect.
    assert [each[0] for each in Echo.got] == ["elsewhere", "PUT", "PUT"]
    passed_on = dict(Echo.got[1][2])
    assert passed_on["Host"] == address
    assert re.search("AKIASUITE/.*/eu-west-1/s3/", passed_on["Authorization"])
    assert passed_on["X-Amz-Security-Token"] == "suite-token"
    assert Echo.got[1][3] == CONTENT


@pytest.mark.parametrize(
    ("method", "elsewhere"),
    [
        ("PUT", (301, HERE, "")),
        # An answer to HEAD has no body, so the header tells.
        ("HEAD", (400, HERE, "")),
        ("PUT", (400, {}, "<Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region>")),
    ],
)
def test_a_bucket_in_another_region_of_the_same_endpoint_is_found(
    method: str, elsewhere: Elsewhere
) -> None:
    with region("eu-west-1") as there:
        there.elsewhere = elsewhere
        request = signed(method=method, content=b"" if method == "HEAD" else CONTENT)
        statuses, _ = sent(Endpoint(Address("127.0.0.1", there.port), SUITE), request)
    assert statuses == [200]
    assert [each[0] for each in Echo.got] == ["elsewhere", method]


def test_without_a_signer_the_reporter_gets_the_answer() -> None:
    with region("us-east-1") as there:
        there.elsewhere = (301, HERE, "")
        statuses, recording = sent(Endpoint(Address("127.0.0.1", there.port)), signed())
    assert statuses == [301]
    recording.check()


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://s3.example.org/", "s3.example.org, which is another machine"),
        ("http://localhost:{port}/", "it redirects PUT /reports/my%20scans"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_no_verdict(location: str, words: str) -> None:
    with region("nowhere") as home, region("nowhere") as there:
        home.elsewhere = (307, {"Location": location.format(port=there.port)}, "")
        there.elsewhere = (307, {"Location": f"http://127.0.0.1:{home.port}"}, "")
        statuses, recording = sent(Endpoint(Address("127.0.0.1", home.port), SUITE), signed())
    assert statuses == [None]
    with pytest.raises(BackendError, match=re.escape(words)):
        recording.check()


def test_another_user_stands_for_credentials_of_the_reporter() -> None:
    with region("us-east-1") as there:
        owner = replace(PERMANENT, signer=TEMPORARY)
        endpoint = Endpoint(Address("127.0.0.1", there.port), SUITE)
        assert sent(endpoint, signed(), owner=owner)[0] == [200]
    assert "Credential=ASIATEMPORARY/" in dict(Echo.got[0][2])["Authorization"]
