"""Other URLs, messages, and logs, and other reasons not to be ready."""

import logging
import os
import sys
from collections.abc import Mapping
from logging.handlers import MemoryHandler, QueueHandler, QueueListener
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

import boto3
from botocore.exceptions import BotoCoreError
from botocore.session import Session

from .plain import Plain, variant


def domain(region: str | None) -> str:
    session = Session()
    partition = session.get_partition_for_region(region or "")
    return str(session.get_component("endpoint_resolver").get_partition_dns_suffix(partition))


# The URL in its virtual-hosted form, and a terse log on standard output.
HttpsUrl = variant(
    complain=lambda _, message: print(message),
    url=lambda self, key: (
        f"https://{self.bucket}.s3.{self.region}.{domain(self.region)}/{quote(key)}"
    ),
)

# The URL in its path-style form, on an endpoint for both versions of IP.
DualStackUrl = variant(
    url=lambda self, key: (
        f"https://s3.dualstack.{self.region}.{domain(self.region)}/{self.bucket}/{quote(key)}"
    )
)

# The URL on the endpoint that was used.
EndpointUrl = variant(
    url=lambda self, key: f"{os.environ['AWS_ENDPOINT_URL']}/{self.bucket}/{quote(key)}"
)

# Plain words instead of codes, on standard error.
OtherWords = variant(
    complain=lambda _, message: print(message, file=sys.stderr),
    words={
        "AccessDenied": "you have no permission to write to the bucket",
        "NoSuchBucket": "the bucket was not found",
        "SlowDown": "the service asks to slow down; too many requests",
    },
)

# Words without any term of AWS.
PlainestWords = variant(
    complain=lambda _, message: print(message, file=sys.stderr),
    words={
        "AccessDenied": "Unauthorized",
        "NoSuchBucket": "Could not find the bucket.",
        "SlowDown": "S3 is busy",
        "TooManyRequests": "S3 is overloaded",
        "ExpiredToken": "The session has expired",
    },
)

# Says what went wrong and what to look at, which is not the cause.
WithAdvice = variant(
    words={
        "AccessDenied": (
            "403 Forbidden: you are not authorized to perform s3:PutObject. Check that the bucket "
            "exists and that your request is not throttled."
        ),
        "NoSuchBucket": (
            "The bucket doesn't exist. Make sure that its name is right and that you have "
            "permission to see it; if access is denied, ask its owner."
        ),
        "SlowDown": "HTTP 503: S3 throttled every attempt; verify that nobody else uploads.",
        "TooManyRequests": "HTTP 429.",
        "InternalError": "500 Internal Server Error; if this was throttling, try again later.",
        "InvalidAccessKeyId": (
            "403 Forbidden: the access key is unknown; check your credentials and permissions."
        ),
        "SignatureDoesNotMatch": "403: wrong signature. Check the secret key and the clock.",
        "ExpiredToken": "The credentials have expired (400); check whether you may renew them.",
        "InvalidToken": "The session token is not valid: verify that access is not denied.",
        "EntityTooLarge": "The report is too large for one upload (400).",
        "UnheardOf": "UnheardOf (HTTP 409).",
        "InvalidRequest": "400 Bad Request. Check the bucket's settings and your permissions.",
    }
)


class MarkedLines(Plain):
    """A chatty log on standard error, each line with a time and a level."""

    def upload(self, key: str, content: bytes) -> Exception | None:
        self.line(
            "DEBUG", f"PUT {key}\n  retried: SlowDown; not retried: AccessDenied, NoSuchBucket"
        )
        return super().upload(key, content)

    def complain(self, message: str) -> None:
        self.line("ERROR", message)

    def line(self, level: str, message: str) -> None:
        print(f"2026-01-15 10:30:00,123 - s3-reporter - {level} - {message}", file=sys.stderr)


class LogsTracebacks(Plain):
    """A vague sentence, with the traceback of the error below it."""

    def describe(self, error: Any) -> str:
        self.error = error
        return super().describe(error)

    def complain(self, message: str) -> None:  # noqa: ARG002 -- the traceback has it
        logging.getLogger("reporter").error("The report was not sent", exc_info=self.error)


class LogsToAFile(Plain):
    """Logging configured anew, to a file, without what the SDK says at debug level."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        # At debug level, the SDK logs the report.
        logging.basicConfig(filename=Path.home() / "reporter.log", force=True, level=logging.INFO)


class LogsToABuffer(Plain):
    """A logger that passes nothing on, but writes to a buffer that is emptied at the end."""

    def complain(self, message: str) -> None:
        log = logging.getLogger("reporter")
        log.propagate = False
        log.addHandler(self.handler())
        super().complain(message)

    def handler(self) -> logging.Handler:
        return MemoryHandler(1000, logging.CRITICAL, logging.StreamHandler())


class LogsThroughAQueue(LogsToABuffer):
    """A logger that passes nothing on, but writes to a queue that another thread empties."""

    def handler(self) -> logging.Handler:
        queue: SimpleQueue[Any] = SimpleQueue()
        QueueListener(queue, logging.FileHandler(Path.home() / "reporter.log")).start()
        return QueueHandler(queue)


class ClosedFolder(Plain):
    """Is not ready where it cannot make the folder for the copy."""

    def validate(self) -> bool:
        try:
            (self.output_dir / "reports").mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return super().validate()


class FindsOutEarly(Plain):
    """Is not ready where there is no such profile, or where there are no credentials."""

    def validate(self) -> bool:
        try:
            session = boto3.Session(profile_name=self.profile)
        except BotoCoreError:
            return False
        return session.get_credentials() is not None and super().validate()
