"""Compares the CPU of a report of 0.9 MB by the reference and in ASH's own way.

`python -m benchmarks.report`
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import boto3
import yaml
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.results import StoredResults

from s3_reporter_conformance.backends.moto import MotoBackend

FINDING = {
    "id": "CKV_AWS_18",
    "description": "Ensure that the S3 bucket has access logging enabled \u2014 review it. " * 3,
    "severity": "HIGH",
    "suppressed": False,
    "tags": ["aws", "s3", "cis"],
    "location": {"uri": "file:///src/module/main.tf", "region": {"startLine": 7}},
}
RESULTS: dict[str, Any] = {
    "metadata": {"summary_stats": {"start": "2026-01-15T10:30:00+00:00"}},
    "scanner_results": {"checkov": {"findings": [{**FINDING, "n": n} for n in range(2100)]}},
}
OPTIONS = {"aws_region": "us-east-1", "bucket_name": "reports"}


def by_ash(file_format: str) -> None:
    """Convert and upload with the calls of ASH's reporter."""
    if file_format == "json":
        text = json.dumps(RESULTS, default=str, indent=2)
    else:
        text = yaml.dump(RESULTS, default_flow_style=False)
    client = boto3.Session().client("s3", region_name="us-east-1")
    client.head_bucket(Bucket="reports")
    client.put_object(Bucket="reports", Key=f"ash.{file_format}", Body=text)


def by_reference(options: Mapping[str, Any], folder: Path) -> None:
    """Report with the reference."""
    S3Reporter(options, folder).report(StoredResults(RESULTS))


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of the work in this thread."""
    started = time.thread_time()
    work()
    return time.thread_time() - started


def main() -> None:
    """Print the ratios of the two."""
    backend = MotoBackend()
    os.environ |= {"AWS_ENDPOINT_URL": backend.endpoint.address.url} | dict.fromkeys(
        ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "example"
    )
    backend.create_bucket("reports")
    with tempfile.TemporaryDirectory() as folder:
        for file_format in ("json", "yaml"):
            options = {**OPTIONS, "file_format": file_format}
            ratios = [
                cpu(lambda: by_reference(options, Path(folder)))  # noqa: B023 -- called at once
                / cpu(lambda: by_ash(file_format))  # noqa: B023 -- the same
                for _ in range(6)
            ]
            print(f"{file_format}: {median(ratios):.2f} of the CPU of ASH's way")
    backend.close()


if __name__ == "__main__":
    main()
