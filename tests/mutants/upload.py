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
from .shared_lists import SPARED_BY_WRONG_HEADERS

Put = Callable[..., Any]


@mutant(
    "report_sequence: create_session --> put_object_with_retry",
    "architecture: reporter --> sdk",
    "architecture: creator --> sdk",
    spares=(
        "ARC-20 ARC-23 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 CFG-18 CFG-19 ERR-61 "
        "ERR-23 EXT-ATOMIC-02 EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 "
        "EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 "
        "EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 EXT-SECRETS-07 EXT-PREFLIGHT-01 "
        "EXT-PREFLIGHT-03"
    ),
)
class ReportsNothing(S3Reporter):
    """Says where the report is without having uploaded it."""

    def _upload(self, key: str, document: Any) -> str:
        return f"s3://{self.configuration.bucket}/{key}"


@mutant(
    "architecture: reporter --> sdk",
    "architecture: sdk --> api",
    spares=(
        "ARC-20 ARC-23 ARC-22 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 "
        "CFG-15 CFG-18 CFG-19 ERR-28 ERR-32 ERR-08 ERR-09 ERR-10 ERR-33 ERR-34 ERR-27 "
        "ERR-61 ERR-21 ERR-22 ERR-36 ERR-23 LOC-08 SEQ-07 SEQ-08 EXT-ATOMIC-02 "
        "EXT-REGION-01 EXT-REGION-03 EXT-REGION-02 EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 "
        "EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-SECRETS-01 "
        "EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 "
        "EXT-SECRETS-07 EXT-PREFLIGHT-01 EXT-PREFLIGHT-03 EXT-RETRY-02 EXT-RETRY-06 "
        "EXT-RETRY-07"
    ),
)
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


@mutant(
    "architecture: sdk --> api",
    kills=(
        "ARC-01 CFG-01 CFG-02 CFG-03 CFG-04 CFG-05 CFG-06 CFG-07 CFG-08 CFG-12 CFG-40 "
        "CFG-41 CFG-42 CFG-43 CFG-15 CFG-20 CFG-51 CFG-52 CFG-53 CFG-54 CFG-55 CFG-56 "
        "CFG-57 CFG-58 CFG-61 CFG-62 CFG-63 CFG-64 CFG-65 CFG-66 CFG-67 EXT-REGION-01 "
        "EXT-REGION-03 EXT-REGION-02"
    ),
)
class RegionFixed(S3Reporter):
    """Uploads in us-east-1, whatever region it has."""

    @cached_property
    def _client(self) -> Any:
        return s3_client(replace(self.configuration, region="us-east-1"))


@mutant(
    "architecture: sdk --> api",
    spares=(
        "ARC-20 ARC-23 ARC-22 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 "
        "CFG-14 CFG-15 CFG-17 CFG-18 CFG-19 ERR-28 ERR-32 ERR-08 ERR-09 ERR-10 ERR-33 "
        "ERR-34 ERR-27 ERR-61 ERR-21 ERR-22 ERR-36 ERR-23 LOC-08 SEQ-07 SEQ-08 "
        "EXT-ATOMIC-02 EXT-REGION-01 EXT-REGION-03 EXT-REGION-02 EXT-GUARD-01 EXT-GUARD-02 "
        "EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 "
        "EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 "
        "EXT-SECRETS-06 EXT-SECRETS-07 EXT-PREFLIGHT-01 EXT-PREFLIGHT-03 EXT-PROFILE-01 "
        "EXT-PROFILE-02 EXT-RETRY-02 EXT-RETRY-06 EXT-RETRY-07"
    ),
)
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


