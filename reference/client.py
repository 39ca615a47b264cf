"""Creates the S3 client (diagram: report sequence)."""

from typing import Any

import boto3
from botocore.config import Config

from .configuration import Configuration


def s3_client(configuration: Configuration) -> Any:
    """Create an S3 client without retries of its own, which would multiply with the reporter's."""
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 1},
        read_timeout=configuration.time_limit,
    )
    session = boto3.Session(profile_name=configuration.profile)
    return session.client("s3", region_name=configuration.region, config=config)
