"""What an AWS profile of the user says."""

from dataclasses import dataclass

import botocore.session
from botocore.exceptions import BotoCoreError

from ..credentials import Credentials
from ..errors import UsageError


@dataclass(frozen=True)
class Profile:
    """An AWS profile with credentials.

    Attributes:
        name: Its name.
        credentials: Its credentials.
        region: Its region; empty if it sets none.
    """

    name: str
    credentials: Credentials
    region: str


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
    except BotoCoreError as error:
        raise UsageError(f"{flag} {name}: {error}") from error
    frozen = found.get_frozen_credentials() if found else None
    if frozen is None or not frozen.access_key or not frozen.secret_key:
        raise UsageError(f"{flag} {name}: the profile has no credentials")
    credentials = Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")
    return Profile(name, credentials, region)
