"""An endpoint with https:// that checks signatures is used, or the run says what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from certificates import make_certificates
from running import A_JSON_REPORT, MUTANTS, run_here, run_statuses, runs_with
from somebodys_server import started_server, suite_profile

MISSING = runs_with("the bucket is missing")


@dataclass(frozen=True)
class Server:
    """A moto server over TLS, the authority of its certificate, and AWS profiles for it."""

    url: str
    authority: Path
    profiles: Path

    def verify(
        self, *arguments: str, folder: Path, profile: str | None = "suite"
    ) -> tuple[int, str]:
        """The exit code, and the output on one line."""
        with_profile = ("--backend-profile", profile) if profile else ()
        done = run_here(
            *("verify", *arguments, "--report", "report.json", *with_profile),
            *("--backend", self.url, "--ca-bundle", str(self.authority)),
            folder=folder,
            environment={**MUTANTS, "AWS_SHARED_CREDENTIALS_FILE": str(self.profiles)},
        )
        return done.returncode, " ".join(done.stdout.split())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    certificates = make_certificates(folder)
    with started_server(certificate=certificates.server) as url:
        profiles = suite_profile(url, folder, certificates.authority)
        known = profiles.read_text().split()[3]
        with profiles.open("a") as file:
            for name, key in {"wrong": known, "unknown": "AKIAUNKNOWN"}.items():
                file.write(f"[{name}]\naws_access_key_id = {key}\naws_secret_access_key = wrong\n")
        yield Server(url, certificates.authority, profiles)


def test_requests_are_signed_anew_and_sent_over_tls(tmp_path: Path, server: Server) -> None:
    some = f"ARC-01 or ERR-02 or {MISSING} or INT-03"
    code, printed = server.verify("-k", some, folder=tmp_path)
    assert set(run_statuses(tmp_path / "report.json").values()) == {"passed"}, printed
    assert code == 0


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (None, "name an AWS profile for it with --backend-profile"),
        ("unknown", "refuses the AWS profile unknown: InvalidAccessKeyId: "),
        ("wrong", "refuses the AWS profile wrong: SignatureDoesNotMatch: "),
    ],
)
def test_what_is_wrong_with_the_credentials_is_said_once(
    server: Server, tmp_path: Path, profile: str | None, words: str
) -> None:
    arguments = ("-n", "2", "-k", "KEY or SEQ")
    code, printed = server.verify(*arguments, folder=tmp_path, profile=profile)
    assert printed.count(words) == 1, printed
    assert code == 3


@pytest.mark.parametrize("name", ["OtherOrder", "AbsoluteForm", "SignedTrailer"])
def test_a_right_request_is_signed_anew(server: Server, tmp_path: Path, name: str) -> None:
    reporter = f"python:variants.signing:{name}"
    code, printed = server.verify(reporter, "-k", A_JSON_REPORT, folder=tmp_path)
    assert " runs: 1 passed, " in printed
    assert code == 0
