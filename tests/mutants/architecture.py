"""More changed in S3 than the object, or the object left to the wrong readers.

It is about the diagrams architecture and integrations; what S3 verifies is in `signing`.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .mutant import (
    Change,
    Mutant,
    after,
    after_failure,
    denied,
    each,
    is_blocked,
    is_yaml,
    on_event,
    sending,
    throttled_to_the_end,
    when,
)

_IN_IRELAND = {"LocationConstraint": "eu-west-1"}


def bucket_after(change: Change) -> Change:
    """A change of the bucket once the object is there."""
    return after(lambda self, _: change(self.s3, self.configuration.bucket))


def open_bucket(s3: Any, bucket: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def block_public_access(s3: Any, bucket: str) -> None:
    block = {"BlockPublicAcls": True, "BlockPublicPolicy": True}
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)


def expire_reports(s3: Any, bucket: str) -> None:
    rule = {"ID": "reports", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 90}}
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [rule]})


def deleting(which: Callable[[list[str], str], list[str]]) -> Change:
    """Some of the other objects in the bucket, by their keys and the prefix, deleted afterwards."""

    def delete(self: Any, _arguments: Any) -> None:
        bucket, own = self.target["Bucket"], self.target["Key"]
        with suppress(ClientError):
            found = self.s3.list_objects_v2(Bucket=bucket)["Contents"]
            others = sorted(entry["Key"] for entry in found if entry["Key"] != own)
            for key in which(others, own.partition("/ash-report-")[0]):
                self.s3.delete_object(Bucket=bucket, Key=key)

    return after(delete)


def those(condition: Callable[[str, str], bool]) -> Change:
    """The objects deleted whose key and prefix meet a condition."""
    return deleting(lambda keys, prefix: [key for key in keys if condition(key, prefix)])


def delete_other_format(self: Any, _arguments: Any) -> None:
    name, _, form = self.target["Key"].rpartition(".")
    other = {**self.target, "Key": f"{name}.{'yaml' if form == 'json' else 'json'}"}
    with suppress(ClientError):
        self.s3.head_object(**other)
        self.s3.delete_object(**other)


def delete_object(self: Any, _right: Any, bucket: str, key: str) -> str:
    self.s3.delete_object(Bucket=bucket, Key=key)
    return "The local copy could not be written, so the report was deleted"


def copied_to(key: Change) -> Change:
    """A copy of the object under another key."""
    return after(
        lambda self, _: self.s3.copy_object(
            CopySource=self.target, Bucket=self.target["Bucket"], Key=key(self.target["Key"])
        )
    )


def moved_into_place(self: Any, right: Any, arguments: Any) -> None:
    part = {**self.target, "Key": f"{self.target['Key']}.part"}
    right({**arguments, **part})
    self.s3.copy_object(CopySource=part, **self.target)
    self.s3.delete_object(**part)


def create_bucket(self: Any) -> None:
    try:
        self.s3.head_bucket(Bucket=self.configuration.bucket)
    except BotoCoreError:
        return
    except ClientError as error:
        if error.response["Error"]["Code"] == "404":
            self.s3.create_bucket(
                Bucket=self.configuration.bucket, CreateBucketConfiguration=_IN_IRELAND
            )


def bucket_created(self: Any, right: Any) -> Any:
    if not self.configuration.missing:
        create_bucket(self)
    return right()


def own_bucket_created(self: Any, right: Any) -> Any:
    """Create a bucket if none is configured, for the next scan."""
    if self.configuration.region and not self.configuration.bucket:
        with suppress(ClientError):
            self.s3.create_bucket(Bucket="ash-reports", CreateBucketConfiguration=_IN_IRELAND)
    return right()


def bucket_made_where_missing(self: Any, right: Any, arguments: Any) -> Any:
    try:
        return right(arguments)
    except self.s3.exceptions.NoSuchBucket:
        location = {"LocationConstraint": self.configuration.region}
        self.s3.create_bucket(Bucket=arguments["Bucket"], CreateBucketConfiguration=location)
        return right(arguments)


def delete_policy(self: Any, _arguments: Any) -> None:
    with suppress(ClientError):
        self.s3.delete_bucket_policy(Bucket=self.configuration.bucket)


def grant_permission(*_: Any) -> None:
    with suppress(ClientError):
        iam = boto3.Session().client("iam", region_name="us-east-1")
        iam.put_user_policy(UserName="ash", PolicyName="s3", PolicyDocument="{}")


def own_credentials(self: Any, _right: Any, arguments: Any) -> Any:
    own = boto3.Session(
        aws_access_key_id="AKIAOWNOWNOWNOWNOWNO",
        aws_secret_access_key="own",
        region_name=self.configuration.region,
    )
    s3: Any = own.client("s3", config=Config(retries={"total_max_attempts": 1}))
    return s3.put_object(**arguments)


def add_own_key(_configuration: Any, params: Any, **_: Any) -> None:
    # The SDK itself refuses to send such a key without TLS.
    params["headers"]["x-amz-server-side-encryption-customer-algorithm"] = "AES256"


MUTANTS = (
    # The bucket.
    Mutant("BucketCreated", "ARC-03", problem=bucket_created),
    Mutant("BucketOfItsOwn", "ARC-03", validate=own_bucket_created),
    *each(
        "ARC-03",
        "put",
        BucketMadeWhereMissing=bucket_made_where_missing,
        BucketBlocksPublicAccess=bucket_after(block_public_access),
        BucketExpires=bucket_after(expire_reports),
        BucketOpened=bucket_after(open_bucket),
        PermissionGivenToItself=after_failure(denied, delete_policy),
        PermissionGranted=after_failure(denied, grant_permission),
    ),
    # Other objects.
    *each(
        "ARC-03",
        "put",
        FewReportsKept=deleting(lambda keys, _: keys[:-9]),
        PrefixAlikeDeleted=those(lambda key, prefix: key.startswith(f"{prefix}-")),
        EarlierReportsDeleted=those(lambda key, prefix: key.startswith(f"{prefix}/ash-report-")),
        OtherFormatDeleted=after(delete_other_format),
    ),
    Mutant("LatestAsWell", "ARC-02", put=copied_to(lambda _: "scans/latest.json")),
    Mutant(
        "MarkerAsWell", "ARC-02", put=copied_to(lambda key: f"{key.rpartition('/')[0]}/_SUCCESS")
    ),
    # The first event names another object.
    Mutant("MovedIntoPlace", "ARC-02", put=moved_into_place),
    # The object.
    Mutant("PutTwice", "INT-01", put=after(lambda self, arguments: self.put_object(**arguments))),
    Mutant(
        "DeletedAgain", "ARC-02", put=after(lambda self, _: self.s3.delete_object(**self.target))
    ),
    *each(
        "ARC-03",
        "put",
        ObjectDeletedAfterThrottling=after_failure(
            throttled_to_the_end, lambda self, _: self.s3.delete_object(**self.target)
        ),
        MultipartAbandoned=after_failure(
            lambda _, error: isinstance(error, ClientError),
            lambda self, _: self.s3.create_multipart_upload(**self.target),
        ),
        AclSetAfterwards=after(
            lambda self, _: self.s3.put_object_acl(**self.target, ACL="bucket-owner-full-control")
        ),
    ),
    Mutant(
        "ObjectWithoutCopyDeleted",
        "ARC-02",
        settings={"features": "retry-options"},
        url=when(is_blocked, delete_object),
    ),
    # Its readers.
    Mutant("PublicAcl", "ARC-04", put=sending(ACL="public-read")),
    Mutant(
        "PublicYaml",
        "ARC-04",
        whenever="file_format is yaml",
        put=when(is_yaml, sending(ACL="public-read")),
    ),
    *each(
        "ARC-04",
        "put",
        PrivateAcl=sending(ACL="private"),
        GrantedToAllAccounts=sending(
            GrantRead='uri="http://acs.amazonaws.com/groups/global/AuthenticatedUsers"'
        ),
    ),
    # Permissions.
    *each(
        "CFG-08",
        "put",
        TagsSent=sending(Tagging="tool=ash"),
        AclForTheOwner=sending(ACL="bucket-owner-full-control"),
        OwnKmsKey=sending(ServerSideEncryption="aws:kms", SSEKMSKeyId="alias/reports"),
    ),
    Mutant("EncodingClaimed", "ARC-05", put=sending(ContentEncoding="gzip")),
    Mutant("KeyOfItsOwn", "ARC-05", s3_client=on_event("before-call", add_own_key)),
    Mutant("DeepArchived", "ARC-05", put=sending(StorageClass="DEEP_ARCHIVE")),
    Mutant("OwnCredentials", "CFG-06", put=own_credentials),
)
