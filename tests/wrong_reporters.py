"""Reporters that are wrong in one place each, over the reference."""

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import boto3
from s3_reporter_conformance.reference import S3Reporter, reporter, retry
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.conversion import Document, convert
from s3_reporter_conformance.reference.errors import ErrorType
from s3_reporter_conformance.reference.local_copy import write_local_copy
from s3_reporter_conformance.reference.retry import Backoff


class Changed(S3Reporter):
    """The reference with other functions in the places of its own."""

    changes: ClassVar[Mapping[str, Any]] = {}
    retry_changes: ClassVar[Mapping[str, Any]] = {}

    def report(self, results: Any) -> str:
        for module, changes in ((reporter, self.changes), (retry, self.retry_changes)):
            for name, function in changes.items():
                setattr(module, name, function)
        return super().report(results)


class ChangedClient(S3Reporter):
    """The reference with a client that puts differently."""

    @cached_property
    def _client(self) -> Any:
        client: Any = s3_client(self.configuration)
        client.put_object = self.put(client, client.put_object)
        return client

    def put(self, _client: Any, put_object: Callable[..., Any]) -> Callable[..., Any]:
        raise NotImplementedError


# Content


class WrongContentType(Changed):
    changes: ClassVar = {
        "convert": lambda data, form: replace(convert(data, form), content_type="text/plain")
    }


class JsonInYaml(Changed):
    changes: ClassVar = {
        "convert": lambda data, form: replace(
            convert(data, "json"), content_type=f"application/{form}"
        )
    }


class LostData(Changed):
    changes: ClassVar = {
        "convert": lambda data, form: convert(
            {name: value for name, value in data.items() if name != "scanner_results"}, form
        )
    }


class Latin1(Changed):
    changes: ClassVar = {
        "convert": lambda data, form: Document(
            convert(data, form).content.decode().encode("latin-1", "replace"), f"application/{form}"
        )
    }


# Key


class NoSlash(Changed):
    changes: ClassVar = {
        "object_key": lambda prefix, started, form: f"{prefix}ash-report-{started}.{form}"
    }


class UploadTime(Changed):
    changes: ClassVar = {
        "object_key": lambda prefix, _, form: (
            f"{prefix.rstrip('/')}/ash-report-{time.time()}.{form}"
        )
    }


class AlwaysJsonExtension(Changed):
    changes: ClassVar = {
        "object_key": lambda prefix, started, _: f"{prefix.rstrip('/')}/ash-report-{started}.json"
    }


class NewKeyInEachRetry(ChangedClient):
    def put(self, _client: Any, put_object: Callable[..., Any]) -> Callable[..., Any]:
        number = count()

        def put(**arguments: Any) -> Any:
            attempt = next(number)
            if attempt:
                arguments["Key"] = arguments["Key"].replace("Z.", f".{attempt}Z.")
            return put_object(**arguments)

        return put


# Configuration


class AlwaysReady(S3Reporter):
    def validate(self) -> bool:
        return True


class NeverReady(S3Reporter):
    def validate(self) -> bool:
        return False


class Deaf(S3Reporter):
    """Takes nothing from the environment."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        for name in ("AWS_REGION", "ASH_S3_BUCKET_NAME"):
            os.environ.pop(name, None)
        super().__init__(options, output_dir)


class EnvironmentWins(S3Reporter):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        variables = {"aws_region": "AWS_REGION", "bucket_name": "ASH_S3_BUCKET_NAME"}
        found = {o: os.environ[v] for o, v in variables.items() if os.environ.get(v)}
        super().__init__({**options, **found}, output_dir)


class AlwaysDefaultProfile(S3Reporter):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__({**options, "aws_profile": "default"}, output_dir)


# Retry


class RetriesEverything(Changed):
    retry_changes: ClassVar = {"error_type": lambda _: ErrorType.THROTTLING}


class KnowsOnlySlowDown(Changed):
    retry_changes: ClassVar = {
        "error_type": lambda error: (
            ErrorType.THROTTLING if "SlowDown" in str(error) else ErrorType.OTHER
        )
    }


class OneRetryTooMany(S3Reporter):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        more = self.configuration.max_retries + 1
        self.configuration = replace(self.configuration, max_retries=more)


class OneRetryTooFew(S3Reporter):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        fewer = max(self.configuration.max_retries - 1, 0)
        self.configuration = replace(self.configuration, max_retries=fewer)


class EndlessRetry(S3Reporter):
    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.configuration = replace(self.configuration, max_retries=10**6, max_delay=0.01)


class NoGrowth(Changed):
    changes: ClassVar = {
        "Backoff": lambda most, base, cap: Constant(
            max_retries=most, base_delay=base, max_delay=cap
        )
    }


class Constant(Backoff):
    def delay(self, retry: int) -> float:
        return super().delay(min(retry, 0))


class NoCap(Changed):
    changes: ClassVar = {"Backoff": lambda most, base, _: Backoff(most, base, max_delay=999)}


class HalfWaits(Changed):
    """Waits half as long as it is told, which equal jitter may."""

    changes: ClassVar = {"Backoff": lambda most, base, cap: Backoff(most, base / 2, cap)}


class TwoRetries(S3Reporter):
    """Retries twice and waits as long as it likes."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__({**options, "max_retries": 2, "base_delay": 0.01}, output_dir)


