"""Any S3 API that listens somewhere: MinIO, Ceph, a moto or LocalStack that runs already."""

import ipaddress
from urllib.parse import urlsplit

import botocore.session
from botocore.exceptions import BotoCoreError

from ..credentials import Credentials
from ..errors import UnsupportedError, UsageError
from .aws import INSPECTOR, AwsBackend

_PORT = 80


class EndpointBackend(AwsBackend):
    """An S3 API of which no more is known than its address."""

    def __init__(self, url: str, profile: str | None, *, allow_remote: bool) -> None:
        """Take the address and the credentials.

        Args:
            url: `http://host:port`.
            profile: The AWS profile of the suite, with which everything is signed; none for an API
                that takes any signature.
            allow_remote: Let it be another machine.

        Raises:
            UsageError: The address or the profile will not do.
        """
        address = parse_endpoint(url, allow_remote=allow_remote)
        signer = _credentials(profile) if profile else None
        super().__init__(address, url, signer or INSPECTOR, signer)

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:  # noqa: ARG002 -- as in the base
        """Refuse: where events go differs between these APIs."""
        raise UnsupportedError(f"{self.name} is not known to deliver a bucket's events")


def parse_endpoint(url: str, *, allow_remote: bool) -> tuple[str, int]:
    """Take an endpoint's URL apart.

    Raises:
        UsageError: It is none, or another machine's without leave.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _PORT
    except ValueError as error:
        raise UsageError(f"{url} is no endpoint: {error}; expected http://host:port") from error
    if parts.scheme != "http" or not host or parts.path.strip("/") or parts.query:
        raise UsageError(f"{url} is no endpoint: expected http://host:port")
    if not allow_remote and not _is_loopback(host):
        raise UsageError(
            f"{host} is another machine, on which buckets would be made and deleted: give "
            "--allow-remote if that is meant"
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
        raise UsageError(f"--backend-profile {profile}: it holds no credentials")
    return Credentials(frozen.access_key, frozen.secret_key)
