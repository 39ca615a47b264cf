"""What runs that were killed left behind: found by its name and its tag, and deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import ClientError

from .emptying import delete_with_contents
from .marks import OWNER, PREFIX, TAG
from .permissions import is_denied
from .queues import delete_queue


@dataclass(frozen=True)
class Leftover:
    """A bucket or a queue.

    Attributes:
        kind: `bucket` or `queue`.
        name: Its name.
        made: When it was created.
        is_tagged: Whether it has the suite's tag.
        url: A queue's URL.
        region: The region of a bucket; empty if the server does not say.
        owner: Which process made a bucket; empty if it has no tag for that.
    """

    kind: str
    name: str
    made: datetime
    is_tagged: bool
    url: str = ""
    region: str = field(default="", compare=False)
    owner: str = field(default="", compare=False)


def buckets_left(s3: Any, region: str) -> Iterator[Leftover]:
    """The buckets with the suite's prefix.

    Args:
        s3: The client.
        region: Its region; the tags of a bucket that is elsewhere are not looked at.

    Raises:
        ClientError: They cannot be listed.
    """
    # Servers that do not know the prefix list all buckets.
    for page in s3.get_paginator("list_buckets").paginate(Prefix=PREFIX):
        for entry in page.get("Buckets", []):
            name, where = entry["Name"], entry.get("BucketRegion") or ""
            if name.startswith(PREFIX):
                tags = _tags(s3, name) if where in {"", region} else {}
                yield Leftover(
                    "bucket",
                    name,
                    entry["CreationDate"],
                    is_tagged=TAG.items() <= tags.items(),
                    region=where,
                    owner=tags.get(OWNER, ""),
                )


def queues_left(sqs: Any) -> Iterator[Leftover]:
    """The queues with the suite's prefix in the region of a client.

    Raises:
        ClientError: They cannot be listed.
    """
    for page in sqs.get_paginator("list_queues").paginate(QueueNamePrefix=PREFIX):
        for url in page.get("QueueUrls", []):
            answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["CreatedTimestamp"])
            made = datetime.fromtimestamp(
                float(answer["Attributes"]["CreatedTimestamp"]), timezone.utc
            )
            tags = sqs.list_queue_tags(QueueUrl=url).get("Tags", {})
            name = url.rpartition("/")[2]
            yield Leftover("queue", name, made, TAG.items() <= tags.items(), url)


def delete(leftover: Leftover, s3: Any, sqs: Any) -> None:
    """Delete a bucket with its contents, or a queue.

    Raises:
        ClientError: It cannot be deleted.
    """
    if leftover.kind == "queue":
        delete_queue(sqs, leftover.url)
    else:
        delete_with_contents(s3, leftover.name)


def _tags(s3: Any, bucket: str) -> dict[str, str]:
    try:
        tags = s3.get_bucket_tagging(Bucket=bucket)["TagSet"]
    except ClientError as error:
        if is_denied(error):
            raise
        # It has none, the server knows none, or the bucket has gone meanwhile.
        return {}
    return {tag["Key"]: tag["Value"] for tag in tags}
