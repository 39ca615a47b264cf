"""Deleting a bucket with all that is in it."""

from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from .permissions import is_denied
from .settling import settling


def delete_with_contents(s3: Any, bucket: str, *, may_come: bool = False) -> None:
    """Delete a bucket; one that is gone already is as good.

    Args:
        s3: The client.
        bucket: Its name.
        may_come: Whether it may be created late: nobody waited for the answer to that request.

    Raises:
        ClientError: It cannot be deleted.
    """
    refusal: ClientError | None = None
    for _ in settling():
        try:
            _delete_objects(s3, bucket)
            if refusal:
                _delete_versions_and_parts(s3, bucket)
            s3.delete_bucket(Bucket=bucket)
        except s3.exceptions.NoSuchBucket:
            if not may_come:
                return
        except ClientError as error:
            # The last upload of a reporter that was killed may come, or be listed, late; and a
            # reporter may have set a policy.
            if is_denied(error) and refusal is None:
                _lift_policy(s3, bucket, error)
            elif error.response["Error"]["Code"] != "BucketNotEmpty":
                raise
            refusal = error
        else:
            return
    if refusal:
        raise refusal


def _delete_objects(s3: Any, bucket: str) -> None:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=entry["Key"])


def _delete_versions_and_parts(s3: Any, bucket: str) -> None:
    """Delete what is not listed as an object; some servers do not know such things."""
    try:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for entry in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
                s3.delete_object(Bucket=bucket, Key=entry["Key"], VersionId=entry["VersionId"])
        for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
            for entry in page.get("Uploads", []):
                s3.abort_multipart_upload(
                    Bucket=bucket, Key=entry["Key"], UploadId=entry["UploadId"]
                )
    except ClientError as error:
        if is_denied(error):
            raise


def _lift_policy(s3: Any, bucket: str, denial: ClientError) -> None:
    """Delete the policy that a reporter may have set.

    Raises:
        ClientError: The denial itself, if that is denied, too.
    """
    with suppress(ClientError):
        s3.delete_bucket_policy(Bucket=bucket)
        return
    raise denial
