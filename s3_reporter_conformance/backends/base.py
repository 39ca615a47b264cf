"""The base of all backends: clients of an S3 API that prepare buckets and inspect them."""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote_plus

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ..s3.credentials import REGION, Credentials
from ..s3.endpoint import Endpoint
from ..words.errors import BackendError, UnsupportedError

OWN_BUCKET = re.compile(r"[a-z0-9.-]+-[0-9a-f]{12}")
"""The names of the buckets that the suite makes."""
INSPECTOR = Credentials("inspector", "inspector")
"""The credentials of the suite itself where any are accepted, as by moto and LocalStack."""
OF_OTHERS = (
    "README.md",
    "scans-of-others/ash-report-20260101T000000Z.json",
    "scans/ash-report-20260101T000000Z.json",
    "scans/ash-report-20260101T000000Z.yaml",
)
"""The keys of what others have in the buckets of runs; a reporter that touches it is seen to."""
CONTENT_OF_OTHERS = b"{}"

# The suite's own requests are retried, because nothing is judged by them.
_CONFIG = Config(
    s3={"addressing_style": "path"},
    retries={"mode": "standard", "total_max_attempts": 6},
    connect_timeout=30,
    read_timeout=30,
)
# For how long to look for what is not shown yet, and to wait between two looks, in seconds.
_SECONDS = 10.0
_PAUSE = 0.2


@dataclass(frozen=True)
class StoredObject:
    """An object in a bucket after the call.

    Attributes:
        archived: The storage class that it has to be restored from, and has no content here; empty
            if it can be read.
    """

    bucket: str
    key: str
    content_type: str
    content: bytes
    archived: str = ""


@dataclass(frozen=True)
class BucketEvent:
    """An event about a new object.

    Attributes:
        name: Such as `ObjectCreated:Put`.
        key: The object's key, without percent-encoding.
        message: The whole message, as received.
    """

    name: str
    bucket: str
    key: str
    message: str


