"""The wire sends again what the backend dropped or failed to answer."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from certificates import make_certificates
from echo import DROPPED, Answer, Echo, connect, served

from s3_reporter_conformance.s3.endpoint import Address, Endpoint
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.words.errors import BackendError

FAILED: Answer = (500, {}, b"ok")


@pytest.fixture(params=["http", "https"])
def wire(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Wire]:
    monkeypatch.setattr("s3_reporter_conformance.wire.upstream._WAITS", (0, 0, 0))
    certificates = make_certificates(tmp_path)
    is_secure = request.param == "https"
    with served(Echo, certificates.server if is_secure else None) as port:
        bundle = certificates.authority if is_secure else None
        with closing(Wire(Endpoint(Address("127.0.0.1", port, request.param, bundle)))) as wire:
            yield wire


def put(wire: Wire, headers: dict[str, str] | None = None, method: str = "PUT") -> int:
    """Send a request on a connection of its own."""
    with closing(connect(wire)) as client:
        client.request(method, "/b/k", b"body", headers or {})
        return client.getresponse().status


@pytest.mark.parametrize("answers", [[DROPPED, DROPPED], [FAILED], [FAILED, DROPPED]])
def test_what_fails_is_sent_again_and_is_one_attempt(wire: Wire, answers: Sequence[Answer]) -> None:
    Echo.answers += answers
    with wire.record() as recording:
        assert put(wire) == 200
    assert [(each.status, each.is_attempt) for each in recording.exchanges] == [(200, True)]
    recording.check()


@pytest.mark.parametrize(
    ("answers", "method", "headers", "words"),
    [
        ([FAILED] * 4, "PUT", {}, "to PUT /b/k it answered 500 4 times: ok"),
        ([DROPPED] * 4, "PUT", {}, "did not answer a request"),
        # It may have been done although it was not answered, and would then be refused.
        ([DROPPED], "PUT", {"If-None-Match": "*"}, "did not answer a request"),
        ([DROPPED], "POST", {}, "did not answer a request"),
        ([FAILED], "POST", {}, "to POST /b/k it answered 500 once: ok"),
    ],
)
def test_a_backend_that_fails_is_not_held_against_the_reporter(
    wire: Wire, answers: Sequence[Answer], method: str, headers: dict[str, str], words: str
) -> None:
    Echo.answers += answers
    with wire.record() as recording, pytest.raises(ConnectionError):
        put(wire, headers, method)
    assert Echo.answers == []
    with pytest.raises(BackendError, match=words):
        recording.check()


def test_a_service_that_fails_denies_access(wire: Wire) -> None:
    """Such as IAM, which reporters ask for their permissions, and few backends have."""
    Echo.answers.append((501, {}, b""))
    scope = "AKIAAKIAAKIAAKIAAKIA/20260115/us-east-1/iam/aws4_request"
    with wire.record() as recording:
        assert put(wire, {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}"}, "POST") == 403
    assert [each.status for each in recording.exchanges] == [403]
    recording.check()
