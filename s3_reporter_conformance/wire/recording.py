"""The recording of one call: its requests, and the faults to inject."""

import http.client
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import chain
from pathlib import Path

from ..disk.folders import digest_of, read_files
from ..s3.credentials import Credentials
from ..s3.refusal import Refusal
from ..s3.verification import refusal_of
from ..words.errors import BackendError
from .exchange import Exchange
from .faults import Fault

# What no call of a reporter needs, of requests and of bytes in their bodies.
_MOST_REQUESTS = 1000
_MOST_BYTES = 512 * 1024 * 1024


@dataclass
class Recording:
    """The requests of one call, and the faults to inject.  Times count from its beginning.

    Attributes:
        script: The fault for each PutObject, in order; later ones are forwarded.
        output_dir: The folder to inspect whenever a PutObject arrives.
        credentials: The reporter's credentials, against which requests are verified; `None`
            accepts any request.
        most_attempts: The number of attempts after which the reporter is killed.
        kill: Kills it; `None` lets it send as much as it likes.
        has_ended: Whether requests are no longer answered.
    """

    script: Iterable[Fault | None] = ()
    output_dir: Path | None = None
    credentials: Collection[Credentials] | None = None
    most_attempts: int = 0
    kill: Callable[[], None] | None = None
    has_ended: bool = False

    def __post_init__(self) -> None:
        """Begin."""
        self._begun = time.monotonic()
        self._faults: Iterator[Fault | None] = iter(self.script)
        self._attempts = self._requests = self._size = 0
        self._exchanges: list[Exchange] = []
        self._contents: dict[bytes, bytes] = {}
        self._lock = threading.Lock()
        self._error: Exception | None = None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The requests so far, in the order in which they arrived."""
        with self._lock:
            return tuple(sorted(self._exchanges, key=lambda exchange: exchange.time))

    def elapsed(self) -> float:
        """Seconds since the recording began."""
        return time.monotonic() - self._begun

    def files(self) -> Mapping[str, str]:
        """The digests of the files under the output folder."""
        found = read_files(self.output_dir) if self.output_dir else {}
        return {name: digest_of(content) for name, content in found.items()}

    def shared(self, content: bytes) -> bytes:
        """The bytes as they were seen before, so that a large report is held once."""
        return self._contents.setdefault(content, content)

    def refusal_of(self, request: Exchange) -> Refusal | None:
        """The reason for which S3 would refuse a request, if there is one."""
        if request.refusal or self.credentials is None:
            return request.refusal
        return refusal_of(request, self.credentials, datetime.now(timezone.utc))

    def owner_of(self, request: Exchange) -> Credentials | None:
        """The credentials that a request is signed with, if they are known."""
        key_id = request.scope.access_key_id if request.scope else None
        known = self.credentials or ()
        return next((each for each in known if each.access_key_id == key_id), None)

    def count(self, request: Exchange) -> bool:
        """Count a request, and stop a reporter that has sent enough.

        Returns:
            Whether the request is still to be answered.
        """
        with self._lock:
            self._attempts += request.is_attempt
            self._requests += 1
            self._size += len(request.body)
            if self.kill and (self.excess or self._attempts == self.most_attempts):
                self.kill()
            return not (self.kill and self.excess)

    @property
    def excess(self) -> str:
        """More than any call of a reporter needs, in words; empty if it did not send so much."""
        if self._requests > _MOST_REQUESTS:
            return f"{_MOST_REQUESTS} requests"
        return f"{_MOST_BYTES >> 20} MB" if self._size > _MOST_BYTES else ""

    def next_fault(self) -> Fault | None:
        """The fault for the PutObject at hand."""
        with self._lock:
            return next(self._faults, None)

    def keep(self, fault: Fault | None) -> None:
        """Keep a fault for the next PutObject: the one at hand is refused."""
        with self._lock:
            self._faults = chain([fault], self._faults)

    def add(self, exchange: Exchange) -> None:
        """Record a request and its answer."""
        with self._lock:
            self._exchanges.append(exchange)

    def fail(self, error: Exception) -> None:
        """Note that a request was not answered, which is not the reporter's fault."""
        self._error = error

    def check(self) -> None:
        """Check that the recording is complete.

        Raises:
            BackendError: The backend failed to answer a request.
            Exception: The suite itself failed.
        """
        match self._error:
            case None:
                return
            case OSError() | http.client.HTTPException() | BackendError():
                message = f"the S3 backend did not answer a request: {self._error}"
                raise BackendError(message) from self._error
            case _:
                raise self._error
