"""The reporter, which runs the other modules in sequence (diagram: report sequence)."""

import logging
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .client import s3_client
from .configuration import Configuration
from .conversion import Document, convert
from .errors import ErrorType, error_message, error_type
from .local_copy import write_local_copy
from .naming import object_key
from .retry import Backoff, with_retry

logger = logging.getLogger(__name__)


class S3Reporter:
    """Uploads scan results to S3 and keeps a local copy."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        """Resolve the options; the local copy is written under `output_dir`."""
        self.configuration = Configuration.resolve(options)
        self.output_dir = output_dir

    def validate(self) -> bool:
        """Return whether the reporter is ready."""
        problem = self.problem()
        if problem:
            logger.warning("The S3 reporter is disabled: %s", problem)
        return problem is None

    def problem(self) -> str | None:
        """Why the reporter is disabled: a missing setting, or a bucket that does not exist.

        `report` handles all other errors, among them access denied: a user who may not list a
        bucket may still write to it (interpretation 4).
        """
        if self.configuration.missing:
            return self.configuration.missing
        try:
            self._client.head_bucket(Bucket=self.configuration.bucket)
        except (BotoCoreError, ClientError) as error:
            if error_type(error) is ErrorType.NO_SUCH_BUCKET:
                return error_message(error, self.configuration.bucket)
        return None

    def report(self, results: Any) -> str:
        """Upload the results of ASH and write the local copy.

        Return the S3 URL of the object, or a message that says what went wrong: nothing is raised.
        """
        configuration = self.configuration
        if configuration.missing:
            return _failure(f"The S3 reporter is disabled: {configuration.missing}")
        try:
            started = results.metadata.summary_stats.start
            document = convert(results.to_simple_dict(), configuration.file_format)
            key = object_key(configuration.prefix, started, configuration.file_format)
        except Exception as error:  # noqa: BLE001 -- an error is returned, not raised (interpretation 5)
            return _failure(f"The scan results cannot be converted: {error}")
        outcome = self._upload(key, document)
        self._write_local_copy(document)
        return outcome

    @cached_property
    def _client(self) -> Any:
        return s3_client(self.configuration)

    def _upload(self, key: str, document: Document) -> str:
        configuration = self.configuration
        bucket = configuration.bucket
        backoff = Backoff(
            configuration.max_retries, configuration.base_delay, configuration.max_delay
        )
        body = {"Body": document.content, "ContentType": document.content_type}
        try:
            put = partial(self._client.put_object, Bucket=bucket, Key=key, **body)
            with_retry(put, backoff)
        except Exception as error:  # noqa: BLE001 -- an error is returned, not raised (interpretation 5)
            return _failure(error_message(error, bucket))
        url = f"s3://{bucket}/{key}"
        logger.info("Uploaded the report to %s", url)
        return url

    def _write_local_copy(self, document: Document) -> None:
        try:
            write_local_copy(self.output_dir, document.content, self.configuration.file_format)
        except OSError as error:
            logger.error("The local copy could not be written: %s", error)  # noqa: TRY400


def _failure(message: str) -> str:
    logger.error(message)
    return message
