"""The files and the variables with AWS credentials, as AWS SDKs read them."""

from collections.abc import Mapping
from pathlib import Path

from ..s3.credentials import Credentials

DEFAULT_PROFILE = "default"


def write_profiles(
    home: Path, profiles: Mapping[str, Credentials], regions: Mapping[str, str]
) -> None:
    """Write the files of AWS profiles.

    Args:
        home: The folder HOME.
        profiles: The credentials by the name of their profile.
        regions: The regions by the name of the profile that sets one.
    """
    aws = home / ".aws"
    aws.mkdir()
    (aws / "credentials").write_text(
        "".join(
            f"[{name}]\n"
            f"aws_access_key_id = {credentials.access_key_id}\n"
            f"aws_secret_access_key = {credentials.secret_access_key}\n"
            + (
                f"aws_session_token = {credentials.session_token}\n"
                if credentials.session_token
                else ""
            )
            for name, credentials in profiles.items()
        )
    )
    (aws / "config").write_text(
        "".join(
            f"[{name if name == DEFAULT_PROFILE else f'profile {name}'}]\noutput = json\n"
            + (f"region = {regions[name]}\n" if name in regions else "")
            for name in profiles
        )
    )


def variables_of(credentials: Credentials | None) -> dict[str, str]:
    """The environment variables with credentials; none without."""
    if credentials is None:
        return {}
    names = {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "AWS_SESSION_TOKEN": credentials.session_token,
    }
    return {name: value for name, value in names.items() if value}
