"""Reports results of 0.9 MB to moto once it is warm: `report reference|ash`."""

import logging
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import boto3
from moto.server import ThreadedMotoServer
from s3_reporter_conformance.reference import S3Reporter

from s3_reporter_conformance.adapters.ash import as_reporter

from .made_results import made_results, tell

_PLUGIN = "automated_security_helper.plugin_modules.ash_aws_plugins.s3_reporter"
_FINDINGS = 2100
_OPTIONS = {"aws_region": "eu-west-1", "bucket_name": "reports", "key_prefix": "scans/"}

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
host, port = server.get_host_and_port()
os.environ |= {
    "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
}
boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="reports")
simple = made_results(_FINDINGS)
start = simple["metadata"]["summary_stats"]["start"]
results = SimpleNamespace(
    metadata=SimpleNamespace(summary_stats=SimpleNamespace(start=start)),
    to_simple_dict=lambda: simple,
)
make = S3Reporter if sys.argv[1] == "reference" else as_reporter(import_module(_PLUGIN).S3Reporter)


def report() -> str:
    """Report as ASH Core does, and return the URL.

    Raises:
        RuntimeError: Nothing was uploaded.
    """
    returned = str(make(_OPTIONS, Path(folder)).report(results))
    if not returned.startswith("s3://"):
        raise RuntimeError(returned)
    return returned


with tempfile.TemporaryDirectory() as folder:
    report()
    tell(report)
server.stop()
