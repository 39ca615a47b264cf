"""What an AWS profile of the user says."""

from dataclasses import dataclass

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from ..s3.credentials import Credentials
from ..words.errors import UsageError


@dataclass(frozen=True)
class Profile:
    """An AWS profile with credentials.

    Attributes:
        name: Its name.
        credentials: Its credentials.
        region: Its region; empty if it sets none.
        ca_bundle: The certificate authorities that it trusts, a file; empty for the usual ones.
    """

    name: str
    credentials: Credentials
    region: str
    ca_bundle: str = ""


def read_profile(name: str, flag: str) -> Profile:
    """Read a profile from the user's files.

    Args:
        name: Its name.
        flag: The flag that names it.

    Raises:
        UsageError: It does not exist, or has no credentials.
    """
    try:
        session = botocore.session.Session(profile=name)
        found = session.get_credentials()
        region = session.get_scoped_config().get("region") or ""
        ca_bundle = session.get_config_variable("ca_bundle") or ""
    except BotoCoreError as error:
        raise UsageError(f"{flag} {name}: {error}") from error
    frozen = found.get_frozen_credentials() if found else None
    if frozen is None or not frozen.access_key or not frozen.secret_key:
        raise UsageError(f"{flag} {name}: the profile has no credentials")
    credentials = Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")
    return Profile(name, credentials, region, ca_bundle)


def urls_of(profile: str, region: str, *services: str) -> tuple[str, ...]:
    """Where services of AWS listen, or where the profile says that they do instead.

    Args:
        profile: Its name.
        region: The region.
        services: Such as `s3`.

    Returns:
        The URL of each.
    """
    session = botocore.session.Session(profile=profile)
    session.set_config_variable("sts_regional_endpoints", "regional")
    clients = (
        session.create_client(
            service,
            region_name=region,
            # Nothing is sent.
            aws_access_key_id="nobody",
            aws_secret_access_key="nobody",  # noqa: S106 -- it is none
            config=Config(s3={"us_east_1_regional_endpoint": "regional"}),
        )
        for service in services
    )
    return tuple(str(client.meta.endpoint_url) for client in clients)
