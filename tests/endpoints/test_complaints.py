"""A wrong endpoint, or a wrong profile for it, is told once, with a remedy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from certificates import Certificates, make_certificates
from running import A_JSON_REPORT, run_here, runs_with
from somebodys_server import client, free_port, started_server, suite_profile

DENIED = runs_with("credentials do not allow uploads")


@dataclass(frozen=True)
class Servers:
    """One moto server that checks signatures, over TLS, and one that does not, in plain HTTP.

    Attributes:
        secure: The URL of the first.
        plain: The URL of the second.
        certificates: Those of the first.
        environment: Names the profiles `suite`, `denied`, `wrong`, `unknown` of the first.
    """

    secure: str
    plain: str
    certificates: Certificates
    environment: Mapping[str, str]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    folder = tmp_path_factory.mktemp("servers")
    certificates = make_certificates(folder)
    with started_server(certificates.server) as secure, started_server() as plain:
        iam = client("iam", secure, certificates.authority)
        iam.create_user(UserName="denied")
        denied = iam.create_access_key(UserName="denied")["AccessKey"]
        profiles = suite_profile(secure, folder, certificates.authority)
        known = profiles.read_text().split()[3]
        keys = {
            "denied": (denied["AccessKeyId"], denied["SecretAccessKey"]),
            "wrong": (known, "wrong"),
            "unknown": ("AKIAUNKNOWN", "unknown"),
        }
        profiles.write_text(
            profiles.read_text()
            + "".join(
                f"[{name}]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
                for name, (key, secret) in keys.items()
            )
        )
        yield Servers(secure, plain, certificates, {"AWS_SHARED_CREDENTIALS_FILE": str(profiles)})


def verify(
    servers: Servers, *arguments: str, folder: Path, only: str = A_JSON_REPORT
) -> tuple[int, str]:
    """The exit code, and the output on one line."""
    done = run_here(
        *("verify", "-k", only, *arguments), folder=folder, environment=servers.environment
    )
    return done.returncode, " ".join(done.stdout.split())


def of_secure(servers: Servers, profile: str | None = None) -> list[str]:
    """The options for the server over TLS."""
    trusted = ["--backend", servers.secure, "--ca-bundle", str(servers.certificates.authority)]
    return [*trusted, *(["--backend-profile", profile] if profile else [])]


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (None, "InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our "),
        (None, "name an AWS profile for it with --backend-profile"),
        ("unknown", "refuses the AWS profile unknown: its access key is not known there"),
        ("wrong", "refuses the AWS profile wrong: its secret access key is wrong"),
    ],
)
def test_what_is_wrong_with_the_credentials_is_said_once(
    servers: Servers, tmp_path: Path, profile: str | None, words: str
) -> None:
    code, printed = verify(servers, *of_secure(servers, profile), folder=tmp_path)
    assert printed.count(words) == 1, printed
    assert code == 3


def test_what_is_wrong_with_the_address_is_said_once(servers: Servers, tmp_path: Path) -> None:
    dead = free_port()
    for url, words in {
        servers.secure.replace("https", "http"): f"speaks TLS: use {servers.secure}",
        servers.plain.replace("http", "https"): f"use {servers.plain} if it speaks plain HTTP",
        f"http://127.0.0.1:{dead}": f"nothing answers at http://127.0.0.1:{dead}: ",
        f"https://127.0.0.1:{dead}": f"nothing answers at https://127.0.0.1:{dead}: ",
        servers.secure: "name the file of its certificate authority with --ca-bundle",
    }.items():
        code, printed = verify(
            servers, "--backend", url, "-n", "2", folder=tmp_path, only="KEY or SEQ"
        )
        assert printed.count(words) == 1, printed
        assert code == 3


def test_a_profile_that_must_not_upload_is_what_real_refusals_need(
    servers: Servers, tmp_path: Path
) -> None:
    options = of_secure(servers, "suite")
    for denied, words in {
        "": "--backend-denied-profile",
        "denied": " runs: 1 passed, ",
        "suite": "lets the AWS profile suite upload",
    }.items():
        second = ("--backend-denied-profile", denied) if denied else ()
        code, printed = verify(servers, *options, *second, folder=tmp_path, only=DENIED)
        assert words in printed, printed
        # Nothing failed: what cannot be asked is not run.
        assert code == (0 if denied == "denied" else 5)
