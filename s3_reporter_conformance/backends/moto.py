"""moto: AWS simulated in this process, reached over HTTP on the loopback interface."""

import json
import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from http.client import HTTPConnection
from importlib.metadata import version
from typing import Any
from urllib.parse import unquote_plus

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from moto.server import ThreadedMotoServer

from ..credentials import Credentials
from ..errors import BackendError
from ..observation import BucketEvent, StoredObject

_LOOPBACK = "127.0.0.1"
_REGION = "us-east-1"


class MotoBackend:
    """One moto server, and clients that only prepare and look."""

    def __init__(self) -> None:
        """Start the server unless it runs."""
        self.address = _server()

    @property
    def name(self) -> str:
        """Moto and its version."""
        return f"moto {version('moto')}"

    def create_bucket(self, name: str) -> None:
        """Make a bucket; see `Backend.create_bucket`."""
        with _failing_as(f"make the bucket {name}"):
            self._s3.create_bucket(Bucket=name)

    def delete_bucket(self, name: str) -> None:
        """Delete a bucket; see `Backend.delete_bucket`."""
        with _failing_as(f"delete the bucket {name}"):
            self._s3.delete_bucket(Bucket=name)

    def create_user(self, actions: Sequence[str]) -> Credentials:
        """Make an IAM user; see `Backend.create_user`."""
        name = f"reporter-{secrets.token_hex(6)}"
        # An allowance of nothing cannot be written down, so something harmless is allowed.
        allowed = [*actions, "sts:GetCallerIdentity"]
        if "s3:ListBucket" in actions:
            # IAM knows no such action: HeadBucket needs s3:ListBucket, but moto asks for this one.
            allowed.append("s3:HeadBucket")
        statement = {"Effect": "Allow", "Action": allowed, "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        with _failing_as("make an IAM user"):
            self._iam.create_user(UserName=name)
            self._iam.put_user_policy(
                UserName=name, PolicyName=name, PolicyDocument=json.dumps(policy)
            )
            key = self._iam.create_access_key(UserName=name)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"])

    @contextmanager
    def enforcing_iam(self) -> Iterator[None]:
        """Let S3 obey IAM; see `Backend.enforcing_iam`.  It is a switch of the whole process."""
        self._reset_auth("0")
        try:
            yield
        finally:
            self._reset_auth("inf")

    def watch_bucket(self, bucket: str) -> str:
        """Let events go to an SQS queue; see `Backend.watch_bucket`."""
        with _failing_as(f"watch the bucket {bucket}"):
            queue: str = self._sqs.create_queue(QueueName=bucket)["QueueUrl"]
            attributes = self._sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
            arn = attributes["Attributes"]["QueueArn"]
            configuration = {"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}
            self._s3.put_bucket_notification_configuration(
                Bucket=bucket, NotificationConfiguration={"QueueConfigurations": [configuration]}
            )
        return queue

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """Read the SQS queue; see `Backend.events`."""
        with _failing_as(f"read the queue {queue}"):
            answer = self._sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        records = [
            record
            for message in answer.get("Messages", [])
            for record in json.loads(message["Body"]).get("Records", [])
        ]
        return tuple(
            BucketEvent(
                record["eventName"],
                record["s3"]["bucket"]["name"],
                unquote_plus(record["s3"]["object"]["key"]),
            )
            for record in records
        )

    def objects(self, bucket: str) -> tuple[StoredObject, ...]:
        """List and read the objects of a bucket; see `Backend.objects`."""
        with _failing_as(f"tell what lies in the bucket {bucket}"):
            try:
                listed = self._s3.list_objects_v2(Bucket=bucket).get("Contents", [])
            except self._s3.exceptions.NoSuchBucket:
                return ()
            return tuple(self._read(bucket, entry["Key"]) for entry in listed)

    def close(self) -> None:
        """Nothing: the server ends with this process, and its state with it."""

    def _read(self, bucket: str, key: str) -> StoredObject:
        answer = self._s3.get_object(Bucket=bucket, Key=key)
        return StoredObject(bucket, key, answer["ContentType"], answer["Body"].read())

    def _reset_auth(self, actions_without_authorization: str) -> None:
        connection = HTTPConnection(*self.address)
        try:
            connection.request("POST", "/moto-api/reset-auth", actions_without_authorization)
            connection.getresponse().read()
        finally:
            connection.close()

    @cached_property
    def _s3(self) -> Any:
        return self._client("s3")

    @cached_property
    def _iam(self) -> Any:
        return self._client("iam")

    @cached_property
    def _sqs(self) -> Any:
        return self._client("sqs")

    def _client(self, service: str) -> Any:
        host, port = self.address
        return _session().client(
            service,  # type: ignore[call-overload] # three services, one set of arguments
            endpoint_url=f"http://{host}:{port}",
            region_name=_REGION,
            aws_access_key_id="inspector",
            aws_secret_access_key="inspector",  # noqa: S106 -- moto takes any
        )


@contextmanager
def _failing_as(task: str) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise BackendError(f"moto could not {task}: {error}") from error


@cache
def _session() -> boto3.Session:
    return boto3.Session()


@cache
def _server() -> tuple[str, int]:
    """The server of this process: stopping one takes half a second, and two share their state."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(_LOOPBACK, 0, verbose=False)
    server.start()
    return server.get_host_and_port()
