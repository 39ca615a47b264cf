"""The suite's own buckets: how they are named and marked, found after a crash, and deleted."""

import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

PREFIX = "s3-reporter-conformance-"
"""What the names of buckets begin with where others may have theirs, too."""

TAG = "s3-reporter-conformance"
"""The tag of a bucket whose value is its owner; `clean` deletes nothing that lacks it."""

# For how long to look at all, and to wait between two looks at first and at most, in seconds.
_SECONDS = 10
_SHORTEST, _LONGEST = 0.05, 1.0


@dataclass(frozen=True)
class Leftover:
    """A bucket with the suite's prefix.

    Attributes:
        name: Its name.
        made: When it was created.
        owner: The process that made it, see `owners`; empty if it has no such tag.
    """

    name: str
    made: datetime
    owner: str


def new_name() -> str:
    """A name for a bucket in which something is tried."""
    return f"{PREFIX}probe-{secrets.token_hex(6)}"


def settling() -> Iterator[None]:
    """Yield at once, then after pauses, until it has taken too long.

    A loop over this looks again and again for what the backend does not show yet.
    """
    deadline = time.monotonic() + _SECONDS
    pause = _SHORTEST
    yield
    while time.monotonic() + pause < deadline:
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST)
        yield


def tag(s3: Any, bucket: str, owner: str) -> None:
    """Mark a bucket as the suite's own, if the server has tags."""
    with suppress(ClientError):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": TAG, "Value": owner}]})


def buckets_left(s3: Any) -> Iterator[Leftover]:
    """The buckets with the suite's prefix.

    Raises:
        ClientError: They cannot be listed.
    """
    # Servers that do not know the prefix list all buckets.
    for page in s3.get_paginator("list_buckets").paginate(Prefix=PREFIX):
        for entry in page.get("Buckets", []):
            name = entry["Name"]
            if name.startswith(PREFIX):
                yield Leftover(name, entry["CreationDate"], _owner(s3, name))


def delete_with_contents(s3: Any, bucket: str, *, may_come: bool = False) -> None:
    """Delete a bucket; a missing one is fine, unless it may still come.

    Raises:
        ClientError: It cannot be deleted.
    """
    refusal: ClientError | None = None
    for _ in settling():
        try:
            _delete_objects(s3, bucket)
            if refusal:
                _delete_hidden(s3, bucket)
            s3.delete_bucket(Bucket=bucket)
        except s3.exceptions.NoSuchBucket:
            if not may_come:
                return
        except ClientError as error:
            # The last upload of a reporter that was killed may come, or be listed, late.
            if refusal and error.response["Error"]["Code"] != "BucketNotEmpty":
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


def _delete_hidden(s3: Any, bucket: str) -> None:
    """Delete the versions and uploads that are not listed as objects, if the server has such."""
    with suppress(ClientError):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for entry in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
                s3.delete_object(Bucket=bucket, Key=entry["Key"], VersionId=entry["VersionId"])
    with suppress(ClientError):
        for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
            for entry in page.get("Uploads", []):
                s3.abort_multipart_upload(
                    Bucket=bucket, Key=entry["Key"], UploadId=entry["UploadId"]
                )


def _owner(s3: Any, bucket: str) -> str:
    try:
        tags = s3.get_bucket_tagging(Bucket=bucket)["TagSet"]
    except ClientError:
        # It has none, the server knows none, or the bucket has gone meanwhile.
        return ""
    return next((each["Value"] for each in tags if each["Key"] == TAG), "")
