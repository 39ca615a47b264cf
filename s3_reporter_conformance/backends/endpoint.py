"""Any running S3 API: MinIO, Ceph, moto, or LocalStack."""

import ipaddress
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError

from ..credentials import Credentials
from ..errors import UnsupportedError, UsageError
from .aws import INSPECTOR, AwsBackend

_PORT = 80


class EndpointBackend(AwsBackend):
    """An S3 API of which only the address is known."""

    def __init__(self, url: str, profile: str | None, *, allow_remote: bool) -> None:
        """Store the address, and read the credentials.

        Args:
            url: `http://host:port`.
            profile: The AWS profile to sign all requests with; `None` if the API accepts any
                signature.
            allow_remote: Allow another machine.

        Raises:
            UsageError: The address or the profile is invalid.
        """
        address = parse_endpoint(url, allow_remote=allow_remote)
        signer = _credentials(profile) if profile else None
        super().__init__(address, url, signer or INSPECTOR, signer)

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:  # noqa: ARG002 -- as in the base
        """Raise: these APIs differ in how they deliver events."""
        raise UnsupportedError(f"{self.name} is not known to deliver events")


def parse_endpoint(url: str, *, allow_remote: bool) -> tuple[str, int]:
    """Parse the URL of an endpoint into host and port.

    Raises:
        UsageError: It is not valid, or is on another machine and that is not allowed.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _PORT
    except ValueError as error:
        raise UsageError(
            f"{url} is not a valid endpoint: {error}; expected http://host:port"
        ) from error
    if parts.scheme != "http" or not host or parts.path.strip("/") or parts.query:
        raise UsageError(f"{url} is not a valid endpoint: expected http://host:port")
    if not allow_remote and not _is_loopback(host):
        raise UsageError(
            f"{host} is another machine, on which the suite would create and delete buckets: "
            "add --allow-remote to allow that"
        )
    return host, port


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _credentials(profile: str) -> Credentials:
    try:
        found = botocore.session.Session(profile=profile).get_credentials()
    except BotoCoreError as error:
        raise UsageError(f"--backend-profile {profile}: {error}") from error
    frozen = found.get_frozen_credentials() if found else None
    if frozen is None or not frozen.access_key or not frozen.secret_key:
        raise UsageError(f"--backend-profile {profile}: the profile has no credentials")
    return Credentials(frozen.access_key, frozen.secret_key)
