"""Two things that go well alone, and not together."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

import boto3
from botocore.exceptions import ClientError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.retry import Backoff, with_retry

from .catalogue import mutant
from .over_reference import Changed, ChangedConfiguration, ChangedPut, ChangedReturn


def believing_retries(api_call: Callable[[], object], backoff: Backoff) -> None:
    """Retry, and take a retry that is refused for a good one."""
    attempts: list[None] = []

    def call() -> None:
        attempts.append(None)
        api_call()

    try:
        with_retry(call, backoff)
    except ClientError as error:
        if len(attempts) == 1 or error_type(error) in {ErrorType.THROTTLING, ErrorType.TRANSIENT}:
            raise


@mutant(aim="SEQ-03")
class RefusalAfterThrottling(Changed):
    """Takes a retry that S3 refuses for a success."""

    changes: ClassVar = {"with_retry": believing_retries}


@mutant(aim="SEQ-04")
class RaisesWhenNothingWorks(ChangedReturn):
    """Raises if neither the upload nor the local copy works."""

    def message(self, message: str) -> str:
        if (self.output_dir / "reports").is_file():
            raise RuntimeError(message)
        return message


@mutant(aim="CFG-02")
class RegionOfProfileSuffices(ChangedConfiguration):
    """Takes the region of the profile where none is configured."""

    def change(self, configuration: Any, options: Any) -> Any:
        if configuration.region or not configuration.profile:
            return configuration
        region = boto3.Session(profile_name=configuration.profile).region_name
        return type(configuration)(**vars(configuration) | {"region": region or ""})


@mutant(aim="ERR-07")
class WaitsForSlowDownAlone(Changed):
    """Waits if S3 says SlowDown, and retries at once under any other name."""

    @staticmethod
    def hasty(api_call: Callable[[], object], backoff: Backoff) -> None:
        codes = [""]

        def call() -> None:
            try:
                api_call()
            except ClientError as error:
                codes.append(error.response["Error"]["Code"])
                raise

        class Hasty(Backoff):
            def delay(self, retry: int) -> float:
                return super().delay(retry) if codes[-1] == "SlowDown" else 0.0

        with_retry(call, Hasty(**vars(backoff)))

    changes: ClassVar = {"with_retry": hasty}


@mutant(aim="CFG-01")
class ShortBucketsAlone(S3Reporter):
    """Refuses a bucket whose name has more than 40 characters."""

    def problem(self) -> str | None:
        if re.fullmatch(r"[a-z0-9][a-z0-9.-]{2,39}", self.configuration.bucket):
            return super().problem()
        return super().problem() or "the bucket has no valid name"


@mutant(aim="ARC-03")
class MultipartAbandoned(ChangedPut):
    """Begins a multipart upload where the upload was refused, and leaves it."""

    def put(self, client: Any, put_object: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        try:
            return put_object(**arguments)
        except ClientError:
            client.create_multipart_upload(Bucket=arguments["Bucket"], Key=arguments["Key"])
            raise


@mutant(aim="LOC-01")
class NoCopyForProfileAndYaml(S3Reporter):
    """Writes no copy of a YAML report that was uploaded with a profile."""

    def _write_local_copy(self, document: Any) -> None:
        if not (self.configuration.profile and self.configuration.file_format == "yaml"):
            super()._write_local_copy(document)
