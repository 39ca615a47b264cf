"""Where an S3 API listens, and how the suite talks to it."""

import ipaddress
import re
import ssl
from dataclasses import dataclass, replace
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from .s3.credentials import REGION, Credentials

PORTS = {"http": 80, "https": 443}
"""The default port of each scheme."""

# A bucket with another name can only be named in the path: TLS certificates cover one label.
_HOST_LABEL = re.compile(r"[a-z0-9][a-z0-9-]+[a-z0-9]")


@dataclass(frozen=True)
class Address:
    """Where an HTTP server listens.

    Attributes:
        host: Its name or IP address.
        port: Its port.
        scheme: `http` or `https`.
        ca_bundle: The certificate authorities to trust, a PEM file; `None` for those of the system.
    """

    host: str
    port: int
    scheme: str = "http"
    ca_bundle: Path | None = None

    @property
    def netloc(self) -> str:
        """The host and, unless it is the scheme's default, the port, as in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL, without a path."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            # RFC 6761, section 6.3.
            return self.host == "localhost" or self.host.endswith(".localhost")

    @property
    def trusted(self) -> str | None:
        """The PEM file with the certificate authorities; `None` if the system has no such file."""
        return str(self.ca_bundle) if self.ca_bundle else _system_bundle()

    def connect(self, seconds: float) -> HTTPConnection:
        """Prepare a connection; certificates are always verified.

        Args:
            seconds: The timeout of each step.
        """
        if self.scheme == "http":
            return HTTPConnection(self.host, self.port, timeout=seconds)
        context = tls_context(self.ca_bundle)
        return HTTPSConnection(self.host, self.port, timeout=seconds, context=context)


@dataclass(frozen=True)
class Endpoint:
    """How the wire reaches S3.

    Attributes:
        address: Where it listens.
        signer: The credentials to sign requests again with; `None` to leave them unchanged.
        region: The region to sign for.
        virtual_hosted: Whether a bucket is named in the host instead of the path.
        bucket_prefix: What the names of the suite's own buckets begin with; the wire signs for no
            others.
    """

    address: Address
    signer: Credentials | None = None
    region: str = REGION
    virtual_hosted: bool = False
    bucket_prefix: str = ""

    def address_of(self, bucket: str) -> Address:
        """Where to send a request for a bucket; an empty name stands for none."""
        if not self.virtual_hosted or not _HOST_LABEL.fullmatch(bucket):
            return self.address
        return replace(self.address, host=f"{bucket}.{self.address.host}")


@cache
def tls_context(ca_bundle: Path | None) -> ssl.SSLContext:
    """The certificate authorities to trust.

    Args:
        ca_bundle: A PEM file; `None` for those of the system.

    Raises:
        OSError: The file cannot be read, or contains no certificates.
    """
    return ssl.create_default_context(cafile=ca_bundle)


def _system_bundle() -> str | None:
    """The system's certificate authorities as one file, which botocore needs."""
    paths = ssl.get_default_verify_paths()
    # Python may be built with a folder only, which on Debian also contains such a file.
    for path in (paths.cafile, f"{paths.capath}/ca-certificates.crt"):
        if path and Path(path).is_file():
            return path
    return None
