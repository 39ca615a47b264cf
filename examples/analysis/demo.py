"""Uploads ten scans to moto on this machine with the reference reporter, and draws a chart.

python -m s3_reporter_conformance.analysis.demo severities.png
"""

import copy
import json
import logging
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

import boto3
from moto.server import ThreadedMotoServer

from ..reference import S3Reporter
from ..reference.results import StoredResults
from . import picture


def ten_scans() -> Iterator[StoredResults]:
    """Scans of ten consecutive days, with findings that get fixed over time."""
    sample = resources.files("s3_reporter_conformance.samples") / "ash_aggregated_results.json"
    scan = json.loads(sample.read_text("utf-8"))
    rng = random.Random(10)  # noqa: S311 -- the same picture each time
    first = datetime.fromisoformat(scan["metadata"]["summary_stats"]["start"]) - timedelta(days=9)
    counts = {"critical": 14, "high": 18, "medium": 24, "low": 11, "info": 6}
    for day in range(10):
        counts = {name: max(0, count + rng.randint(-4, 2)) for name, count in counts.items()}
        data = copy.deepcopy(scan)
        stats = data["metadata"]["summary_stats"]
        stats["start"] = (first + timedelta(days=day)).isoformat()
        stats["severity_counts"] = {**stats["severity_counts"], **counts}
        yield StoredResults(data)


def main(path: str) -> str:
    """Upload ten scans, and draw them.

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
