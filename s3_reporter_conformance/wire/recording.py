"""The recording of one call: its requests, and the faults to inject."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import BackendError
from .exchange import Exchange
from .faults import Fault


@dataclass(frozen=True)
class Limit:
    """The number of attempts after which a reporter is killed.

    Attributes:
        attempts: How many PutObject requests are enough.
        reached: Called when they are reached.
    """

    attempts: int
    reached: Callable[[], None]


def read_files(folder: Path) -> dict[str, bytes]:
    """What lies under a folder, by relative path; what vanishes meanwhile is left out."""
    files = {}
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):
            if path.is_file():
                files[str(path.relative_to(folder))] = path.read_bytes()
    return files


class Recording:
    """The requests of one call, and the faults to inject."""

    def __init__(
        self,
        script: Iterable[Fault | None] = (),
        output_dir: Path | None = None,
        limit: Limit | None = None,
        backend: tuple[str, int] | None = None,
    ) -> None:
        """Begin; times count from here.

        Args:
            script: What becomes of each PutObject; every one after the end is let through.
            output_dir: The folder to look into whenever a PutObject arrives.
            limit: How many attempts are enough.
            backend: Host and port to which requests are passed on, if not the usual ones.
        """
        self.backend = backend
        self._begun = time.monotonic()
        self._script = iter(script)
        self._output_dir = output_dir
        self._limit = limit
        self._attempts = 0
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()
        self._backend_error: Exception | None = None
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

    def next_fault(self) -> Fault | None:
        """What becomes of the PutObject at hand."""
        with self._lock:
            self._attempts += 1
            if self._limit and self._attempts == self._limit.attempts:
                self._limit.reached()
            return next(self._script, None)

    def backend_failed(self, error: Exception) -> None:
        """Note that the backend did not answer, which is not the reporter's fault."""
        self._backend_error = error

    def check(self) -> None:
        """Check that the recording is complete.

        Raises:
            BackendError: The backend failed to answer a request.
        """
        if self._backend_error:
            message = f"the S3 backend did not answer a request: {self._backend_error}"
            raise BackendError(message) from self._backend_error

    def add(self, exchange: Exchange) -> None:
        """Record a request and its answer."""
        with self._lock:
            self._exchanges.append(exchange)
