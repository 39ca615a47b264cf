"""Resolves the settings from options and environment (diagram: configuration)."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Configuration:
    """The settings of one reporter, resolved.

    Attributes:
        region: AWS region; empty if neither configured nor in the environment.
        bucket: Bucket name; empty if neither configured nor in the environment.
        profile: AWS profile, or `None` for the default one.
        prefix: What precedes the object's name, as configured: the slash is `naming`'s matter.
        file_format: `json` or `yaml`.
        max_retries: How often a failed upload is tried again.
        base_delay: Seconds before the first retry.
        max_delay: The longest wait between two attempts, in seconds.
    """

    region: str
    bucket: str
    profile: str | None
    prefix: str
    file_format: str
    max_retries: int
    base_delay: float
    max_delay: float

    @classmethod
    def resolve(cls, options: Mapping[str, Any]) -> "Configuration":
        """Resolve each setting from the options, then the environment, then its default.

        Options take precedence over the environment, and an empty string counts as not set
        (interpretation 8).  Only an empty key prefix has a meaning: no prefix (interpretation 7).
        """
        environment = os.environ
        return cls(
            region=options.get("aws_region")
            or environment.get("AWS_REGION")
            or environment.get("AWS_DEFAULT_REGION")
            or "",
            bucket=options.get("bucket_name") or environment.get("ASH_S3_BUCKET_NAME") or "",
            profile=options.get("aws_profile") or environment.get("AWS_PROFILE") or None,
            prefix=options.get("key_prefix", "ash-reports/"),
            file_format=options.get("file_format") or "json",
            max_retries=int(options.get("max_retries", 3)),
            base_delay=_seconds(options.get("base_delay", 1.0)),
            max_delay=_seconds(options.get("max_delay", 60.0)),
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The missing required settings, and how to set them."""
        required = {
            "aws_region (or AWS_REGION)": self.region,
            "bucket_name (or ASH_S3_BUCKET_NAME)": self.bucket,
        }
        return tuple(setting for setting, value in required.items() if not value)


def _seconds(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        # JSON limits no integer.
        return math.inf
