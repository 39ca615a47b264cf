"""moto: S3 simulated in this process, reached over HTTP on the loopback interface."""

import logging
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from moto.server import ThreadedMotoServer

from ..errors import BackendError
from ..observation import StoredObject

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_LOOPBACK = "127.0.0.1"


class MotoBackend:
    """One moto server, and a client that only looks."""

    def __init__(self) -> None:
        """Start the server unless it runs."""
        self.address = _server()
        self._client = _client(self.address)

    @property
    def name(self) -> str:
        """Moto and its version."""
        return f"moto {version('moto')}"

    def create_bucket(self, name: str) -> None:
        """Make a bucket; see `Backend.create_bucket`."""
        try:
            self._client.create_bucket(Bucket=name)
        except (BotoCoreError, ClientError) as error:
            message = f"moto could not make the bucket {name}: {error}"
            raise BackendError(message) from error

    def objects(self, bucket: str) -> tuple[StoredObject, ...]:
        """List and read the objects of a bucket; see `Backend.objects`."""
        try:
            listed = self._client.list_objects_v2(Bucket=bucket).get("Contents", [])
            return tuple(self._read(bucket, entry["Key"]) for entry in listed)
        except (BotoCoreError, ClientError) as error:
            message = f"moto could not tell what lies in the bucket {bucket}: {error}"
            raise BackendError(message) from error

    def close(self) -> None:
        """Nothing: the server ends with this process, and its state with it."""

    def _read(self, bucket: str, key: str) -> StoredObject:
        answer = self._client.get_object(Bucket=bucket, Key=key)
        return StoredObject(bucket, key, answer["ContentType"], answer["Body"].read())


@cache
def _server() -> tuple[str, int]:
    """The server of this process: stopping one takes half a second, and two share their state."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(_LOOPBACK, 0, verbose=False)
    server.start()
    return server.get_host_and_port()


def _client(address: tuple[str, int]) -> "S3Client":
    host, port = address
    return boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="inspector",
        aws_secret_access_key="inspector",  # noqa: S106 -- moto takes any
    )
