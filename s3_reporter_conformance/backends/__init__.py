"""Where the S3 API comes from."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ..credentials import Credentials
from ..errors import UsageError
from ..observation import BucketEvent, StoredObject

_NAMED = ("moto", "localstack")


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

    def enforcing_iam(self) -> AbstractContextManager[None]:
        """Let S3 obey IAM within the block.

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

    def close(self) -> None:
        """Leave nothing behind."""


def check_backend(name: str, profile: str | None = None, *, allow_remote: bool = False) -> None:
    """Make sure that there is such a backend.

    Raises:
        UsageError: There is none, or the settings do not fit it.
    """
    if _is_endpoint(name):
        # Made only to see whether it can be: nothing is asked of it yet.
        _open_endpoint(name, profile, allow_remote=allow_remote)
    elif name not in _NAMED:
        raise UsageError(
            f"unknown backend {name!r}: there is {', '.join(_NAMED)} and any http://host:port"
        )
    elif profile or allow_remote:
        raise UsageError(
            f"--backend-profile and --allow-remote are for an endpoint, not for {name}"
        )


def open_backend(name: str, profile: str | None = None, *, allow_remote: bool = False) -> Backend:
    """Start a backend.

    Args:
        name: `moto`, `localstack` or `http://host:port`.
        profile: The AWS profile with which the suite itself signs at an endpoint.
        allow_remote: Let the endpoint be another machine.

    Raises:
        UsageError: There is no such backend.
        BackendError: It does not start.
    """
    if _is_endpoint(name):
        return _open_endpoint(name, profile, allow_remote=allow_remote)
    check_backend(name, profile, allow_remote=allow_remote)
    # Late, since importing moto takes as long as a dozen requirements.
    if name == "localstack":
        from .localstack import LocalStackBackend

        return LocalStackBackend()
    from .moto import MotoBackend

    return MotoBackend()


def _is_endpoint(name: str) -> bool:
    return "://" in name


def _open_endpoint(url: str, profile: str | None, *, allow_remote: bool) -> Backend:
    from .endpoint import EndpointBackend

    return EndpointBackend(url, profile, allow_remote=allow_remote)
