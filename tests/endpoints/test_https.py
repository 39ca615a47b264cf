"""An endpoint with https:// is used, and its certificate is verified."""

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from certificates import Certificates, make_certificates
from running import run_here, run_statuses, runs_with
from somebodys_server import started_server, suite_profile

DELETED = runs_with("is deleted just before the upload")


@dataclass(frozen=True)
class Server:
    """A moto server over TLS that takes only what is signed by the user of the profile `suite`."""

    url: str
    certificates: Certificates
    environment: Mapping[str, str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    certificates = make_certificates(folder, "127.0.0.1", "s3.localhost", "*.s3.localhost")
    with started_server(certificates.server) as url:
        profile = suite_profile(url, folder, certificates.authority)
        yield Server(url, certificates, {"AWS_SHARED_CREDENTIALS_FILE": str(profile)})


def test_requests_are_signed_anew_and_sent_over_tls(tmp_path: Path, server: Server) -> None:
    done = run_here(
        "verify",
        *("--backend", server.url, "--backend-profile", "suite"),
        *("--ca-bundle", str(server.certificates.authority)),
        *("-k", f"ARC-01 or ERR-02 or {DELETED} or INT-03", "--report", "report.json"),
        folder=tmp_path,
        environment=server.environment,
    )
    assert set(run_statuses(tmp_path / "report.json").values()) == {"passed"}, done.stdout
    assert done.returncode == 0


def test_buckets_are_named_in_the_host(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = set()
    lookup = socket.getaddrinfo

    def resolve(host: str, *arguments: Any, **options: Any) -> Any:
        hosts.add(host)
        return lookup("127.0.0.1", *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    done = run_here(
        "verify",
        *("--backend", server.url.replace("127.0.0.1", "s3.localhost")),
        *("--backend-profile", "suite", "--backend-addressing", "virtual"),
        *("--ca-bundle", str(server.certificates.authority)),
        *("-k", "ARC-01", "--report", "report.json"),
        folder=tmp_path,
        environment=server.environment,
    )
    assert set(run_statuses(tmp_path / "report.json").values()) == {"passed"}, done.stdout
    assert any(host.startswith("s3-reporter-conformance-reports-") for host in hosts)
    assert json.loads((tmp_path / "report.json").read_text())["backend"].endswith("virtual-hosted")


def test_a_certificate_that_nobody_vouches_for_is_no_verdict(
    tmp_path: Path, server: Server
) -> None:
    """There is no flag that switches this off."""
    done = run_here("verify", "--backend", server.url, "-k", "ARC-01", folder=tmp_path)
    words = " ".join(done.stdout.split())
    assert f"the certificate of {server.url} cannot be verified: " in words, done.stdout
    assert done.returncode == 3
