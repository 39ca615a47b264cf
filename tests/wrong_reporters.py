"""Reporters that are wrong in one place each, over the reference."""

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from s3_reporter_conformance.reference import S3Reporter, reporter
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.conversion import Document, convert


class Changed(S3Reporter):
    """The reference with other functions in the places of its own."""

    changes: ClassVar[Mapping[str, Any]] = {}

    def report(self, results: Any) -> str:
        for name, function in self.changes.items():
            setattr(reporter, name, function)
        return super().report(results)


class WrongContentType(Changed):
    changes: ClassVar = {
        "convert": lambda data, form: replace(convert(data, form), content_type="text/plain")
    }


class JsonInYaml(Changed):
    changes: ClassVar = {
        "convert": lambda data, _: (
            replace(convert(data, "json"), content_type="application/yaml")
            if _ == "yaml"
            else convert(data, "json")
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


class NewKeyInEachRetry(S3Reporter):
    @cached_property
    def _client(self) -> Any:
        client = s3_client(self.configuration)
        put_object = client.put_object

        def put_elsewhere(**arguments: Any) -> Any:
            arguments["Key"] += str(time.monotonic())
            return put_object(**arguments)

        client.put_object = put_elsewhere  # type: ignore[method-assign]
        return client
