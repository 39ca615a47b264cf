"""The upload, got wrong (diagrams: architecture, report sequence, integrations)."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client

from .catalogue import mutant
from .over_reference import ChangedPut

Put = Callable[..., Any]


@mutant(aim="SEQ-01")
class ReportsNothing(S3Reporter):
    """Says where the report is without having uploaded it."""

    def _upload(self, key: str, document: Any) -> str:
        return f"s3://{self.configuration.bucket}/{key}"


@mutant(aim="CFG-06")
class OwnCredentials(ChangedPut):
    """Signs uploads with credentials of its own."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        session = boto3.Session(
            aws_access_key_id="AKIAOWNOWNOWNOWNOWNO", aws_secret_access_key="own"
        )
        own: Any = session.client(
            "s3",
            region_name=self.configuration.region,
            config=Config(retries={"total_max_attempts": 1}),
        )
        return own.put_object(**arguments)


@mutant(aim="CFG-04")
class RegionFixed(S3Reporter):
    """Uploads in us-east-1, whatever region it has."""

    @cached_property
    def _client(self) -> Any:
        return s3_client(replace(self.configuration, region="us-east-1"))


@mutant(aim="ARC-01")
class SignedForAnotherService(S3Reporter):
    """Signs for a service that is not S3."""

    @cached_property
    def _client(self) -> Any:
        client = s3_client(self.configuration)
        client.meta.events.register("before-sign.s3.PutObject", self._rename)
        return client

    @staticmethod
    def _rename(request: Any, **_: Any) -> None:
        request.context.setdefault("signing", {})["signing_name"] = "s3-outposts"


@mutant(aim="ERR-01")
class PutTwice(ChangedPut):
    """Puts the object a second time, to be sure."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        return put_object(**arguments)


@mutant(aim="ARC-02")
class LatestAsWell(ChangedPut):
    """Puts a copy under another key as well."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        source = {"Bucket": arguments["Bucket"], "Key": arguments["Key"]}
        return client.copy_object(
            CopySource=source, Bucket=source["Bucket"], Key="scans/latest.json"
        )


@mutant(aim="ARC-02")
class MarkerAsWell(ChangedPut):
    """Puts a marker beside the report."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        marker = arguments["Key"].rpartition("/")[0] + "/_SUCCESS"
        return client.copy_object(
            CopySource={"Bucket": arguments["Bucket"], "Key": arguments["Key"]},
            Bucket=arguments["Bucket"],
            Key=marker,
        )


@mutant(aim="ARC-02")
class DeletedAgain(ChangedPut):
    """Deletes the object after the upload."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        return client.delete_object(Bucket=arguments["Bucket"], Key=arguments["Key"])


@mutant(aim="ARC-01")
class StorageClassUnknown(ChangedPut):
    """Asks for a storage class that S3 does not have, so that S3 refuses the object."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, StorageClass="COLD")


@mutant(aim="INT-01")
class MovedIntoPlace(ChangedPut):
    """Uploads under another name and moves the object, so that the first event is wrong."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        bucket, key = arguments["Bucket"], arguments["Key"]
        put_object(**arguments | {"Key": f"{key}.part"})
        client.copy_object(
            CopySource={"Bucket": bucket, "Key": f"{key}.part"}, Bucket=bucket, Key=key
        )
        return client.delete_object(Bucket=bucket, Key=f"{key}.part")


@mutant(aim="SEQ-02")
class UploadsInPartsInstead(S3Reporter):
    """Goes on with an upload in parts when it should give up, and still says that it failed."""

    def _upload(self, key: str, document: Any) -> str:
        returned = super()._upload(key, document)
        if "SlowDown" in returned:
            client: Any = self._client
            target = {"Bucket": self.configuration.bucket, "Key": key}
            target["UploadId"] = client.create_multipart_upload(**target)["UploadId"]
            part = client.upload_part(**target, PartNumber=1, Body=document.content)
            parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
            client.complete_multipart_upload(**target, MultipartUpload=parts)
        return returned


@mutant(aim="SEQ-03")
class ResponseIgnored(ChangedPut):
    """Takes every response for a success."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except client.exceptions.ClientError:
            return {}


@mutant(aim="ARC-05")
class DeepArchived(ChangedPut):
    """Stores the object in DEEP_ARCHIVE, from where nobody can read it."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, StorageClass="DEEP_ARCHIVE")