@mutant(
    "architecture: sdk --> api",
    "integrations: reporter --> s3",
    "error_handling: call_successful - Yes -> process_response",
    "error_handling: retry_successful - Yes -> process_response",
    kills=(
        "ARC-02 ERR-01 ERR-02 ERR-03 ERR-04 ERR-06 INT-01 INT-06 KEY-08 EXT-IDEMPOTENT-01 "
        "EXT-RETRY-06 EXT-TRANSIENT-01 EXT-TRANSIENT-02"
    ),
)
class PutTwice(ChangedPut):
    """Puts the object a second time, to be sure."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        return put_object(**arguments)


@mutant(
    "architecture: bucket --> object",
    "integrations: s3 --> glue",
    "integrations: glue --> etl",
    indistinguishable={
        "architecture: api --> bucket": "what else is changed shows in a request to the bucket"
    },
    kills=(
        "ARC-02 ARC-20 ARC-23 CFG-25 CFG-26 CFG-27 CFG-46 ERR-23 INT-01 INT-06 INT-02 "
        "INT-07 INT-04 INT-05 SEQ-09 EXT-ATHENA-03 EXT-HADOOP-02 EXT-IDEMPOTENT-01 "
        "EXT-PREFLIGHT-05"
    ),
)
class LatestAsWell(ChangedPut):
    """Puts a copy under another key as well."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        source = {"Bucket": arguments["Bucket"], "Key": arguments["Key"]}
        return client.copy_object(
            CopySource=source, Bucket=source["Bucket"], Key="scans/latest.json"
        )


@mutant(
    "integrations: s3 --> athena",
    kills=(
        "ARC-02 ARC-20 ARC-23 CFG-25 CFG-26 CFG-27 CFG-46 ERR-23 INT-01 INT-06 INT-02 "
        "INT-08 INT-04 INT-05 SEQ-09 EXT-IDEMPOTENT-01 EXT-PREFLIGHT-05"
    ),
)
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


@mutant(
    "architecture: bucket --> object",
    "integrations: reporter --> s3",
    indistinguishable={
        "architecture: api --> bucket": "what else is changed shows in a request to the bucket"
    },
    spares=(
        "ARC-01 ARC-22 ARC-04 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 CFG-44 CFG-45 "
        "CFG-14 CFG-15 CFG-17 CFG-18 CFG-19 CFG-61 CFG-62 CFG-63 CFG-64 CFG-65 CFG-66 "
        "CFG-67 ERR-05 ERR-24 ERR-30 ERR-28 ERR-32 ERR-07 ERR-08 ERR-09 ERR-10 ERR-31 "
        "ERR-26 ERR-33 ERR-34 ERR-27 ERR-11 ERR-12 ERR-13 ERR-14 ERR-35 ERR-29 ERR-15 "
        "ERR-16 ERR-17 ERR-18 ERR-19 ERR-20 ERR-25 ERR-61 ERR-21 ERR-22 ERR-36 LOC-08 "
        "KEY-08 SEQ-07 SEQ-08 EXT-ATOMIC-02 EXT-REGION-01 EXT-REGION-03 EXT-REGION-02 "
        "EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 EXT-LIVE-02 EXT-LIVE-03 EXT-LIVE-04 "
        "EXT-LIVE-05 EXT-LIVE-06 EXT-STACK-01 EXT-SECRETS-01 EXT-SECRETS-02 EXT-SECRETS-03 "
        "EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 EXT-SECRETS-07 EXT-PREFLIGHT-01 "
        "EXT-PREFLIGHT-03 EXT-PROFILE-01 EXT-PROFILE-02 EXT-RETRY-01 EXT-RETRY-05 "
        "EXT-RETRY-02 EXT-RETRY-10 EXT-RETRY-03 EXT-RETRY-04 EXT-RETRY-08 EXT-RETRY-06 "
        "EXT-RETRY-07 EXT-TRANSIENT-03 EXT-TRANSIENT-04"
    ),
)
class DeletedAgain(ChangedPut):
    """Deletes the object after the upload."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        put_object(**arguments)
        return client.delete_object(Bucket=arguments["Bucket"], Key=arguments["Key"])


@mutant(
    "architecture: sdk --> api",
    "architecture: api --> bucket",
    "format_conversion: content --> api",
    "integrations: reporter --> s3",
    "local_output: content --> upload",
    "object_naming: key --> done",
    "report_sequence: api_call --> response",
    spares=SPARED_BY_WRONG_HEADERS,
)
class StorageClassUnknown(ChangedPut):
    """Asks for a storage class that S3 does not have, so that S3 refuses the object."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, StorageClass="COLD")


