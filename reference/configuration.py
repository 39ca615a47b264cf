"""Resolves the settings from options and environment (diagram: configuration)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Configuration:
    """The settings of one reporter, resolved; a required setting that is missing is empty."""

    region: str
    bucket: str
    profile: str | None
    prefix: str
    file_format: str
    max_retries: int
    base_delay: float
    max_delay: float
    time_limit: float

    @classmethod
    def resolve(cls, options: Mapping[str, Any]) -> "Configuration":
        """Resolve each setting from the options, else the environment, else its default.

        An empty string counts as not set (interpretation 8); only an empty key prefix has a
        meaning, no prefix (interpretation 7).  Delays are in seconds.
        """
        env = os.environ
        return cls(
            region=options.get("aws_region")
            or env.get("AWS_REGION")
            or env.get("AWS_DEFAULT_REGION", ""),
            bucket=options.get("bucket_name") or env.get("ASH_S3_BUCKET_NAME", ""),
            profile=options.get("aws_profile") or env.get("AWS_PROFILE") or None,
            prefix=options.get("key_prefix", "ash-reports/"),
            file_format=options.get("file_format") or "json",
            max_retries=options.get("max_retries", 3),
            base_delay=options.get("base_delay", 1.0),
            max_delay=options.get("max_delay", 60.0),
            time_limit=options.get("time_limit", 30.0),
        )

    @property
    def missing(self) -> str | None:
        """Advice on the required setting that is missing, if any."""
        if not self.region:
            return "set aws_region or AWS_REGION"
        return None if self.bucket else "set bucket_name or ASH_S3_BUCKET_NAME"
