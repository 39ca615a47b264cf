"""With credentials for the backend, the wire signs anew, and follows S3 nowhere else."""

import re
from contextlib import closing
from datetime import datetime, timezone

import pytest
from echo import Echo, connect, send, served
from signed import CONTENT, KNOWN, PERMANENT, signed

from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.s3.endpoint import Address, Endpoint
from s3_reporter_conformance.s3.verification import refusal_of
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Recording
from s3_reporter_conformance.wire.signing import resign
from s3_reporter_conformance.words.errors import BackendError

SUITE = Credentials("AKIASUITE", "suite-secret", "suite-token")


def test_spaces_and_tabs_alone_are_trimmed_as_s3_does() -> None:
    request = signed(headers={"x-amz-meta-team": "\xa0\x85 a \t  b \x85"})
    anew = resign(request, SUITE, Endpoint(Address("127.0.0.1", 80)))
    assert refusal_of(anew, [SUITE], datetime.now(timezone.utc)) is None


def test_a_request_is_signed_anew_for_the_backend() -> None:
    Echo.got.clear()
    with (
        served(Echo) as port,
        closing(Wire(Endpoint(Address("127.0.0.1", port), SUITE))) as wire,
        wire.record(Recording(credentials=[PERMANENT])),
        closing(connect(wire)) as client,
    ):
        assert send(client, signed()).status == 200
    [(_, _, headers, body)] = Echo.got
    passed_on = dict(headers)
    assert passed_on["Host"] == f"127.0.0.1:{port}"
    assert re.search("AKIASUITE.*/us-east-1/s3/", passed_on["Authorization"])
    assert passed_on["X-Amz-Security-Token"] == "suite-token"
    assert body == CONTENT


@pytest.mark.parametrize(("method", "status"), [("PUT", 301), ("PUT", 307), ("HEAD", 400)])
@pytest.mark.parametrize("signer", [SUITE, None])
def test_a_bucket_elsewhere_is_no_verdict_if_the_suite_chose_the_region(
    method: str, status: int, signer: Credentials | None
) -> None:
    Echo.answers.append((status, {"x-amz-bucket-region": "eu-west-1"}, b""))
    request = signed(method=method, content=b"" if method == "HEAD" else CONTENT)
    with (
        served(Echo) as port,
        closing(Wire(Endpoint(Address("127.0.0.1", port), signer))) as wire,
        wire.record(Recording(credentials=KNOWN)) as recording,
        closing(connect(wire)) as client,
    ):
        if signer is None:
            assert send(client, request).status == status
            return
        with pytest.raises(ConnectionError):
            send(client, request)
    with pytest.raises(BackendError, match="the bucket reports is in another region"):
        recording.check()
