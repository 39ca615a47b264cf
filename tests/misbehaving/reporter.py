"""The reference, which misbehaves in one format: a class for each kind, and a program."""

import json
import sys
from pathlib import Path
from typing import Any

from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.results import StoredResults

from .kinds import KINDS, Kind


class Misbehaving(S3Reporter):
    """For the adapter `python:`, as `python:misbehaving.reporter:hangs`."""

    kind: Kind
    _results: Any

    def usual(self) -> str:
        return super().report(self._results)

    def put(self, key: str, content: bytes, **about: str) -> str:
        bucket = self.configuration.bucket
        self._client.put_object(Bucket=bucket, Key=key, Body=content, **about)
        return f"s3://{bucket}/{key}"

    def report(self, results: Any) -> Any:
        self._results = results
        if self.configuration.file_format == self.kind.file_format:
            return self.kind.misbehave(self)
        return self.usual()


def __getattr__(name: str) -> type[Misbehaving]:
    if name not in KINDS:
        raise AttributeError(name)
    return type(name, (Misbehaving,), {"kind": KINDS[name]})


def main() -> None:
    """Answer one request of the adapter `command:`."""
    request = json.load(sys.stdin)
    reporter = __getattr__(sys.argv[1])(request["options"], Path(request["output_dir"]))
    if request["operation"] == "validate":
        reply: dict[str, Any] = {"ready": reporter.validate()}
    else:
        reply = {"returned": reporter.report(StoredResults(request["results"]))}
    print(json.dumps(reply))


if __name__ == "__main__":
    main()
