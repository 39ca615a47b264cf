"""The recording of one call: its requests, and the faults to inject."""

import hashlib
import http.client
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from ..disk.folders import read_files
from ..endpoint import Endpoint
from ..s3.credentials import Credentials
from ..words.errors import BackendError
from .exchange import Exchange
from .faults import Fault
from .refusal import Refusal
from .verification import refusal_of

# What no call of a reporter needs, of requests and of bytes in their bodies.
_MOST_REQUESTS = 1000
_MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Limit:
    """How much a reporter may send before it is killed.

    Attributes:
        attempts: How many PutObject requests are enough.
        reached: Called when they are reached.
        requests: How many requests of any kind are enough.
        size: How many bytes in their bodies are enough.
    """

    attempts: int
    reached: Callable[[], None]
    requests: int = _MOST_REQUESTS
    size: int = _MOST_BYTES


class Pending:
    """How many requests have arrived, and are not recorded yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._count = 0
        self._changed = threading.Condition()

    def begin(self) -> None:
        """Count a request."""
        with self._changed:
            self._count += 1

    def end(self) -> None:
        """Count a request no more."""
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until there are none, but only so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0, seconds)


class Recording:
    """The requests of one call, and the faults to inject."""

    def __init__(
        self,
        script: Iterable[Fault | None] = (),
        output_dir: Path | None = None,
        limit: Limit | None = None,
        credentials: Collection[Credentials] | None = None,
        *,
        endpoint: Endpoint | None = None,
    ) -> None:
        """Begin; times count from here.

        Args:
            script: What becomes of each PutObject; every one after the end is let through.
            output_dir: The folder to look into whenever a PutObject arrives.
            limit: How many attempts are enough.
            credentials: The reporter's credentials; `None` if nothing is verified.
            endpoint: How to reach the backend, if not in the usual way.
        """
        self.endpoint = endpoint
        self._begun = time.monotonic()
        self._script = iter(script)
        self._output_dir = output_dir
        self._limit = limit
        self._credentials = credentials
        self._attempts = 0
        self._requests = 0
        self._size = 0
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()
        self._error: Exception | None = None
        self.ended = threading.Event()

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The requests so far, in the order in which they arrived."""
        with self._lock:
            return tuple(sorted(self._exchanges, key=lambda exchange: exchange.time))

    def elapsed(self) -> float:
        """Seconds since the recording began."""
        return time.monotonic() - self._begun

    def files(self) -> Mapping[str, str]:
        """The digests of what lies under the output folder."""
        if self._output_dir is None:
            return {}
        return {
            name: hashlib.sha256(content).hexdigest()
            for name, content in read_files(self._output_dir).items()
        }

    def refusal_of(self, request: Exchange) -> Refusal | None:
        """Why S3 would refuse a request, if it would."""
        if self._credentials is None:
            return request.refusal
        return refusal_of(request, self._credentials, datetime.now(timezone.utc))

    def owner_of(self, request: Exchange) -> Credentials | None:
        """The credentials that a request is signed with, if they are known."""
        key_id = request.scope.access_key_id if request.scope else None
        known = self._credentials or ()
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
            limit = self._limit
            if limit is None:
                return True
            too_much = self._requests > limit.requests or self._size > limit.size
            if too_much or self._attempts == limit.attempts:
                limit.reached()
            return not too_much

    @property
    def is_too_much(self) -> str:
        """What a reporter sent more of than any call needs, in words; empty if it did not."""
        with self._lock:
            if self._limit is None:
                return ""
            if self._requests > self._limit.requests:
                return f"{self._limit.requests} requests"
            return f"{self._limit.size >> 20} MB" if self._size > self._limit.size else ""

    def next_fault(self) -> Fault | None:
        """What becomes of the PutObject at hand."""
        with self._lock:
            return next(self._script, None)

    def failed(self, error: Exception) -> None:
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

    def add(self, exchange: Exchange) -> None:
        """Record a request and its answer."""
        with self._lock:
            self._exchanges.append(exchange)
