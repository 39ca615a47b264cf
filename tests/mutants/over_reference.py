"""Ways to break the reference in one place."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from s3_reporter_conformance.reference import S3Reporter, reporter, retry
from s3_reporter_conformance.reference.client import s3_client
from s3_reporter_conformance.reference.configuration import Configuration


class Changed(S3Reporter):
    """The reference with other functions in the places of its own.

    Attributes:
        changes: What takes the place of what in the module `reporter`.
        retry_changes: The same for the module `retry`.
    """

    changes: ClassVar[Mapping[str, Any]] = {}
    retry_changes: ClassVar[Mapping[str, Any]] = {}

    def report(self, results: Any) -> str:
        for module, changes in ((reporter, self.changes), (retry, self.retry_changes)):
            for name, function in changes.items():
                setattr(module, name, function)
        return super().report(results)


class ChangedConfiguration(S3Reporter):
    """The reference, configured differently."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.configuration = self.change(self.configuration, options)

    def change(self, configuration: Configuration, options: Mapping[str, Any]) -> Configuration:
        raise NotImplementedError


class ChangedPut(S3Reporter):
    """The reference, with a client that puts differently."""

    @cached_property
    def _client(self) -> Any:
        client: Any = s3_client(self.configuration)
        put_object = client.put_object
        client.put_object = lambda **arguments: self.put(client, put_object, arguments)
        return client

    def put(self, client: Any, put_object: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        raise NotImplementedError


class ChangedReturn(S3Reporter):
    """The reference, answering ASH Core differently."""

    def report(self, results: Any) -> Any:
        returned = super().report(results)
        if returned.startswith("s3://"):
            bucket, _, key = returned.removeprefix("s3://").partition("/")
            return self.url(bucket, key)
        return self.message(returned)

    def url(self, bucket: str, key: str) -> Any:
        return f"s3://{bucket}/{key}"

    def message(self, message: str) -> Any:
        return message
