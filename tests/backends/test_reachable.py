"""Whether something answers at an address, and whether it speaks the scheme that the URL names."""

from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar

import pytest
from certificates import Certificates, make_certificates
from echo import Echo, served

from s3_reporter_conformance.backends.any_endpoint import check_reachable
from s3_reporter_conformance.backends.base import StoredObject
from s3_reporter_conformance.backends.registry import BackendOptions
from s3_reporter_conformance.s3.endpoint import Address
from s3_reporter_conformance.words.errors import BackendError

HERE = "127.0.0.1"


class Ports(Echo):
    """Keeps from which ports its clients come."""

    usual = (200, {"ETag": '"abc"'}, b"")
    seen: ClassVar[list[int]] = []

    def parse_request(self) -> bool:
        self.seen.append(self.client_address[1])
        return super().parse_request()


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path, HERE)


def test_the_wrong_scheme_is_told(certificates: Certificates) -> None:
    with served(Echo) as port, pytest.raises(BackendError, match=f"use http://{HERE}:{port} if"):
        check_reachable(Address(HERE, port, "https"))
    with (
        served(Echo, certificates.server) as port,
        pytest.raises(BackendError, match=f"nothing answers at http://{HERE}:{port}: .* https://"),
    ):
        check_reachable(Address(HERE, port))


def test_a_certificate_is_verified(certificates: Certificates, tmp_path: Path) -> None:
    """By the authorities of the system, or by those that the user names, and for this host."""
    (tmp_path / "others").mkdir()
    others = make_certificates(tmp_path / "others", "other.example.org")
    for server, bundle in (
        (certificates.server, None),
        (certificates.server, others.authority),
        (others.server, others.authority),
    ):
        with (
            served(Echo, server) as port,
            pytest.raises(BackendError, match=r"cannot be verified: .* with --ca-bundle"),
        ):
            check_reachable(Address(HERE, port, "https", bundle))


def test_processes_share_no_connection() -> None:
    """Or they would read each other's answers."""
    objects = [StoredObject("bucket", "key", "", b"{}")]
    with served(Ports) as port:
        backend = BackendOptions(backend=f"http://{HERE}:{port}").open_endpoint()
        backend.write([*objects, *objects])
        forked = get_context("fork").Process(target=backend.write, args=[objects])
        forked.start()
        forked.join()
    first, second, third = Ports.seen
    assert first == second
    assert second != third
