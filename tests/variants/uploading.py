"""Other ways to upload, and to use the disk."""

import io
import sys
import tempfile
from contextlib import suppress

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError

from .plain import Plain


class ManagedUpload(Plain):
    """The SDK's managed upload, and a charset in the content type."""

    settings = TransferConfig()

    def put(self, key: str, content: bytes) -> None:
        extra = {"ContentType": f"application/{self.format}; charset=utf-8"}
        try:
            self.client.upload_fileobj(
                io.BytesIO(content), self.bucket, key, ExtraArgs=extra, Config=self.settings
            )
        except boto3.exceptions.S3UploadFailedError as error:
            raise (error.__cause__ or error.__context__ or error) from None


class MultipartForLarge(ManagedUpload):
    """The SDK's managed upload, what is larger than S3's smallest part in several parts."""

    settings = TransferConfig(multipart_threshold=5 * 1024**2, use_threads=False)


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


class OnlyIfNew(Plain):
    """Replaces no object."""

    def put(self, key: str, content: bytes) -> None:
        self.client.put_object(
            Bucket=self.bucket,
            Key=key,
            Body=content,
            ContentType=f"application/{self.format}",
            IfNoneMatch="*",
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