class Backend:
    """A real S3 API behind the wire: its buckets, objects, and events.

    Every method raises `BackendError` if the API fails.

    Attributes:
        name: Its name and version.
        credentials: The credentials of the suite itself.
    """

    # How long an event may take to arrive, in seconds.
    _event_seconds = 0

    def __init__(self, name: str, credentials: Credentials = INSPECTOR) -> None:
        """Store the name and the credentials; the endpoint is up to the subclass."""
        self.name = name
        self.credentials = credentials
        self._made: list[str] = []
        self._unanswered = ""
        self._clients: dict[tuple[str, int], Any] = {}

    @cached_property
    def endpoint(self) -> Endpoint:
        """The address, and the signer, for the wire."""
        raise NotImplementedError

    def open(self) -> None:
        """Wait until it can be used."""

    def create_bucket(self, name: str) -> None:
        """Create a bucket."""
        with self._failing_as(f"create the bucket {name}"):
            # First, because an interrupt may come when the bucket is there.
            self._made.append(name)
            self._unanswered = name
            self._create(name)
            self._unanswered = ""

    def fill(self, bucket: str) -> None:
        """Store what others have in the buckets of runs."""
        self.write(StoredObject(bucket, key, "", CONTENT_OF_OTHERS) for key in OF_OTHERS)

    def check_key(self, key: str) -> None:
        """Check that an object can be stored under a key, as in S3.

        Raises:
            UnsupportedError: This backend refuses the key.
        """

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:
        """Send events about new objects under a prefix to a queue, which is returned.

        Raises:
            UnsupportedError: This backend does not deliver events.
        """
        with self._failing_as(f"watch the bucket {bucket}"):
            queue = str(self._sqs.create_queue(QueueName=bucket)["QueueUrl"])
            answer = self._sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
            target = {
                "QueueArn": answer["Attributes"]["QueueArn"],
                "Events": ["s3:ObjectCreated:*"],
                "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": prefix}]}},
            }
            self._s3.put_bucket_notification_configuration(
                Bucket=bucket, NotificationConfiguration={"QueueConfigurations": [target]}
            )
        return queue

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """Read a queue until it is quiet."""
        found: list[BucketEvent] = []
        with self._failing_as(f"read the queue {queue}"):
            while messages := self._receive(queue, is_first=not found):
                found += [event for message in messages for event in _bucket_events(message)]
        return tuple(found)

    def objects(
        self, bucket: str, stored: AbstractSet[str] = frozenset()
    ) -> tuple[StoredObject, ...]:
        """List and read the objects of a bucket but those of others.

        It waits until all are listed that were seen to be stored.

        Raises:
            UnsupportedError: It lists an object under another key.
        """
        with self._failing_as(f"list the bucket {bucket}"):
            for _ in _looks():
                keys = self._list(bucket)
                if len(keys) >= len(stored):
                    break
            if stored <= keys:
                return tuple(self._read(bucket, key) for key in sorted(keys))
        missing, instead = (", ".join(sorted(each)) for each in (stored - keys, keys - stored))
        if instead:
            raise UnsupportedError(f"{self.name} lists the key {missing} as {instead}")
        raise BackendError(f"{self.name} stored {missing} in {bucket}, and does not list it")

    def read(self, bucket: str, key: str) -> bytes | None:
        """The content of an object, or `None` if it does not exist or cannot be read."""
        with self._failing_as(f"get {bucket}/{key}"):
            try:
                stored = self._read(bucket, key)
            except (self._s3.exceptions.NoSuchKey, self._s3.exceptions.NoSuchBucket):
                return None
            return None if stored.archived else stored.content

    def write(self, objects: Iterable[StoredObject]) -> None:
        """Store the contents of objects, as somebody else than the reporter does."""
        for each in objects:
            with self._failing_as(f"put {each.bucket}/{each.key}"):
                self._s3.put_object(Bucket=each.bucket, Key=each.key, Body=each.content)

    def delete_bucket(self, bucket: str, *, may_come: bool = False) -> None:
        """Delete a bucket and its objects; a missing one is fine, unless it may still come."""
        refusal: ClientError | None = None
        with self._failing_as(f"delete the bucket {bucket} with its contents"):
            for _ in _looks():
                try:
                    for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
                        for entry in page.get("Contents", []):
                            self._s3.delete_object(Bucket=bucket, Key=entry["Key"])
                    self._s3.delete_bucket(Bucket=bucket)
                except self._s3.exceptions.NoSuchBucket:
                    if not may_come:
                        return
                except ClientError as error:
                    # The last upload of a reporter that was killed may come, or be listed, late.
                    if code_of(error) != "BucketNotEmpty":
                        raise
                    refusal = error
                else:
                    return
            if refusal:
                raise refusal

    def clean(self) -> None:
        """Delete every bucket that this process created, with its contents."""
        for bucket in self._made:
            self.delete_bucket(bucket, may_come=bucket == self._unanswered)
        self._made.clear()

    def close(self) -> None:
        """Stop what was started for the run; called once, after every process has cleaned up."""

    def _create(self, name: str) -> None:
        region = self.endpoint.region
        try:
            if region != REGION:
                where = {"LocationConstraint": region}
                self._s3.create_bucket(Bucket=name, CreateBucketConfiguration=where)
                return
        except ClientError as error:
            # Some servers take signatures for any region, and have no regions.
            if code_of(error) != "InvalidLocationConstraint":
                raise
        self._s3.create_bucket(Bucket=name)

    def _list(self, bucket: str) -> set[str]:
        try:
            listed = self._s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        except self._s3.exceptions.NoSuchBucket:
            return set()
        return {entry["Key"] for entry in listed}.difference(OF_OTHERS)

    def _read(self, bucket: str, key: str) -> StoredObject:
        try:
            answer = self._s3.get_object(Bucket=bucket, Key=key)
        except self._s3.exceptions.InvalidObjectState:
            head = self._s3.head_object(Bucket=bucket, Key=key)
            return StoredObject(bucket, key, head["ContentType"], b"", head["StorageClass"])
        return StoredObject(bucket, key, answer["ContentType"], answer["Body"].read())

    def _receive(self, queue: str, *, is_first: bool) -> list[str]:
        answer = self._sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=self._event_seconds if is_first else min(1, self._event_seconds),
        )
        messages = answer.get("Messages", [])
        for message in messages:
            self._sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in messages]

    @property
    def _s3(self) -> Any:
        return self._client("s3")

    @property
    def _sqs(self) -> Any:
        return self._client("sqs")

    def _client(self, service: str) -> Any:
        # Processes that are forked would share its connections, and mix up their answers.
        process = os.getpid()
        if (service, process) not in self._clients:
            self._clients[service, process] = self._new_client(service)
        return self._clients[service, process]

    def _new_client(self, service: str) -> Any:
        address, credentials = self.endpoint.address, self.credentials
        return _session().create_client(
            service,
            endpoint_url=address.url,
            verify=address.trusted if address.scheme == "https" else None,
            region_name=self.endpoint.region,
            aws_access_key_id=credentials.access_key_id,
            aws_secret_access_key=credentials.secret_access_key,
            aws_session_token=credentials.session_token or None,
            config=_CONFIG,
        )

    @contextmanager
    def _failing_as(self, task: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            raise BackendError(
                f"{self.name} could not {task}: {code_and_message(error)}"
            ) from error
        except BotoCoreError as error:
            raise BackendError(f"{self.name} could not {task}: {error}") from error


@cache
def _session() -> Any:
    # Late, since few runs need a client of moto.
    import botocore.session

    return botocore.session.Session()


def code_of(error: ClientError) -> str:
    """The error code that S3 answered."""
    return str(error.response["Error"]["Code"])


def code_and_message(error: ClientError) -> str:
    """The error code and the message that S3 answered, in one line."""
    said = error.response["Error"]
    return ": ".join(filter(None, (said.get("Code"), said.get("Message"))))


def _looks() -> Iterator[None]:
    """Yield at once, and then again and again, for what a backend shows late."""
    deadline = time.monotonic() + _SECONDS
    yield
    while time.monotonic() < deadline:
        time.sleep(_PAUSE)
        yield


def _bucket_events(message: str) -> Iterator[BucketEvent]:
    for record in json.loads(message).get("Records", []):
        yield BucketEvent(
            record["eventName"].removeprefix("s3:"),
            record["s3"]["bucket"]["name"],
            unquote_plus(record["s3"]["object"]["key"]),
            message,
        )
