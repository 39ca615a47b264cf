"""Other ways to upload, and to use the disk, that change nothing else."""

import gzip
import io
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError

from .plain import Plain, variant


class ManagedUpload(Plain):
    """The SDK's managed upload, and a charset in the content type."""

    settings = TransferConfig()

    def put(self, key: str, content: Any) -> None:
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        extra = {"ContentType": f"application/{self.format}; charset=utf-8"}
        try:
            self.client.upload_fileobj(
                file, self.bucket, key, ExtraArgs=extra, Config=self.settings
            )
        except boto3.exceptions.S3UploadFailedError as error:
            raise (error.__cause__ or error.__context__ or error) from None


class InParts(ManagedUpload):
    """The SDK's managed upload, in parts of S3's smallest size, also if one is enough."""

    settings = TransferConfig(multipart_threshold=1, multipart_chunksize=5 * 1024**2)


class PartByPart(Plain):
    """An upload in parts, one request after the other, and the URL that S3 has for it."""

    def put(self, key: str, content: Any) -> None:
        target = {"Bucket": self.bucket, "Key": key}
        kind = f"application/{self.format}"
        begun = self.client.create_multipart_upload(**target, ContentType=kind)
        target["UploadId"] = begun["UploadId"]
        part = self.client.upload_part(**target, PartNumber=1, Body=content)
        whole = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        done = self.client.complete_multipart_upload(**target, MultipartUpload=whole)
        self.location = done["Location"]

    def url(self, _key: str) -> str:
        return str(self.location)


class TemporaryFile(ManagedUpload):
    """The body from a temporary file with a name, in TMPDIR, and removed afterwards."""

    def put(self, key: str, content: Any) -> None:
        with tempfile.NamedTemporaryFile(suffix=f".{self.format}") as file:
            file.write(content)
            file.seek(0)
            super().put(key, file)


class FileBody(Plain):
    """The body from a file, with a checksum of another kind."""

    more: Mapping[str, Any] = {"ChecksumAlgorithm": "SHA256"}

    def put(self, key: str, content: Any) -> None:
        with tempfile.TemporaryFile() as file:
            file.write(content)
            file.seek(0)
            super().put(key, file)


class OnlyIfNew(Plain):
    """Replaces no object."""

    more: Mapping[str, Any] = {"IfNoneMatch": "*"}


class Conditional(OnlyIfNew):
    """Takes an object that is there for its own, since a scan starts once."""

    def put(self, key: str, content: Any) -> None:
        try:
            super().put(key, content)
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
            print("the object is there already")


# Encryption, metadata, a checksum, and a storage class.
OwnedByTheBucket = variant(
    more={
        "ChecksumAlgorithm": "SHA256",
        "Metadata": {"tool": "ash"},
        "ServerSideEncryption": "AES256",
        "StorageClass": "STANDARD_IA",
    }
)


class TagsAfterwards(Plain):
    """Tags on the object in a request of their own, as far as they are allowed."""

    def put(self, key: str, content: Any) -> None:
        super().put(key, content)
        tags = {"TagSet": [{"Key": "tool", "Value": "ash"}]}
        with suppress(ClientError):
            self.client.put_object_tagging(Bucket=self.bucket, Key=key, Tagging=tags)


class Chatty(Plain):
    """Asks STS and S3, also unsigned, relies on having validated, and logs to standard error."""

    def validate(self) -> bool:
        self.validated = super().validate()
        if self.validated:
            session = boto3.Session(region_name=self.region)
            with suppress(BotoCoreError):
                session.client("sts").get_caller_identity()
            url = f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}"
            # The region is among the headers, even of a refusal.
            with suppress(OSError), urlopen(Request(url, method="HEAD"), timeout=5):  # noqa: S310
                pass
        return self.validated

    def put(self, key: str, content: Any) -> None:
        if not self.validated:
            raise RuntimeError("validate was not called")
        # Its credentials need not allow this.
        with suppress(ClientError):
            self.client.head_bucket(Bucket=self.bucket)
        super().put(key, content)
        with suppress(ClientError):
            self.client.head_object(Bucket=self.bucket, Key=key)

    def complain(self, message: str) -> None:
        print("ERROR", message, file=sys.stderr)


class AsksIam(Plain):
    """Checks its permissions with IAM where access is denied, as far as IAM answers."""

    def upload(self, key: str, content: bytes) -> Exception | None:
        error = super().upload(key, content)
        if isinstance(error, ClientError) and error.response["Error"]["Code"] == "AccessDenied":
            session = boto3.Session(profile_name=self.profile, region_name=self.region)
            with suppress(BotoCoreError, ClientError):
                arn = session.client("sts").get_caller_identity()["Arn"]
                session.client("iam").simulate_principal_policy(
                    PolicySourceArn=arn, ActionNames=["s3:PutObject"]
                )
        return error


class AtomicCopy(Plain):
    """A copy that is complete before it gets its name."""

    def write_copy(self, _key: str, content: bytes) -> None:
        folder = self.output_dir / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{os.getpid()}.part"
        unfinished.write_bytes(content)
        unfinished.replace(folder / f"aws.{self.format}")


class CopyInAFolder(Plain):
    """A copy with a name of its own, in a folder of its own."""

    def write_copy(self, key: str, content: bytes) -> None:
        folder = self.output_dir / "reports" / "s3" / key.replace("/", "_")[-100:]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "content").write_bytes(content)


class CachesAtHome(Plain):
    """Caches in HOME and in TMPDIR, as SDKs and interpreters have them."""

    def validate(self) -> bool:
        for folder in (Path.home() / ".aws/cli/cache", Path(tempfile.gettempdir()) / "compiled"):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "0a1b2c").write_text("{}")
        return super().validate()


class HistoryAtHome(Plain):
    """A compressed history of its uploads in HOME, and a copy only for its owner."""

    def report(self, results: Any) -> str:
        returned = super().report(results)
        (Path.home() / ".ash-history.gz").write_bytes(gzip.compress(returned.encode()))
        return returned

    def write_copy(self, key: str, content: bytes) -> None:
        super().write_copy(key, content)
        (self.output_dir / "reports" / f"aws.{self.format}").chmod(0o600)
