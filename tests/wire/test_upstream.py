"""The wire sends again what the backend dropped or failed to answer."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest
from certificates import make_certificates
from echo import Echo, connect, served

from s3_reporter_conformance.endpoint import Address, Endpoint
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.words.errors import BackendError


class Dropping(Echo):
    """A backend that ends a connection before it answers, as often as it is told."""

    drops: ClassVar[list[bool]] = []

    def answer(self) -> None:
        if self.drops and self.drops.pop(0):
            # Unread bytes would make the system reset the connection instead of ending it.
            self.rfile.read(int(self.headers["Content-Length"]))
            self.close_connection = True
        else:
            super().do_PUT()

    do_PUT = do_POST = answer


@pytest.fixture(autouse=True)
def _nothing_yet() -> None:
    Echo.got.clear()
    Dropping.drops.clear()


@pytest.fixture(params=["http", "https"])
def wire(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Wire]:
    certificates = make_certificates(tmp_path)
    is_secure = request.param == "https"
    with served(Dropping, certificates.server if is_secure else None) as port:
        bundle = certificates.authority if is_secure else None
        wire = Wire(Endpoint(Address("127.0.0.1", port, request.param, bundle)))
        yield wire
        wire.close()


def put(wire: Wire, headers: dict[str, str] | None = None, method: str = "PUT") -> int:
    """Send a request on a connection of its own."""
    with closing(connect(wire)) as client:
        client.request(method, "/b/k", b"body", headers or {})
        return client.getresponse().status


def test_what_is_dropped_before_it_is_answered_is_sent_again_and_is_one_attempt(
    wire: Wire,
) -> None:
    Dropping.drops += [True] * 2
    with wire.record() as recording:
        assert put(wire) == 200
    assert [(each.status, each.is_attempt) for each in recording.exchanges] == [(200, True)]
    assert len(Echo.got) == 1
    recording.check()


def test_a_backend_that_drops_everything_is_not_held_against_the_reporter(wire: Wire) -> None:
    Dropping.drops += [True] * 4
    with wire.record() as recording, pytest.raises(ConnectionError):
        put(wire)
    with pytest.raises(BackendError, match="did not answer a request"):
        recording.check()


@pytest.mark.parametrize(
    ("method", "headers"),
    [("PUT", {"If-None-Match": "*"}), ("POST", {})],
    ids=["condition", "POST"],
)
def test_what_cannot_be_repeated_is_sent_once(
    wire: Wire, method: str, headers: dict[str, str]
) -> None:
    """It may have been done although it was not answered, and would then be refused."""
    Dropping.drops += [True]
    with wire.record() as recording, pytest.raises(ConnectionError):
        put(wire, headers, method)
    assert Echo.got == []
    with pytest.raises(BackendError, match="did not answer a request"):
        recording.check()


def test_a_service_that_fails_denies_access(wire: Wire) -> None:
    """Such as IAM, which reporters ask for their permissions, and few backends have."""
    Echo.statuses.append(501)
    scope = "AKIAAKIAAKIAAKIAAKIA/20260115/us-east-1/iam/aws4_request"
    with wire.record() as recording:
        assert put(wire, {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}"}, "POST") == 403
    assert [each.status for each in recording.exchanges] == [403]
    assert len(Echo.got) == 1
    recording.check()


def test_a_backend_whose_certificate_nobody_vouches_for_gets_no_request(tmp_path: Path) -> None:
    with served(Dropping, make_certificates(tmp_path).server) as port:
        wire = Wire(Endpoint(Address("127.0.0.1", port, "https")))
        with wire.record() as recording, pytest.raises(ConnectionError):
            put(wire)
        wire.close()
    assert Echo.got == []
    with pytest.raises(BackendError, match="certificate verify failed"):
        recording.check()


@pytest.mark.parametrize("times", [1, 4])
def test_a_backend_that_fails_is_asked_again(wire: Wire, times: int) -> None:
    Echo.statuses += [500] * times
    with wire.record() as recording:
        if times == 1:
            assert put(wire) == 200
            recording.check()
            return
        with pytest.raises(ConnectionError):
            put(wire)
    with pytest.raises(BackendError, match="to PUT /b/k it answered 500 4 times: ok"):
        recording.check()
