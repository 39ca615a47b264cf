"""A certificate authority of the tests' own."""

from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificates:
    """Files in PEM.

    Attributes:
        authority: The certificate authority, for `--ca-bundle`.
        server: A server's certificate with its key.
    """

    authority: Path
    server: Path


def make_certificates(folder: Path, *names: str) -> Certificates:
    """Make an authority, and have it certify a server with some names, or else this machine."""
    authority = trustme.CA()
    certified = authority.issue_cert(*(names or ("127.0.0.1", "localhost")))
    files = Certificates(folder / "authority.pem", folder / "server.pem")
    authority.cert_pem.write_to_path(files.authority)
    certified.private_key_and_cert_chain_pem.write_to_path(files.server)
    return files
