"""The wire refuses what S3 would refuse, also where it then signs anew for the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from mutants import CATALOGUE
from running import MUTANTS, run_here
from somebodys_server import started_server, suite_profile

SOME = "a-json-report or ERR-06 or EXT-ENVIRONMENT-01"
WRONG = {
    "SignatureOfNoughts": ("ARC-01", "it is the digit 0 throughout, and was never computed"),
    "SessionTokenLostOnRetries": ("ARC-01", "InvalidAccessKeyId: the credentials are temporary"),
    "AnotherChecksum": ("ARC-01", "`x-amz-sdk-checksum-algorithm` is CRC32, and the checksum is"),
    "TrailerNotAnnounced": ("ARC-01", "`x-amz-trailer` does not announce it"),
    "LengthToldTwice": ("ARC-01", "Transfer-Encoding is sent beside Content-Length"),
    "DefaultProfileFirst": ("EXT-ENVIRONMENT-01", "those of 'profile default'"),
}
RIGHT = ("OtherOrder", "AbsoluteForm", "SignedTrailer", "UnsignedTrailer", "NoTrailer")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server that checks signatures, for which there is a profile."""
    with started_server() as url, pytest.MonkeyPatch.context() as changed:
        profile = suite_profile(url, tmp_path_factory.mktemp("aws"))
        changed.setenv("AWS_SHARED_CREDENTIALS_FILE", str(profile))
        yield url


def verify(reporter: str, server: str, *arguments: str, folder: Path) -> tuple[int, str]:
    """The exit code, and the output on one line."""
    endpoint = ("--backend", server, "--backend-profile", "suite")
    done = run_here("verify", reporter, *endpoint, *arguments, folder=folder, environment=MUTANTS)
    return done.returncode, " ".join(done.stdout.split())


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_reporter_fails_for_its_own_reason(name: str, server: str, tmp_path: Path) -> None:
    rule, words = WRONG[name]
    arguments = ("--features", "environment-credentials", "-k", SOME)
    code, said = verify(CATALOGUE[name].reporter, server, *arguments, folder=tmp_path)
    assert words in said, said
    assert f"FAIL {rule}" in said
    assert code == 1


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_reporter_passes(name: str, server: str, tmp_path: Path) -> None:
    reporter = f"python:variants.signing:{name}"
    code, said = verify(reporter, server, "-k", "a-json-report", folder=tmp_path)
    assert " runs: 1 passed, " in said
    assert code == 0