@mutant(
    "integrations: s3 --> lambda",
    "integrations: lambda --> processing",
    kills=(
        "ARC-20 ARC-23 CFG-46 ERR-23 INT-01 INT-06 LOC-05 LOC-06 EXT-ATOMIC-01 "
        "EXT-ATOMIC-03 EXT-PREFLIGHT-05"
    ),
)
class MovedIntoPlace(ChangedPut):
    """Uploads under another name and moves the object, so that the first event is wrong."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        bucket, key = arguments["Bucket"], arguments["Key"]
        put_object(**arguments | {"Key": f"{key}.part"})
        client.copy_object(
            CopySource={"Bucket": bucket, "Key": f"{key}.part"}, Bucket=bucket, Key=key
        )
        return client.delete_object(Bucket=bucket, Key=f"{key}.part")


@mutant("error_handling: max_reached - Yes -> error_status", kills="ERR-05")
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


@mutant(
    "report_sequence: response --> return_response",
    "error_handling: call_successful - No -> error_type",
    kills=(
        "CFG-51 CFG-54 CFG-56 CFG-57 CFG-61 CFG-62 CFG-63 CFG-64 CFG-65 CFG-66 CFG-67 "
        "ERR-02 ERR-03 ERR-04 ERR-05 ERR-24 ERR-06 ERR-30 ERR-07 ERR-08 ERR-09 ERR-10 "
        "ERR-26 ERR-33 ERR-34 ERR-11 ERR-12 ERR-13 ERR-14 ERR-35 ERR-29 ERR-15 ERR-16 "
        "ERR-17 ERR-18 ERR-19 ERR-20 ERR-25 ERR-36 LOC-04 KEY-08 SEQ-07 SEQ-08 "
        "EXT-STACK-01 EXT-RETRY-01 EXT-RETRY-05 EXT-RETRY-02 EXT-RETRY-10 EXT-RETRY-03 "
        "EXT-RETRY-04 EXT-RETRY-08 EXT-TRANSIENT-01 EXT-TRANSIENT-03 EXT-TRANSIENT-04"
    ),
)
class ResponseIgnored(ChangedPut):
    """Takes every response for a success."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except client.exceptions.ClientError:
            return {}


@mutant(
    "architecture: bucket --> object",
    "integrations: reporter --> s3",
    interpretation=12,
    spares=(
        "ARC-01 ARC-20 ARC-23 ARC-22 ARC-04 ARC-05 ARC-06 CFG-09 CFG-47 CFG-10 CFG-11 "
        "CFG-44 CFG-45 CFG-14 CFG-15 CFG-17 CFG-18 CFG-19 CFG-61 CFG-62 CFG-63 CFG-64 "
        "CFG-65 CFG-66 CFG-67 ERR-05 ERR-24 ERR-30 ERR-28 ERR-32 ERR-07 ERR-08 ERR-09 "
        "ERR-10 ERR-31 ERR-26 ERR-33 ERR-34 ERR-27 ERR-11 ERR-12 ERR-13 ERR-14 ERR-35 "
        "ERR-29 ERR-15 ERR-16 ERR-17 ERR-18 ERR-19 ERR-20 ERR-25 ERR-61 ERR-21 ERR-22 "
        "ERR-36 ERR-23 LOC-08 KEY-08 SEQ-07 SEQ-08 EXT-ATOMIC-02 EXT-REGION-01 "
        "EXT-REGION-03 EXT-REGION-02 EXT-GUARD-01 EXT-GUARD-02 EXT-LIVE-01 EXT-LIVE-02 "
        "EXT-LIVE-03 EXT-LIVE-04 EXT-LIVE-05 EXT-LIVE-06 EXT-STACK-01 EXT-SECRETS-01 "
        "EXT-SECRETS-02 EXT-SECRETS-03 EXT-SECRETS-04 EXT-SECRETS-05 EXT-SECRETS-06 "
        "EXT-SECRETS-07 EXT-PREFLIGHT-01 EXT-PREFLIGHT-03 EXT-PROFILE-01 EXT-PROFILE-02 "
        "EXT-RETRY-01 EXT-RETRY-05 EXT-RETRY-02 EXT-RETRY-10 EXT-RETRY-03 EXT-RETRY-04 "
        "EXT-RETRY-08 EXT-RETRY-06 EXT-RETRY-07 EXT-TRANSIENT-03 EXT-TRANSIENT-04"
    ),
)
class DeepArchived(ChangedPut):
    """Stores the object in DEEP_ARCHIVE, from where nobody can read it."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, StorageClass="DEEP_ARCHIVE")
