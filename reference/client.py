"""Creates the S3 client (diagram: report sequence)."""

from typing import TYPE_CHECKING

import boto3
import botocore.loaders
import botocore.session
from botocore.config import Config

from .configuration import Configuration

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# Parsing the S3 service model takes longer than an upload, so all sessions share one that is
# loaded at import.
_LOADER = botocore.loaders.create_loader()
_LOADER.load_service_model("s3", "service-2")
_LOADER.load_service_model("s3", "endpoint-rule-set-1")
for _name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
    _LOADER.load_data(_name)

# `Configuration` reads the environment, because the SDK would use an empty string as a name.
_NO_PROFILE_VARIABLE = {"profile": (None, None, None, None)}


def s3_client(configuration: Configuration) -> "S3Client":
    """Create an S3 client for the configured region and profile.

    The SDK's own retries are off, so that they do not multiply with the reporter's.

    Raises:
        botocore.exceptions.ProfileNotFound: There is no such profile.
    """
    session = botocore.session.Session(
        session_vars=_NO_PROFILE_VARIABLE, profile=configuration.profile
    )
    session.register_component("data_loader", _LOADER)
    return boto3.Session(botocore_session=session).client(
        "s3",
        region_name=configuration.region,
        config=Config(retries={"mode": "standard", "total_max_attempts": 1}),
    )