class OneMoreWait(Changed):
    """Waits once more before it gives up."""

    def _upload(self, key: str, document: Document) -> str:
        returned = super()._upload(key, document)
        if "SlowDown" in returned:
            time.sleep(self.configuration.base_delay * 2**self.configuration.max_retries)
        return returned


class Unguarded(S3Reporter):
    """Reports although it is disabled, to a region of its own."""

    def report(self, results: Any) -> str:
        region = self.configuration.region or "us-east-1"
        self.configuration = replace(self.configuration, region=region)
        return super().report(results)


class StackedRetries(S3Reporter):
    @cached_property
    def _client(self) -> Any:
        session = boto3.Session(profile_name=self.configuration.profile)
        return session.client("s3", region_name=self.configuration.region)


# Errors


class Raises(S3Reporter):
    def report(self, results: Any) -> str:
        returned = super().report(results)
        if not returned.startswith("s3://"):
            raise RuntimeError(returned)
        return returned


class UrlAfterFailure(S3Reporter):
    def report(self, results: Any) -> str:
        returned = super().report(results)
        return returned if returned.startswith("s3://") else "s3://reports/ash-report.json"


class VagueMessage(S3Reporter):
    def report(self, results: Any) -> str:
        returned = super().report(results)
        return returned if returned.startswith("s3://") else "Something went wrong."


class Silent(S3Reporter):
    def report(self, results: Any) -> str:
        logging.disable(logging.CRITICAL)
        return super().report(results)


class Leaky(S3Reporter):
    def report(self, results: Any) -> str:
        client: Any = self._client
        credentials = client._request_signer._credentials  # noqa: SLF001
        logging.getLogger(__name__).info("signing with %s", credentials.secret_key)
        return super().report(results)


# Local copy


class CopyFirst(S3Reporter):
    def _upload(self, key: str, document: Document) -> str:
        self._write_local_copy(document)
        return super()._upload(key, document)


class CopyOnlyOnSuccess(S3Reporter):
    def _upload(self, key: str, document: Document) -> str:
        self.returned = super()._upload(key, document)
        return self.returned

    def _write_local_copy(self, document: Document) -> None:
        if self.returned.startswith("s3://"):
            super()._write_local_copy(document)


class CopyElsewhere(Changed):
    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: write_local_copy(folder / "elsewhere", *rest)
    }


class EmptyCopy(Changed):
    changes: ClassVar = {
        "write_local_copy": lambda folder, _, form: write_local_copy(folder, b"", form)
    }


class OldCopyKept(Changed):
    changes: ClassVar = {
        "write_local_copy": lambda folder, *rest: (
            (folder / "reports").exists() or write_local_copy(folder, *rest)
        )
    }


# Objects and URLs


class OtherKeyInUrl(S3Reporter):
    def report(self, results: Any) -> str:
        return super().report(results).replace("/ash-report-", "ash-report-")


class OtherRegionInUrl(S3Reporter):
    def report(self, results: Any) -> str:
        returned = super().report(results)
        bucket, _, key = returned.removeprefix("s3://").partition("/")
        url = f"https://{bucket}.s3.eu-west-3.amazonaws.com/{key}"
        return url if returned.startswith("s3://") else returned


class PutTwice(ChangedClient):
    def put(self, _client: Any, put_object: Callable[..., Any]) -> Callable[..., Any]:
        def put(**arguments: Any) -> Any:
            put_object(**arguments)
            return put_object(**arguments)

        return put


class LatestAsWell(ChangedClient):
    def put(self, client: Any, put_object: Callable[..., Any]) -> Callable[..., Any]:
        def put(**arguments: Any) -> Any:
            put_object(**arguments)
            copy = {"Bucket": arguments["Bucket"], "Key": arguments["Key"]}
            return client.copy_object(CopySource=copy, Bucket=copy["Bucket"], Key="scans/latest")

        return put


class DeletedAgain(ChangedClient):
    def put(self, client: Any, put_object: Callable[..., Any]) -> Callable[..., Any]:
        def put(**arguments: Any) -> Any:
            put_object(**arguments)
            return client.delete_object(Bucket=arguments["Bucket"], Key=arguments["Key"])

        return put
