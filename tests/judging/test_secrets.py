"""The places in which a credential shows are named, in any encoding (more in `fuzz`)."""

from typing import Any

import pytest
from made_runs import call, put

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.logs import LogRecord
from s3_reporter_conformance.adapters.processes import CONTAINER_TOKEN
from s3_reporter_conformance.judging.secrets import appears, disclosures
from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.scenario.observation import Observation

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
OWN = Credentials("AKIAIOSFODNN7EXAMPLE", SECRET)
REQUEST = "request 1, PutObject"
PRESIGNED = f"https://bucket.s3.amazonaws.com/key?X-Amz-Signature={'0a' * 32}"
PRESIGNED_V2 = "https://bucket.s3.amazonaws.com/key?AWSAccessKeyId=AKIA&Signature=Zm9v%3D&Expires=1"


def said(**outcome: Any) -> Observation:
    return call(put(), outcome=Outcome(**{"ready": True, **outcome}))


def logged(level: str, logger: str) -> Observation:
    return said(log=(LogRecord(level, logger, SECRET),))


@pytest.mark.parametrize("text", [SECRET[:19], SECRET[-19:], SECRET.lower(), SECRET[::-1], ""])
def test_less_than_half_of_a_secret_may_be_shown(text: str) -> None:
    assert not appears(SECRET, text.encode())
    assert appears(SECRET, SECRET[:-4].encode() + b"****")


@pytest.mark.parametrize(
    ("observation", "place"),
    [
        (said(stdout=f"a\nkey={SECRET}, b\nc"), "standard output: key=***, b"),
        (said(returned=SECRET[1:]), "what was returned"),
        (said(stdout=f"environ: {CONTAINER_TOKEN}"), "standard output: environ: ***"),
        (logged("DEBUG", "mine"), "the log: ***"),
        (logged("INFO", "botocore.x"), "the log: ***"),
        (call(put(), files_elsewhere={"settings": SECRET.encode()}), "settings: ***"),
        (
            call(put("SlowDown", headers={"x-amz-meta-by": SECRET})),
            f"{REQUEST}: x-amz-meta-by: ***",
        ),
        (call(put("SlowDown", key=f"key?by={SECRET}")), f"{REQUEST}: /reports-1/key?by=***"),
        (said(returned=PRESIGNED), "a presigned URL in what was returned"),
        (said(stderr=PRESIGNED_V2), "a presigned URL in standard error"),
    ],
)
def test_the_place_of_a_secret_is_named(observation: Observation, place: str) -> None:
    assert list(disclosures(observation, [OWN])) == [place]


@pytest.mark.parametrize(
    "observation",
    [logged("DEBUG", "botocore.auth"), call(put(key="key?X-Amz-Signature=" + "0a" * 32))],
)
def test_what_an_sdk_logs_and_a_presigned_request_are_no_disclosure(
    observation: Observation,
) -> None:
    assert list(disclosures(observation, [OWN])) == []
