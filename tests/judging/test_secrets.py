from base64 import b64encode, urlsafe_b64encode

import pytest

from s3_reporter_conformance.adapters.base import LogRecord, Outcome
from s3_reporter_conformance.judging.secrets import appears, disclosures
from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.wire.exchange import Exchange

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
OWN = Credentials("AKIAIOSFODNN7EXAMPLE", SECRET)
PRESIGNED = f"https://bucket.s3.amazonaws.com/key?X-Amz-Signature={'0a' * 32}"

PRESIGNED_V2 = "https://bucket.s3.amazonaws.com/key?AWSAccessKeyId=AKIA&Signature=Zm9v%3D&Expires=1"


def observed(outcome: Outcome, *exchanges: Exchange, **files: bytes) -> Observation:
    return Observation(outcome, exchanges, (), {}, 1.0, files_elsewhere=files)


def put(target: str = "/bucket/key", **headers: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange("PUT", target, pairs, b"{}", status=200)


@pytest.mark.parametrize(
    "text",
    [
        f"key={SECRET};",
        "wJalrXUtnFEMI%2FK7MDENG%2BbPxRfiCYEXAMPLEKEY",
        SECRET.encode().hex().upper(),
        *(b64encode(before * b"x" + SECRET.encode() + b"\n").decode() for before in range(4)),
        *(urlsafe_b64encode(before * b"x" + SECRET.encode()).decode() for before in range(4)),
        *(f"<{SECRET[at : at + 20]}>" for at in range(21)),
        *(SECRET[at : at + 20].encode().hex() for at in range(21)),
        *(b64encode(at * b"x" + SECRET[at : at + 20].encode()).decode() for at in range(21)),
        SECRET[:-4] + "****",
    ],
)
def test_a_secret_is_found_in_each_encoding(text: str) -> None:
    assert appears(SECRET, text)


@pytest.mark.parametrize(
    "text", ["", SECRET[:19], SECRET[-19:], SECRET.lower(), SECRET[::-1], "AKIA****"]
)
def test_other_text_is_no_secret(text: str) -> None:
    assert not appears(SECRET, text)


@pytest.mark.parametrize(
    ("observation", "place"),
    [
        (observed(Outcome(True, stdout=SECRET)), "standard output"),
        (observed(Outcome(True, returned=SECRET)), "what was returned"),
        (observed(Outcome(True, log=(LogRecord("DEBUG", "mine", SECRET),))), "the log"),
        (observed(Outcome(True, log=(LogRecord("INFO", "botocore.x", SECRET),))), "the log"),
        (observed(Outcome(True), settings=SECRET.encode()), "settings"),
        (observed(Outcome(True), put(x_amz_meta_by=SECRET)), "request 1, PutObject"),
        (observed(Outcome(True), put(x_amz_tagging=f"by={SECRET}")), "request 1, PutObject"),
        (observed(Outcome(True), put(f"/bucket/key?by={SECRET}")), "request 1, PutObject"),
        (observed(Outcome(True, returned=PRESIGNED)), "a presigned URL in what was returned"),
        (observed(Outcome(True, stderr=PRESIGNED_V2)), "a presigned URL in standard error"),
    ],
)
def test_the_place_of_a_secret_is_named(observation: Observation, place: str) -> None:
    assert list(disclosures(observation, [OWN])) == [place]


def test_what_an_sdk_tells_at_debug_level_and_a_request_that_is_presigned_are_no_disclosure() -> (
    None
):
    log = (LogRecord("DEBUG", "botocore.auth", SECRET),)
    presigned = put("/bucket/key?X-Amz-Signature=" + "0a" * 32)
    assert list(disclosures(observed(Outcome(True, log=log), presigned), [OWN])) == []
