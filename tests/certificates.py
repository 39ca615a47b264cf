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
    """Make a certificate authority, and have it certify a server.

    Args:
        folder: Where to write the files.
        names: The host names and IP addresses of the server; by default, of this machine.
    """
    authority = trustme.CA()
    certified = authority.issue_cert(*(names or ("127.0.0.1", "localhost")))
    files = Certificates(folder / "authority.pem", folder / "server.pem")
    authority.cert_pem.write_to_path(files.authority)
    certified.private_key_and_cert_chain_pem.write_to_path(files.server)
    return files
