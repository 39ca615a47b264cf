"""moto: simulates AWS in a process of its own, over HTTP on the loopback interface."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import closing
from functools import cached_property
from http import HTTPStatus
from importlib.metadata import version
from operator import attrgetter

import msgspec

from ..s3.endpoint import Address, Endpoint
from ..words.errors import BackendError
from .base import OWN_BUCKET, Backend, BucketEvent, StoredObject
from .moto_process import port_of_moto, start_moto

OBJECTS = "/s3-reporter-conformance/objects"
"""The path of the suite's own requests."""
RESET = "/moto-api/reset"
"""Moto's path for forgetting everything."""

_LOOPBACK = "127.0.0.1"
# How long moto may take to answer the suite itself, in seconds.
_SECONDS = 300


class MotoBackend(Backend):
    """A moto server, which makes the suite's buckets when they are first needed.

    It answers the suite from its memory, so that most runs take one request.  Successive runs in
    one process share it.
    """

    def __init__(self) -> None:
        """Start the server if it is not running, without waiting until it listens."""
        super().__init__(f"moto {version('moto')}")
        start_moto()

    @cached_property
    def endpoint(self) -> Endpoint:
        """The address at which it listens, once it does; see `Backend`."""
        return Endpoint(Address(_LOOPBACK, port_of_moto()))

    def open(self) -> None:
        """Wait until it listens."""
        port_of_moto()

    def clean(self) -> None:
        """Leave everything to `close`."""

    def close(self) -> None:
        """Reset the server; it stays for the next run, and ends with this process."""
        self._ask("POST", RESET)

    def objects(
        self,
        bucket: str,
        stored: AbstractSet[str] = frozenset(),  # noqa: ARG002 -- moto lists what it stored at once
    ) -> tuple[StoredObject, ...]:
        """Read the objects of a bucket; see `Backend.objects`."""
        answer = self._ask("GET", f"{OBJECTS}?bucket={bucket}")
        found = msgspec.json.decode(answer, type=list[StoredObject])
        return tuple(sorted(found, key=attrgetter("key")))

    def write(self, objects: Iterable[StoredObject]) -> None:
        """Store objects, as somebody else than the reporter does; see `Backend.write`."""
        self._ask("PUT", OBJECTS, msgspec.json.encode(list(objects)))

    def delete_bucket(
        self,
        bucket: str,
        *,
        may_come: bool = False,  # noqa: ARG002 -- what comes late finds no bucket
    ) -> None:
        """Delete a bucket with all versions of its objects; see `Backend.delete_bucket`."""
        self._ask("DELETE", f"{OBJECTS}?bucket={bucket}")

    def events(self, queue: str) -> tuple[BucketEvent, ...]:
        """Read a queue, without the Put that moto adds to an upload in parts."""
        found = super().events(queue)
        in_parts = {each.key for each in found if "Multipart" in each.name}
        return tuple(e for e in found if e.key not in in_parts or "Multipart" in e.name)

    def fill(self, bucket: str) -> None:
        """Leave it to the server, which makes the bucket with what others have in it."""

    def _create(self, name: str) -> None:
        if not OWN_BUCKET.fullmatch(name):
            super()._create(name)

    def _ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        with closing(self.endpoint.address.connect(_SECONDS)) as connection:
            connection.request(method, path, body)
            answer = connection.getresponse()
            content = answer.read()
        if answer.status != HTTPStatus.OK:
            raise BackendError(f"{self.name} answered {method} {path} with {answer.status}")
        return content
