"""What every backend has: objects, events, and the interface."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from ..endpoint import Endpoint
from ..s3.credentials import Credentials


@dataclass(frozen=True)
class StoredObject:
    """An object in a bucket after the call.

    Attributes:
        bucket: The bucket's name.
        key: The object's key.
        content_type: Its content type.
        content: Its content; empty if it is archived.
        archived: The storage class that it has to be restored from; empty if it can be read.
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
        bucket: The bucket's name.
        key: The object's key, without percent-encoding.
        message: The whole message, as received.
    """

    name: str
    bucket: str
    key: str
    message: str


class Backend(Protocol):
    """A real S3 API behind the wire."""

    @property
    def name(self) -> str:
        """Its name and version."""

    def open(self) -> None:
        """Wait until it can be used.

        Raises:
            BackendError: It did not start, or cannot be used as it is.
        """

    @property
    def endpoint(self) -> Endpoint:
        """How the wire reaches it.

        Raises:
            BackendError: It did not start.
        """

    @property
    def bucket_prefix(self) -> str:
        """What the names of its buckets have to begin with; empty if with anything."""

    @property
    def credentials(self) -> Credentials:
        """The credentials of the suite itself."""

    def create_bucket(self, name: str) -> None:
        """Create a bucket.

        Raises:
            BackendError: It cannot be created.
        """

    def delete_bucket(self, name: str) -> None:
        """Delete an empty bucket.

        Raises:
            BackendError: It cannot be deleted.
        """

    def check_deletion(self) -> None:
        """Check that an upload to a bucket that was deleted is refused.

        Raises:
            BackendError: It cannot be checked.
            UnsupportedError: It is not refused: this backend makes the bucket anew.
        """

    def check_key(self, key: str) -> None:
        """Check that an object can be stored under a key, as in S3.

        Raises:
            BackendError: It cannot be checked.
            UnsupportedError: This backend refuses the key.
        """

    def create_user(self, actions: Sequence[str]) -> Credentials:
        """Create an IAM user that is allowed some actions, such as `s3:ListBucket`, and no others.

        Raises:
            BackendError: It cannot be created.
            UnsupportedError: This backend does not enforce IAM.
        """

    def enforcing_iam(self) -> "Backend":
        """The same service with IAM enforced; if it is not this one, it has none of its buckets.

        Raises:
            UnsupportedError: This backend does not enforce IAM.
        """

    def watch_bucket(self, bucket: str, prefix: str = "") -> str:
        """Send events about new objects in a bucket to a queue.

        Args:
            bucket: The bucket.
            prefix: Only for objects whose keys have this prefix.

        Returns:
            The queue to pass to `events`.

        Raises:
            BackendError: It cannot be set up.
            UnsupportedError: This backend does not deliver events.
        """

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """The events that arrived in a queue.

        Raises:
            BackendError: The queue cannot be read.
        """

    def objects(
        self, bucket: str, stored: AbstractSet[str] = frozenset()
    ) -> tuple[StoredObject, ...]:
        """The objects in a bucket.

        Args:
            bucket: The bucket.
            stored: The keys of objects that it was seen to store, and that are not yet listed if
                it lists late.

        Raises:
            BackendError: It cannot be read, or does not list what it stored.
            UnsupportedError: It lists an object under another key.
        """

    def read(self, bucket: str, key: str) -> bytes | None:
        """The content of an object, or `None` if it does not exist or cannot be read.

        Raises:
            BackendError: It cannot be read.
        """

    def write(self, bucket: str, key: str, content: bytes) -> None:
        """Store an object, as somebody else than the reporter does.

        Raises:
            BackendError: It cannot be stored.
        """

    def clean(self) -> None:
        """Delete everything that this process created.

        Raises:
            BackendError: It cannot be deleted.
        """

    def close(self) -> None:
        """Stop what was started for the run; called once, after every process has cleaned up."""
