"""Any running S3 API: MinIO, Ceph, moto, or LocalStack."""

from pathlib import Path
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError

from ..credentials import REGION, Credentials
from ..endpoint import PORTS, Address, tls_context
from ..errors import UnsupportedError, UsageError
from .aws import INSPECTOR, AwsBackend
from .options import EndpointOptions

_EXPECTED = "expected http://host:port or https://host:port"


class EndpointBackend(AwsBackend):
    """An S3 API of which only the address is known."""

    def __init__(self, url: str, options: EndpointOptions) -> None:
        """Store the address, and read the credentials.

        Args:
            url: `http://host:port` or `https://host:port`.
            options: How to reach it.

        Raises:
            UsageError: The address, the profile, or the file of certificates is invalid.
        """
        address = parse_endpoint(url, options)
        signer, region = _profile(options.profile) if options.profile else (None, REGION)
        super().__init__(address, url, signer or INSPECTOR, signer, region)

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:  # noqa: ARG002 -- as in the base
        """Raise: these APIs differ in how they deliver events."""
        raise UnsupportedError(f"{self.name} is not known to deliver events")


def parse_endpoint(url: str, options: EndpointOptions) -> Address:
    """Parse the URL of an endpoint.

    Args:
        url: `http://host:port` or `https://host:port`.
        options: How to reach it.

    Raises:
        UsageError: It is not valid, or is on another machine and that is not allowed.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url} is not a valid endpoint: {error}; {_EXPECTED}") from error
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query:
        raise UsageError(f"{url} is not a valid endpoint: {_EXPECTED}")
    bundle = _bundle(options.ca_bundle, parts.scheme) if options.ca_bundle else None
    address = Address(host, port or PORTS[parts.scheme], parts.scheme, bundle)
    if not options.allow_remote and not address.is_loopback:
        raise UsageError(
            f"{host} is another machine, on which the suite would create and delete buckets: "
            "add --allow-remote to allow that"
        )
    return address


def _bundle(path: str, scheme: str) -> Path:
    if scheme != "https":
        raise UsageError("--ca-bundle applies only to an endpoint with https://")
    # The run may change the current folder.
    bundle = Path(path).absolute()
    try:
        tls_context(bundle)
    except OSError as error:
        raise UsageError(
            f"--ca-bundle {path}: {error}; expected a file with certificates in PEM"
        ) from error
    return bundle


def _profile(name: str) -> tuple[Credentials, str]:
    """The credentials and the region of an AWS profile."""
    try:
        session = botocore.session.Session(profile=name)
        found = session.get_credentials()
        region = session.get_scoped_config().get("region")
    except BotoCoreError as error:
        raise UsageError(f"--backend-profile {name}: {error}") from error
    frozen = found.get_frozen_credentials() if found else None
    if frozen is None or not frozen.access_key or not frozen.secret_key:
        raise UsageError(f"--backend-profile {name}: the profile has no credentials")
    return Credentials(frozen.access_key, frozen.secret_key, frozen.token or ""), region or REGION
