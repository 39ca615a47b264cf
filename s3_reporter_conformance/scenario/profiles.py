"""The files and the variables with AWS credentials, as AWS SDKs read them."""

from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path

from ..s3.credentials import Credentials
from .situation import DEFAULT_PROFILE


def write_profiles(
    home: Path, profiles: Mapping[str, Credentials], regions: Mapping[str, str]
) -> None:
    """Write the files of AWS profiles, with the regions that some of them set, to HOME."""
    credentials, config = RawConfigParser(), RawConfigParser()
    for name, each in profiles.items():
        credentials[name] = {key.lower(): value for key, value in variables_of(each).items()}
        section = name if name == DEFAULT_PROFILE else f"profile {name}"
        config[section] = {"output": "json"}
        if name in regions:
            config[section]["region"] = regions[name]
    (home / ".aws").mkdir()
    for parser, file in ((credentials, "credentials"), (config, "config")):
        with (home / ".aws" / file).open("w") as text:
            parser.write(text)


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
