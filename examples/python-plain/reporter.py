"""An S3 reporter without an S3 client: botocore finds the credentials and signs, urllib3 sends.

It speaks the command contract: one request on standard input, one reply on standard output, the
log on standard error.
"""

import json
import logging
import os
import re
import sys
import time
from contextlib import suppress
from datetime import datetime, timezone
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import urllib3
import yaml
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import NoCredentialsError
from botocore.session import Session

THROTTLING = "SlowDown ServiceUnavailable Throttling ThrottlingException TooManyRequests"
RETRIED = f"{THROTTLING} RequestLimitExceeded InternalError RequestTimeout NoAnswer".split()

logger = logging.getLogger("s3-reporter")


class S3Error(Exception):
    def __init__(self, code: str, message: object) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Reporter:
    def __init__(self, options: dict[str, Any], output_dir: str) -> None:
        option, env = options.get, os.environ.get
        if not env("AWS_PROFILE"):
            # botocore would look for a profile with an empty name.
            os.environ.pop("AWS_PROFILE", None)
        # An empty string counts as not set, except for the prefix; 0 retries is a valid value.
        self.region = option("aws_region") or env("AWS_REGION") or env("AWS_DEFAULT_REGION", "")
        self.bucket = option("bucket_name") or env("ASH_S3_BUCKET_NAME")
        self.session = Session(profile=option("aws_profile") or None)
        self.prefix = option("key_prefix", "ash-reports/")
        self.format = option("file_format") or "json"
        self.max_retries = option("max_retries", 3)
        self.base_delay = option("base_delay", 0.2)
        self.max_delay = option("max_delay", 20)
        self.reports = Path(output_dir, "reports")

    def missing(self) -> str:
        if not self.region:
            return "set aws_region or AWS_REGION"
        return "" if self.bucket else "set bucket_name or ASH_S3_BUCKET_NAME"

    def report(self, results: dict[str, Any]) -> str:
        try:
            if missing := self.missing():
                raise ValueError(missing)
            content = self.serialize(results)
            key = self.key(results.get("metadata", {}).get("summary_stats", {}).get("start"))
            try:
                self.upload(key, content)
            finally:
                # Write the local copy regardless of the response.
                self.write_local_copy(content)
        except Exception as error:
            message = f"The report was not uploaded: {error}"
            logger.error(message)
            return message
        return f"s3://{self.bucket}/{key}"

    def serialize(self, results: dict[str, Any]) -> bytes:
        if self.format == "yaml":
            text = yaml.dump(results, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
            return str(text).encode()
        return json.dumps(results, ensure_ascii=False).encode()

    def key(self, start: str | None) -> str:
        moment = datetime.now(timezone.utc)
        with suppress(ValueError):
            moment = datetime.fromisoformat((start or "").replace("Z", "+00:00"))
        # A start without a zone is UTC.
        moment = moment.replace(tzinfo=moment.tzinfo or timezone.utc).astimezone(timezone.utc)
        fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
        folder = self.prefix.rstrip("/")
        name = f"ash-report-{moment:%Y%m%dT%H%M%S}{fraction}Z.{self.format}"
        return f"{folder}/{name}" if folder else name

    def upload(self, key: str, content: bytes) -> None:
        for retry in range(self.max_retries):
            try:
                self.put(key, content)
            except S3Error as error:
                if error.code not in RETRIED:
                    raise
                delay = min(self.max_delay, self.base_delay * 2**retry)
                logger.warning("%s; retry %d in %g s", error, retry + 1, delay)
                time.sleep(delay)
            else:
                return
        self.put(key, content)

    def put(self, key: str, content: bytes) -> None:
        suffix = ".cn" if self.region.startswith("cn-") else ""
        aws = f"https://s3.{self.region}.amazonaws.com{suffix}"
        endpoint = os.environ.get("AWS_ENDPOINT_URL") or aws
        path = f"/{self.bucket}/{quote(key, safe='/~')}"
        headers = {"Content-Type": f"application/{self.format}"}
        request = AWSRequest("PUT", endpoint + path, headers, content)
        credentials = self.session.get_credentials()
        if not credentials:
            raise NoCredentialsError
        S3SigV4Auth(credentials, "s3", self.region).add_auth(request)
        headers = dict(request.headers.items())
        try:
            # A pool sends the path as it is, while a PoolManager would resolve `team/../scans`.
            # urllib3's own retries would multiply with the reporter's.
            pool = urllib3.connection_from_url(endpoint, timeout=60, retries=False)
            response = pool.request("PUT", path, body=content, headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise S3Error("NoAnswer", error) from error
        if response.status != HTTPStatus.OK:
            told = dict(re.findall("<(Code|Message)>([^<]*)", response.data.decode()))
            raise S3Error(told.get("Code", response.status), told.get("Message", response.reason))

    def write_local_copy(self, content: bytes) -> None:
        unfinished = self.reports / f".s3-report-{os.getpid()}"
        try:
            self.reports.mkdir(parents=True, exist_ok=True)
            # Rename it into place, so that nobody reads an incomplete file.
            unfinished.write_bytes(content)
            unfinished.replace(self.reports / f"s3-report.{self.format}")
        except OSError as error:
            logger.error("The local copy cannot be written: %s", error)


def reply(request: dict[str, Any]) -> dict[str, Any]:
    reporter = Reporter(request["options"], request["output_dir"])
    if request["operation"] == "report":
        return {"returned": reporter.report(request["results"])}
    missing = reporter.missing()
    return {"ready": False, "message": missing} if missing else {"ready": True}


logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(message)s")
print(json.dumps(reply(json.load(sys.stdin))))
