"""Reporters that are right, and differ in what the diagrams leave free.

They share nothing with the reference, so that the suite cannot be made for its habits.
"""

import http.client
import io
import json
import logging
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timezone
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import boto3
import botocore.session
import yaml
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from dateutil.parser import isoparse

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

    retries = 3
    base_delay = 0.02

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        self.output_dir = output_dir
        self.region = options.get("aws_region") or os.getenv("AWS_REGION")
        self.bucket = options.get("bucket_name") or os.getenv("ASH_S3_BUCKET_NAME")
        self.profile = options.get("aws_profile") or None
        self.prefix = options.get("key_prefix", "")
        self.format = options["file_format"]

    def validate(self) -> bool:
        return bool(self.region and self.bucket)

    def report(self, results: Any) -> str:
        try:
            content = self.serialize(json.loads(json.dumps(results.to_simple_dict(), default=str)))
            key = self.key(results.metadata.summary_stats.start)
            error = self.upload(key, content)
            folder = self.output_dir / "reports"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"aws.{self.format}").write_bytes(content)
        except Exception as unexpected:  # noqa: BLE001
            error = unexpected
        if error:
            self.complain(f"the report could not be uploaded: {error}")
            return f"Error: {error}"
        return self.url(key)

    def upload(self, key: str, content: bytes) -> Exception | None:
        error: Exception | None = None
        for retry in range(self.retries + 1):
            try:
                self.put(key, content)
            except ClientError as refused:
                error = refused
                if refused.response["Error"]["Code"] not in THROTTLING or retry == self.retries:
                    break
                time.sleep(self.delay(retry))
            except Exception as failure:  # noqa: BLE001
                return failure
            else:
                return None
        return error

    def serialize(self, data: Any) -> bytes:
        text = json.dumps(data) if self.format == "json" else yaml.safe_dump(data)
        return text.encode()

    def key(self, started: str) -> str:
        slash = "/" if self.prefix and not self.prefix.endswith("/") else ""
        return f"{self.prefix}{slash}ash-report-{self.timestamp(started)}.{self.format}"

    def timestamp(self, started: str) -> str:
        return started

    def delay(self, retry: int) -> float:
        return float(self.base_delay * 2**retry)

    @cached_property
    def client(self) -> Any:
        session = boto3.Session(profile_name=self.profile, region_name=self.region)
        return session.client("s3", config=Config(retries={"total_max_attempts": 1}))

    def put(self, key: str, content: bytes) -> None:
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=content, ContentType=f"application/{self.format}"
        )

    def url(self, key: str) -> str:
        return f"s3://{self.bucket}/{key}"

    def complain(self, message: str) -> None:
        logging.getLogger("reporter").error(message)


class PrettyAndFlow(Plain):
    """JSON indented, sorted and in ASCII; YAML in flow style, by libyaml."""

    def serialize(self, data: Any) -> bytes:
        if self.format == "json":
            return json.dumps(data, indent=4, sort_keys=True).encode()
        return yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=True).encode()


class IsoTimestamp(Plain):
    """The instant in UTC, in ISO 8601's extended format."""

    def timestamp(self, started: str) -> str:
        return isoparse(started).astimezone(timezone.utc).isoformat()


class HttpsUrl(Plain):
    """The URL in its virtual-hosted form, and a terse log on standard output."""

    def url(self, key: str) -> str:
        return f"https://{self.bucket}.s3.{self.region}.amazonaws.com/{quote(key)}"

    def complain(self, message: str) -> None:
        print(message)


class EndpointUrl(Plain):
    """The URL on the endpoint that was used."""

    def url(self, key: str) -> str:
        return f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}/{quote(key)}"


class ManagedUpload(Plain):
    """The SDK's managed upload, and a charset in the content type."""

    def put(self, key: str, content: bytes) -> None:
        extra = {"ContentType": f"application/{self.format}; charset=utf-8"}
        try:
            self.client.upload_fileobj(io.BytesIO(content), self.bucket, key, ExtraArgs=extra)
        except boto3.exceptions.S3UploadFailedError as error:
            raise (error.__cause__ or error.__context__ or error) from None


class FileBody(Plain):
    """The body from a file, with a checksum of another kind."""

    def put(self, key: str, content: bytes) -> None:
        with tempfile.TemporaryFile() as file:
            file.write(content)
            file.seek(0)
            self.client.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=file,
                ContentType=f"application/{self.format}",
                ChecksumAlgorithm="SHA256",
            )


class Chatty(Plain):
    """Asks STS and S3 before and after, relies on having validated, and logs to standard error."""

    def validate(self) -> bool:
        self.validated = super().validate()
        if self.validated:
            session = boto3.Session(region_name=self.region)
            with suppress(BotoCoreError):
                session.client("sts").get_caller_identity()
        return self.validated

    def put(self, key: str, content: bytes) -> None:
        if not self.validated:
            raise RuntimeError("validate was not called")
        self.client.head_bucket(Bucket=self.bucket)
        super().put(key, content)
        self.client.head_object(Bucket=self.bucket, Key=key)

    def complain(self, message: str) -> None:
        print("ERROR", message, file=sys.stderr)


class EqualJitter(Plain):
    """Waits between half and all of the formula."""

    def delay(self, retry: int) -> float:
        return super().delay(retry) * random.uniform(0.5, 1)  # noqa: S311


class FullJitter(Plain):
    """Waits anything up to the formula."""

    def delay(self, retry: int) -> float:
        return super().delay(retry) * random.random()  # noqa: S311


class TwoRetries(Plain):
    """Retries twice, as it states."""

    retries = 2


class HandMade(Plain):
    """Signs by itself and speaks HTTP by itself."""

    def put(self, key: str, content: bytes) -> None:
        credentials = botocore.session.Session(profile=self.profile).get_credentials()
        if credentials is None:
            raise RuntimeError("no credentials")
        url = f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}/{quote(key, safe='/~')}"
        headers = {"Content-Type": f"application/{self.format}"}
        request: Any = AWSRequest("PUT", url, headers, content)
        signer = S3SigV4Auth(credentials.get_frozen_credentials(), "s3", str(self.region))
        signer.add_auth(request)
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("PUT", urlsplit(url).path, content, dict(request.headers))
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status >= 300:
            code = re.search("<Code>(.*?)</Code>", body)
            name = code[1] if code else str(answer.status)
            raise ClientError({"Error": {"Code": name, "Message": body}}, "PutObject")
