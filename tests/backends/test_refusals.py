"""The wire refuses what S3 would refuse, whether or not a server checks signatures."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from mutants import CATALOGUE
from running import MUTANTS, run_here
from somebodys_server import started_server, suite_profile

Endpoint = tuple[list[str], Mapping[str, str]]

SOME = "a-json-report or ERR-06 or EXT-ENVIRONMENT-01"
WRONG = {
    "SignatureOfNoughts": ("ARC-01", "it is the digit 0 throughout, and was never computed"),
    "SessionTokenLostOnRetries": ("ARC-01", "InvalidAccessKeyId: the credentials are temporary"),
    "AnotherChecksum": (
        "ARC-01",
        "`x-amz-sdk-checksum-algorithm` is CRC32, and the checksum is sha1",
    ),
    "TrailerNotAnnounced": ("ARC-01", "`x-amz-trailer` does not announce it"),
    "LengthToldTwice": (
        "ARC-01",
        "NotImplemented: Transfer-Encoding is sent beside Content-Length",
    ),
    "DefaultProfileFirst": ("EXT-ENVIRONMENT-01", "those of 'profile default'"),
}
RIGHT = ("OtherOrder", "AbsoluteForm", "SignedTrailer", "UnsignedTrailer", "NoTrailer")


@pytest.fixture(scope="module", params=["takes any signature", "checks signatures"])
def endpoint(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Endpoint]:
    """The options and the environment that lead to a server."""
    with started_server() as url:
        if request.param == "takes any signature":
            yield ["--backend", url], MUTANTS
        else:
            credentials = suite_profile(url, tmp_path_factory.mktemp("aws"))
            yield (
                ["--backend", url, "--backend-profile", "suite"],
                {**MUTANTS, "AWS_SHARED_CREDENTIALS_FILE": str(credentials)},
            )


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_reporter_fails_for_its_own_reason(
    name: str, endpoint: Endpoint, tmp_path: Path
) -> None:
    rule, words = WRONG[name]
    options, environment = endpoint
    features = ("--features", "environment-credentials")
    done = run_here(
        "verify",
        CATALOGUE[name].reporter,
        *options,
        *features,
        "-k",
        SOME,
        folder=tmp_path,
        environment=environment,
    )
    said = " ".join(done.stdout.split())
    assert words in said, done.stdout
    assert f"FAIL {rule}" in said
    assert done.returncode == 1


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("endpoint", ["checks signatures"], indirect=True)
def test_a_right_reporter_passes(name: str, endpoint: Endpoint, tmp_path: Path) -> None:
    options, environment = endpoint
    reporter = f"python:variants.signing:{name}"
    done = run_here(
        "verify",
        reporter,
        *options,
        "-k",
        "a-json-report",
        folder=tmp_path,
        environment=environment,
    )
    assert " runs: 1 passed, " in done.stdout, done.stdout
    assert done.returncode == 0
