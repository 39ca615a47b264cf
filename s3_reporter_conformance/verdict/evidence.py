"""The evidence of a run, as the report has it: short, repeatable, and without secrets."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request and its answer.

    Attributes:
        seconds: When its head arrived, in seconds since the call began.
        operation: The S3 operation, such as `PutObject`, or the method.
        method: The HTTP method.
        target: The raw path and query.
        headers: Its content-type and content-length, as far as it has them.
        status: The HTTP status answered, or `None` if the connection was dropped.
        fault: The fault that the suite played, in words, or `None`.
        refusal: Why the suite refused it, as S3 would have, in words, or `None`.
        attempt: Which PutObject it is, from 1, or `None` if it is none.
        wait: The seconds since the attempt before, or `None` if there is none.
        error: What S3 itself answered with an error, or `None`.
    """

    seconds: float
    operation: str
    method: str
    target: str
    headers: Mapping[str, str]
    status: int | None
    fault: str | None
    refusal: str | None
    attempt: int | None
    wait: float | None
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """A record of the reporter's log."""

    level: str
    message: str


@dataclass(frozen=True, kw_only=True)
class FoundObject:
    """An object in a bucket: its size is in bytes, its beginning its first characters."""

    bucket: str
    key: str
    content_type: str
    size: int
    beginning: str


@dataclass(frozen=True, kw_only=True)
class FoundFile:
    """A file under the output folder: its path from there, its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The observations of a call, short and without secrets.

    Attributes:
        requests: The first 200 requests that went over the wire, in order.
        ready: What `validate` answered.
        returned: What `report` returned, or `None` if it was not called or gave no text.
        exception: The exception that left `report`, in words, or `None`.
        log: The first 200 records of the log.
        stdout: What was printed.
        stderr: What was printed to standard error.
        objects: The first 200 objects in the buckets.
        files: The first 200 files under the output folder.
        seconds: How long the call took.
    """

    requests: tuple[Request, ...]
    ready: bool
    returned: str | None
    exception: str | None
    log: tuple[LogLine, ...]
    stdout: str
    stderr: str
    objects: tuple[FoundObject, ...]
    files: tuple[FoundFile, ...]
    seconds: float
