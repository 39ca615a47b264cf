"""Creates the S3 client (diagram: report sequence)."""

from typing import Any

import boto3
from botocore.config import Config

from .configuration import Configuration


def s3_client(configuration: Configuration) -> Any:
    """Create an S3 client without retries of its own, which would multiply with the reporter's."""
    retries: Any = {"mode": "standard", "total_max_attempts": 1}
    limit = configuration.time_limit
    # To send takes the time limit of connecting.
    config = Config(retries=retries, connect_timeout=limit, read_timeout=limit)
    session = boto3.Session(profile_name=configuration.profile)
    return session.client("s3", region_name=configuration.region, config=config)
