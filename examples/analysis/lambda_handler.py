"""An AWS Lambda function for ObjectCreated events that returns the figures of each report."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import yaml
from aws_lambda_powertools.utilities.data_classes import S3Event


def handler(event: dict[str, Any], _: object) -> list[dict[str, Any]]:
    """Return the figures of each report; AWS Lambda calls this."""
    s3 = boto3.client("s3")

    def read(bucket: str, key: str) -> bytes:
        content: bytes = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return content

    return list(figures(event, read))


def figures(event: dict[str, Any], read: Callable[[str, str], bytes]) -> Iterator[dict[str, Any]]:
    """The figures of the reports that an event names.

    Args:
        event: As S3 sends it.
        read: Gets an object by bucket and key.
    """
    for record in S3Event(event).records:
        created = S3Event({"Records": [record.raw_event]})
        # The class decodes the percent-encoding of keys in events.
        bucket, key = created.bucket_name, created.object_key
        content = read(bucket, key)
        parse = yaml.safe_load if key.endswith((".yaml", ".yml")) else json.loads
        report = parse(content)
        severities = report["metadata"]["summary_stats"]["severity_counts"]
        yield {"bucket": bucket, "key": key, "severities": severities}
