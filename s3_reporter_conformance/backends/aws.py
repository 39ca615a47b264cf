"""What all backends share: AWS SDK clients that prepare buckets and inspect them."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cache, cached_property
from math import ceil
from typing import Any
from urllib.parse import unquote_plus

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ..endpoint import Address, Endpoint
from ..s3.credentials import REGION, Credentials
from ..words.errors import BackendError, UnsupportedError
from .base import BucketEvent, StoredObject
from .emptying import delete_with_contents
from .permissions import is_denied, missing_permission
from .settling import settling

# moto and LocalStack accept any credentials.
INSPECTOR = Credentials("inspector", "inspector")

# How long SQS lets one request wait for a message, in seconds.
_LONGEST_POLL = 20

# The suite's own requests are retried, because nothing is judged by them.
_CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 6}, connect_timeout=30, read_timeout=30
)


class AwsBackend:
    """The buckets, objects, and events of an S3 API at an address.

    Attributes:
        name: Its name and version.
        credentials: The credentials of the suite itself.
        bucket_prefix: What the names of its buckets have to begin with.
    """

    bucket_prefix = ""
    # How long an event may take to arrive, in seconds.
    _event_seconds = 0

    def __init__(
        self,
        endpoint: Endpoint | Callable[[], Endpoint],
        name: str,
        credentials: Credentials = INSPECTOR,
    ) -> None:
        """Store the endpoint and the credentials.

        Args:
            endpoint: How to reach it, or a function that waits until that is known.
            name: Its name and version.
            credentials: The credentials of the suite itself.
        """
        self._endpoint = endpoint
        self.name = name
        self.credentials = credentials
        self._made: list[str] = []
        self._unanswered = ""
        self._written: dict[tuple[str, str, str], StoredObject] = {}

    @property
    def address(self) -> Address:
        """Where it listens."""
        return self.endpoint.address

    @property
    def endpoint(self) -> Endpoint:
        """How the wire reaches it; see `Backend.endpoint`."""
        return self._endpoint if isinstance(self._endpoint, Endpoint) else self._endpoint()

    def open(self) -> None:
        """Wait until it listens; see `Backend.open`."""
        _ = self.endpoint

    def create_bucket(self, name: str) -> None:
        """Create a bucket; see `Backend.create_bucket`."""
        with self._failing_as(f"create the bucket {name}"):
            # First, because an interrupt may come when the bucket is there.
            self._made.append(name)
            self._unanswered = name
            self._create(name)
            self._unanswered = ""

    def delete_bucket(self, name: str) -> None:
        """Delete a bucket; see `Backend.delete_bucket`."""
        with self._failing_as(f"delete the bucket {name}"):
            self._s3.delete_bucket(Bucket=name)

    def check_deletion(self) -> None:
        """Do nothing, because the suite's own tests check it; see `Backend.check_deletion`."""

    def check_key(self, key: str) -> None:
        """Do nothing, because the suite's own tests check it; see `Backend.check_key`."""

    def create_user(self, actions: Sequence[str]) -> Credentials:  # noqa: ARG002 -- to be overridden
        """Create an IAM user; see `Backend.create_user`."""
        raise UnsupportedError(f"{self.name} does not enforce IAM")

    def enforcing_iam(self) -> "AwsBackend":
        """The same service with IAM enforced; see `Backend.enforcing_iam`."""
        raise UnsupportedError(f"{self.name} does not enforce IAM")

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:
        """Send events to an SQS queue; see `Backend.watch_bucket`."""
        with self._failing_as(f"watch the bucket {bucket}"):
            queue = self._create_queue(bucket)
            self._send_events(bucket, self._arn(queue), prefix)
        return queue

    def _create_queue(self, name: str) -> str:
        return str(self._sqs.create_queue(QueueName=name)["QueueUrl"])

    def _arn(self, queue: str) -> str:
        answer = self._sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        return str(answer["Attributes"]["QueueArn"])

    def _send_events(self, bucket: str, arn: str, prefix: str) -> None:
        configuration: dict[str, Any] = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}
        if prefix:
            rules = [{"Name": "prefix", "Value": prefix}]
            configuration["Filter"] = {"Key": {"FilterRules": rules}}
        self._s3.put_bucket_notification_configuration(
            Bucket=bucket, NotificationConfiguration={"QueueConfigurations": [configuration]}
        )

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """Read the SQS queue until it is quiet; see `Backend.events`."""
        found: list[BucketEvent] = []
        deadline = time.monotonic() + self._event_seconds
        with self._failing_as(f"read the queue {queue}"):
            while True:
                messages = self._receive(queue, deadline if not found else 0)
                found += [event for message in messages for event in _bucket_events(message)]
                if not messages and (found or time.monotonic() >= deadline):
                    return tuple(found)

    def objects(
        self, bucket: str, stored: AbstractSet[str] = frozenset()
    ) -> tuple[StoredObject, ...]:
        """List and read the objects of a bucket; see `Backend.objects`."""
        with self._failing_as(f"list the bucket {bucket}"):
            for _ in settling():
                keys = self._list(bucket)
                if len(keys) >= len(stored):
                    break
            if stored <= keys.keys():
                return tuple(
                    self._written.get((bucket, key, keys[key])) or self._read(bucket, key)
                    for key in sorted(keys)
                )
        names = frozenset(keys)
        missing, instead = (", ".join(sorted(each)) for each in (stored - names, names - stored))
        if instead:
            raise UnsupportedError(f"{self.name} lists the key {missing} as {instead}")
        raise BackendError(f"{self.name} stored {missing} in {bucket}, and does not list it")

    def _create(self, name: str) -> None:
        region = self.endpoint.region
        try:
            if region != REGION:
                where = {"LocationConstraint": region}
                self._s3.create_bucket(Bucket=name, CreateBucketConfiguration=where)
                return
        except ClientError as error:
            # Some servers take signatures for any region, and have no regions.
            if error.response["Error"]["Code"] != "InvalidLocationConstraint":
                raise
        self._s3.create_bucket(Bucket=name)

    def _list(self, bucket: str) -> dict[str, str]:
        """The keys in a bucket, with their entity tags."""
        try:
            listed = self._s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        except self._s3.exceptions.NoSuchBucket:
            return {}
        return {entry["Key"]: entry.get("ETag", "") for entry in listed}

    def read(self, bucket: str, key: str) -> bytes | None:
        """Get an object; see `Backend.read`."""
        with self._failing_as(f"get {bucket}/{key}"):
            try:
                stored = self._read(bucket, key)
            except (self._s3.exceptions.NoSuchKey, self._s3.exceptions.NoSuchBucket):
                return None
            return None if stored.archived else stored.content

    def write(self, bucket: str, key: str, content: bytes) -> None:
        """Put an object; see `Backend.write`."""
        with self._failing_as(f"put {bucket}/{key}"):
            etag = self._s3.put_object(Bucket=bucket, Key=key, Body=content)["ETag"]
        # What is still there as it was written need not be read.
        self._written[bucket, key, etag] = StoredObject(bucket, key, "", content)

    def clean(self) -> None:
        """Delete every bucket that was created, with its contents; see `Backend.clean`."""
        for bucket in self._made:
            with self._failing_as(f"clean up the bucket {bucket}"):
                delete_with_contents(self._s3, bucket, may_come=bucket == self._unanswered)
        self._made.clear()

    def close(self) -> None:
        """Do nothing: the server was not started here."""

    def _receive(self, queue: str, deadline: float) -> list[str]:
        left = min(max(1, ceil(deadline - time.monotonic())), _LONGEST_POLL)
        answer = self._sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=left if self._event_seconds else 0,
        )
        messages = answer.get("Messages", [])
        for message in messages:
            self._sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in messages]

    def _read(self, bucket: str, key: str) -> StoredObject:
        try:
            answer = self._s3.get_object(Bucket=bucket, Key=key)
        except self._s3.exceptions.InvalidObjectState:
            head = self._s3.head_object(Bucket=bucket, Key=key)
            return StoredObject(bucket, key, head["ContentType"], b"", head["StorageClass"])
        return StoredObject(bucket, key, answer["ContentType"], answer["Body"].read())

    @cached_property
    def _s3(self) -> Any:
        return self._client("s3")

    @cached_property
    def _sqs(self) -> Any:
        return self._client("sqs")

    def _address_of(self, service: str) -> Address:  # noqa: ARG002 -- to be overridden
        """Where a service listens."""
        return self.address

    def _client(self, service: str, credentials: Credentials | None = None) -> Any:
        endpoint, credentials = self.endpoint, credentials or self.credentials
        address = self._address_of(service)
        addressing = Config(
            s3={"addressing_style": "virtual" if endpoint.virtual_hosted else "path"}
        )
        return _session().client(
            service,  # type: ignore[call-overload] # several services, one set of arguments
            endpoint_url=address.url,
            verify=address.trusted if address.scheme == "https" else None,
            region_name=endpoint.region,
            aws_access_key_id=credentials.access_key_id,
            aws_secret_access_key=credentials.secret_access_key,
            aws_session_token=credentials.session_token or None,
            config=_CONFIG.merge(addressing),
        )

    @contextmanager
    def _failing_as(self, task: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            said = error.response["Error"]
            words = ": ".join(filter(None, (said.get("Code"), said.get("Message"))))
            if is_denied(error):
                words += f"; the permission {missing_permission(error)} is missing"
            raise BackendError(f"{self.name} could not {task}: {words}") from error
        except BotoCoreError as error:
            raise BackendError(f"{self.name} could not {task}: {error}") from error


def _bucket_events(message: str) -> Iterator[BucketEvent]:
    for record in json.loads(message).get("Records", []):
        yield BucketEvent(
            record["eventName"].removeprefix("s3:"),
            record["s3"]["bucket"]["name"],
            unquote_plus(record["s3"]["object"]["key"]),
            message,
        )


@cache
def _session() -> boto3.Session:
    return boto3.Session()
