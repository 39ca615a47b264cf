"""Where the S3 API comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..credentials import Credentials


@dataclass(frozen=True)
class StoredObject:
    """An object that lies in a bucket after the call."""

    bucket: str
    key: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class BucketEvent:
    """What a bucket tells of a new object.

    Attributes:
        name: Such as `ObjectCreated:Put`.
        bucket: The bucket's name.
        key: The object's key, with its percent-encoding undone.
        message: The message that told of it, as it came.
    """

    name: str
    bucket: str
    key: str
    message: str


class Backend(Protocol):
    """A real S3 API behind the wire."""

    @property
    def name(self) -> str:
        """What it is, with its version."""

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, for the wire."""

    @property
    def credentials(self) -> Credentials:
        """Those of the suite itself."""

    @property
    def signer(self) -> Credentials | None:
        """With which credentials the wire signs requests anew; `None` if it leaves them alone."""

    def create_bucket(self, name: str) -> None:
        """Make a bucket.

        Raises:
            BackendError: It cannot be made.
        """

    def delete_bucket(self, name: str) -> None:
        """Delete an empty bucket.

        Raises:
            BackendError: It cannot be deleted.
        """

    def create_user(self, actions: Sequence[str]) -> Credentials:
        """Make an IAM user that may do some actions, such as `s3:ListBucket`, and nothing else.

        Raises:
            BackendError: It cannot be made.
            UnsupportedError: This backend enforces no IAM.
        """

    def enforcing_iam(self) -> "Backend":
        """The same kind of S3, where IAM is obeyed: buckets made here are not there.

        Raises:
            UnsupportedError: This backend enforces no IAM.
        """

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:
        """Let a bucket's events about new objects go to a queue.

        Args:
            bucket: The bucket.
            prefix: Only of objects whose keys begin like this.

        Returns:
            The queue, for `events`.

        Raises:
            BackendError: It cannot be set up.
            UnsupportedError: This backend delivers no events.
        """

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """The events that arrived in a queue.

        Raises:
            BackendError: The queue cannot be read.
        """

    def objects(self, bucket: str) -> tuple[StoredObject, ...]:
        """What lies in a bucket.

        Raises:
            BackendError: It cannot be looked at.
        """

    def read(self, bucket: str, key: str) -> bytes | None:
        """What is in an object, or `None` if there is none.

        Raises:
            BackendError: It cannot be looked at.
        """

    def clean(self) -> None:
        """Delete what this process made.

        Raises:
            BackendError: It cannot be deleted.
        """

    def close(self) -> None:
        """Stop what was started for the run; called once, when all processes have cleaned."""
