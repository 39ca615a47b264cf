"""Where the S3 API comes from."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ..credentials import Credentials
from ..errors import UsageError
from ..observation import BucketEvent, StoredObject

_BACKENDS = ("moto",)


class Backend(Protocol):
    """A real S3 API behind the wire."""

    @property
    def name(self) -> str:
        """What it is, with its version."""

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, for the wire."""

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
        """

    def enforcing_iam(self) -> AbstractContextManager[None]:
        """Let S3 obey IAM within the block."""

    def watch_bucket(self, bucket: str) -> str:
        """Let a bucket's events about new objects go to a queue.

        Returns:
            The queue, for `events`.

        Raises:
            BackendError: It cannot be set up.
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

    def close(self) -> None:
        """Leave nothing behind."""


def check_backend(name: str) -> None:
    """Make sure that there is such a backend.

    Raises:
        UsageError: There is none.
    """
    if name not in _BACKENDS:
        message = f"unknown backend {name!r}: there is {', '.join(_BACKENDS)}"
        raise UsageError(message)


def open_backend(name: str) -> Backend:
    """Start a backend.

    Args:
        name: `moto`.

    Raises:
        UsageError: There is no such backend.
        BackendError: It does not start.
    """
    check_backend(name)
    # Late, since importing moto takes as long as a dozen requirements.
    from .moto import MotoBackend

    return MotoBackend()
