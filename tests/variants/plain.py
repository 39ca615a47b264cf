"""A reporter that is right, in one class that shares nothing with the reference."""

import json
import logging
import os
import time
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import boto3
import yaml
from botocore.config import Config
from botocore.exceptions import ClientError

THROTTLING = {
    "SlowDown",
    "ServiceUnavailable",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
    "RequestLimitExceeded",
}


class Plain:
    """A reporter in one class, with the timestamp as it is and a name of its own for the copy."""

    default_format = "json"
    retries = 3
    base_delay = 0.05
    # The SDK's own retries are off; more arguments of PutObject; words for errors, by their code.
    sdk_config = Config(retries={"total_max_attempts": 1})
    more: Mapping[str, Any] = {}
    words: ClassVar[Mapping[str, str]] = {}

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        self.output_dir = output_dir
        self.region = options.get("aws_region") or os.getenv("AWS_REGION")
        self.bucket = options.get("bucket_name") or os.getenv("ASH_S3_BUCKET_NAME")
        self.profile = options.get("aws_profile") or None
        self.prefix = options.get("key_prefix", "")
        self.format = options.get("file_format") or self.default_format

    def validate(self) -> bool:
        return bool(self.region and self.bucket)

    def report(self, results: Any) -> str:
        try:
            content = self.serialize(
                json.loads(json.dumps(results.to_simple_dict(), default=str, allow_nan=False))
            )
            key = self.key(results.metadata.summary_stats.start)
            error = self.upload(key, content)
            self.write_copy(key, content)
        except Exception as unexpected:  # noqa: BLE001
            error = unexpected
        if error:
            self.complain(f"the report could not be uploaded: {self.describe(error)}")
            return f"Error: {self.describe(error)}"
        return self.url(key)

    def upload(self, key: str, content: bytes) -> Exception | None:
        for retry in range(self.retries + 1):
            try:
                self.put(key, content)
            except Exception as error:  # noqa: BLE001
                if retry == self.retries or not self.passes(error):
                    return error
                time.sleep(self.delay(retry))
            else:
                break
        return None

    def passes(self, error: Exception) -> bool:
        return isinstance(error, ClientError) and error.response["Error"]["Code"] in THROTTLING

    def write_copy(self, _key: str, content: bytes) -> None:
        folder = self.output_dir / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"aws.{self.format}").write_bytes(content)

    def serialize(self, data: Any) -> bytes:
        text = json.dumps(data) if self.format == "json" else yaml.safe_dump(data)
        return text.encode()

    def key(self, started: str | datetime) -> str:
        slash = "/" if self.prefix and not self.prefix.endswith("/") else ""
        return f"{self.prefix}{slash}ash-report-{self.timestamp(started)}.{self.format}"

    def timestamp(self, started: str | datetime) -> str:
        return str(started)

    def delay(self, retry: int) -> float:
        return float(self.base_delay * 2**retry)

    @cached_property
    def client(self) -> Any:
        session = boto3.Session(profile_name=self.profile, region_name=self.region)
        return session.client("s3", config=self.sdk_config)

    def put(self, key: str, content: Any) -> None:
        content_type = f"application/{self.format}"
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=content, ContentType=content_type, **self.more
        )

    def url(self, key: str) -> str:
        return f"s3://{self.bucket}/{key}"

    def complain(self, message: str) -> None:
        logging.getLogger("reporter").error(message)

    def describe(self, error: Any) -> str:
        code = (getattr(error, "response", None) or {}).get("Error", {}).get("Code", "")
        return self.words.get(code) or str(error)


def variant(**parts: Any) -> type[Plain]:
    """A reporter with other parts; the comment above it says what differs."""
    return type("Variant", (Plain,), parts)
