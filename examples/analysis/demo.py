"""Ten scans, reported by the reference to an S3 API on this machine, and drawn.

python -m s3_reporter_conformance.analysis.demo severities.png
"""

import copy
import logging
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

from ..adapters.scan_results import ScanResults, real_scan
from ..analysis import picture
from ..reference import S3Reporter


def ten_scans() -> Iterator[ScanResults]:
    """Scans of ten days, as somebody mends what they find."""
    chance = random.Random(10)  # noqa: S311 -- the same picture each time
    first = datetime.fromisoformat(real_scan().start) - timedelta(days=9)
    counts = {"critical": 14, "high": 18, "medium": 24, "low": 11, "info": 6}
    for day in range(10):
        results = copy.deepcopy(real_scan())
        for severity, count in counts.items():
            counts[severity] = max(0, count + chance.randint(-4, 2))
            path = f"metadata.summary_stats.severity_counts.{severity}"
            results = results.replaced(path, counts[severity])
        started = (first + timedelta(days=day)).isoformat()
        yield results.replaced("metadata.summary_stats.start", started)


def main(path: str) -> str:
    """Report and draw.

    Args:
        path: The picture to write.

    Returns:
        Why it cannot; empty if it can.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "demo",
        "AWS_SECRET_ACCESS_KEY": "demo",
        "AWS_REGION": "us-east-1",
    }
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="demo")
    options = {"aws_region": "us-east-1", "bucket_name": "demo", "key_prefix": "scans"}
    with tempfile.TemporaryDirectory() as folder:
        for results in ten_scans():
            print(S3Reporter(options, Path(folder)).report(results))
    why = picture.main(["s3://demo/scans/", path])
    server.stop()
    return why


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["severities.png"]) or 0)
