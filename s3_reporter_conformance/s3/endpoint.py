"""The address of an S3 API, and the means to connect to it."""

import ipaddress
import ssl
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from .credentials import REGION, Credentials

PORTS = {"http": 80, "https": 443}
"""The default port of each scheme."""


@dataclass(frozen=True)
class Address:
    """The address of an HTTP server.

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
        paths = ssl.get_default_verify_paths()
        # Python may be built with a folder only, which on Debian also contains such a file.
        files = (self.ca_bundle, paths.cafile, f"{paths.capath}/ca-certificates.crt")
        return next((str(path) for path in files if path and Path(path).is_file()), None)

    def connect(self, seconds: float) -> HTTPConnection:
        """Prepare a connection with a timeout of each step; certificates are always verified."""
        if self.scheme == "http":
            return HTTPConnection(self.host, self.port, timeout=seconds)
        context = tls_context(self.ca_bundle)
        return HTTPSConnection(self.host, self.port, timeout=seconds, context=context)


@dataclass(frozen=True)
class Endpoint:
    """The way from the wire to S3.

    Attributes:
        address: Where it listens.
        signer: The credentials to sign requests again with; `None` to leave them unchanged.
        region: The region to sign for.
        bucket_prefix: What the names of the suite's own buckets begin with; the wire signs for no
            others.
    """

    address: Address
    signer: Credentials | None = None
    region: str = REGION
    bucket_prefix: str = ""


@cache
def tls_context(ca_bundle: Path | None) -> ssl.SSLContext:
    """Trust the certificate authorities in a PEM file, or those of the system.

    Raises:
        OSError: The file cannot be read, or contains no certificates.
    """
    return ssl.create_default_context(cafile=ca_bundle)
