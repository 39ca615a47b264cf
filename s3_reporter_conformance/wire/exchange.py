"""One request of a reporter and its response."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..s3.operations import BEGINNING
from ..s3.refusal import Refusal
from ..s3.request import Request


@dataclass(frozen=True)
class Exchange(Request):
    """A recorded request and its response.

    Attributes:
        time: When the request's head arrived, in seconds since the call began.
        took: The seconds from then until S3 had its answer, or its silence ended.
        status: The status answered, or `None` where the connection was dropped.
        fault: The fault that was injected, in words, or `None`.
        is_whole: Whether S3 read all of its body; of one that it did not, nothing is kept.
        outwaited: Whether the reporter waited until a silent S3 hung up.
        files: The SHA-256 of each file that lay under the output folder when an attempt arrived.
        refusal: Why the wire refused it, as S3 would have, or `None`.
        error: The body of an error that S3 itself answered; empty if it answered none.
    """

    time: float = 0.0
    took: float = 0.0
    status: int | None = None
    fault: str | None = None
    is_whole: bool = True
    outwaited: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    error: bytes = b""

    @property
    def is_attempt(self) -> bool:
        """Whether an upload begins with it, at once or in parts (interpretation 1)."""
        return self.operation in BEGINNING

    @property
    def succeeded(self) -> bool:
        """Whether S3 answered 2xx."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004
