"""More changed in S3 than the object, or the object left to the wrong readers."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar

from botocore.exceptions import BotoCoreError, ClientError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.client import s3_client

from .catalogue import mutant
from .over_reference import ChangedPut

Put = Callable[..., Any]


@mutant(aim="ARC-03")
class BucketCreated(S3Reporter):
    """Creates the bucket if there is none."""

    def problem(self) -> str | None:
        if self.configuration.bucket and self.configuration.region:
            try:
                self._client.head_bucket(Bucket=self.configuration.bucket)
            except BotoCoreError:
                return super().problem()
            except ClientError as error:
                if error.response["Error"]["Code"] == "404":
                    self._client.create_bucket(
                        Bucket=self.configuration.bucket,
                        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
                    )
        return super().problem()


class _ChangedBucket(ChangedPut):
    """Changes the bucket once the object is there."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        answer = put_object(**arguments)
        self.change(client, arguments["Bucket"])
        return answer

    def change(self, client: Any, bucket: str) -> None:
        raise NotImplementedError


@mutant(aim="ARC-03")
class BucketBlocksPublicAccess(_ChangedBucket):
    """Blocks public access to the bucket, which is not its own."""

    def change(self, client: Any, bucket: str) -> None:
        block = {"BlockPublicAcls": True, "BlockPublicPolicy": True}
        client.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)


@mutant(aim="ARC-03")
class BucketExpires(_ChangedBucket):
    """Lets reports expire, and whatever else is in the bucket."""

    def change(self, client: Any, bucket: str) -> None:
        rule = {"ID": "reports", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 90}}
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": [rule]}
        )


@mutant(aim="ARC-03")
class BucketOpened(_ChangedBucket):
    """Sets a policy that lets everybody read the reports, so that their URLs work everywhere."""

    def change(self, client: Any, bucket: str) -> None:
        statement = {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{bucket}/*",
        }
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


@mutant(aim="ARC-03")
class AclSetAfterwards(ChangedPut):
    """Sets the ACL of the object in a request of its own."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        answer = put_object(**arguments)
        client.put_object_acl(
            Bucket=arguments["Bucket"], Key=arguments["Key"], ACL="bucket-owner-full-control"
        )
        return answer


@mutant(aim="ARC-03")
class EarlierReportsDeleted(ChangedPut):
    """Deletes the reports of earlier scans."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        bucket, key = arguments["Bucket"], arguments["Key"]
        answer = put_object(**arguments)
        for entry in client.list_objects_v2(Bucket=bucket)["Contents"]:
            if entry["Key"] != key:
                client.delete_object(Bucket=bucket, Key=entry["Key"])
        return answer


@mutant(aim="ARC-03")
class PermissionGivenToItself(ChangedPut):
    """Changes the policy of the bucket if access is denied."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] == "AccessDenied":
                with suppress(ClientError):
                    client.delete_bucket_policy(Bucket=arguments["Bucket"])
            raise


class _WithArguments(ChangedPut):
    """Asks for more than the reference."""

    more: ClassVar[dict[str, Any]] = {}

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        return put_object(**arguments, **self.more)


@mutant(aim="ARC-04")
class PublicAcl(_WithArguments):
    """Lets everybody read the object, so that its URL works everywhere."""

    more: ClassVar = {"ACL": "public-read"}


@mutant(aim="ARC-04")
class GrantedToAllAccounts(_WithArguments):
    """Lets everybody who has an AWS account read the object."""

    more: ClassVar = {
        "GrantRead": 'uri="http://acs.amazonaws.com/groups/global/AuthenticatedUsers"'
    }


@mutant(aim="ARC-05")
class EncodingClaimed(_WithArguments):
    """Says that the content is compressed, which it is not."""

    more: ClassVar = {"ContentEncoding": "gzip"}


@mutant(aim="ARC-05")
class KeyOfItsOwn(S3Reporter):
    """Encrypts the object with a key that nobody else has."""

    @cached_property
    def _client(self) -> Any:
        client = s3_client(self.configuration)
        # The SDK itself refuses to send such a key without TLS.
        client.meta.events.register("before-call.s3.PutObject", self._add_key)
        return client

    @staticmethod
    def _add_key(params: dict[str, Any], **_: Any) -> None:
        params["headers"]["x-amz-server-side-encryption-customer-algorithm"] = "AES256"


class _ChangedRetry(ChangedPut):
    """Retries otherwise than it tried."""

    tried = False

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        again, self.tried = self.tried, True
        return put_object(**(self.change(arguments) if again else arguments))

    def change(self, arguments: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


@mutant(aim="ERR-06")
class EncryptionOnlyInRetry(_ChangedRetry):
    """Asks for encryption only when it retries."""

    def change(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {**arguments, "ServerSideEncryption": "AES256"}


@mutant(aim="ARC-03")
class BucketOfItsOwn(S3Reporter):
    """Creates a bucket if none is configured, for the next scan."""

    def validate(self) -> bool:
        if self.configuration.region and not self.configuration.bucket:
            with suppress(ClientError):
                s3_client(self.configuration).create_bucket(
                    Bucket="ash-reports",
                    CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
                )
        return super().validate()


@mutant(aim="ARC-03")
class FewReportsKept(ChangedPut):
    """Deletes all reports but the last ten."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        answer = put_object(**arguments)
        with suppress(ClientError):
            listed = client.list_objects_v2(Bucket=arguments["Bucket"])["Contents"]
            for entry in sorted(listed, key=lambda entry: entry["Key"])[:-10]:
                client.delete_object(Bucket=arguments["Bucket"], Key=entry["Key"])
        return answer


@mutant(aim="ARC-03")
class OtherFormatDeleted(ChangedPut):
    """Deletes the report of the same scan in the other format."""

    def put(self, client: Any, put_object: Put, arguments: dict[str, Any]) -> Any:
        answer = put_object(**arguments)
        name, _, form = arguments["Key"].rpartition(".")
        other = f"{name}.{'yaml' if form == 'json' else 'json'}"
        with suppress(ClientError):
            client.head_object(Bucket=arguments["Bucket"], Key=other)
            client.delete_object(Bucket=arguments["Bucket"], Key=other)
        return answer


@mutant(aim="ARC-03", settings={"features": "retry-options"})
class ObjectWithoutCopyDeleted(S3Reporter):
    """Deletes the object if the local copy cannot be written."""

    def report(self, results: Any) -> str:
        returned = super().report(results)
        reports = self.output_dir / "reports"
        if returned.startswith("s3://") and not reports.is_dir():
            bucket, _, key = returned.removeprefix("s3://").partition("/")
            self._client.delete_object(Bucket=bucket, Key=key)
            return "The local copy could not be written, so the report was deleted"
        return returned
