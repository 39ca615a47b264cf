"""A certificate authority of the tests' own."""

from pathlib import Path
from typing import NamedTuple

import trustme


class Certificates(NamedTuple):
    """PEM files: of the authority, for `--ca-bundle`, and of a server, with its key."""

    authority: Path
    server: Path


def make_certificates(folder: Path, *names: str) -> Certificates:
    """Have an authority certify a server with some names; by default, this machine."""
    authority = trustme.CA()
    certified = authority.issue_cert(*(names or ("127.0.0.1", "localhost")))
    files = Certificates(folder / "authority.pem", folder / "server.pem")
    authority.cert_pem.write_to_path(files.authority)
    certified.private_key_and_cert_chain_pem.write_to_path(files.server)
    return files
