"""The reference, which misbehaves where a variable says so: as a class, and as a program."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.results import StoredResults

from . import KINDS
from .catalogue import VARIABLE, Occasion


class Misbehaving(S3Reporter):
    """For the adapter `python:`."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self._how = KINDS.get(os.environ.get(VARIABLE, ""))

    def report(self, results: Any) -> Any:
        if self._how is None:
            return super().report(results)
        report = super().report
        return self._how.misbehave(Occasion(lambda: report(results), self, self.output_dir))


def main() -> None:
    """Answer one request of the adapter `command:`."""
    request = json.load(sys.stdin)
    reporter = Misbehaving(request["options"], Path(request["output_dir"]))
    if request["operation"] == "validate":
        reply: dict[str, Any] = {"ready": reporter.validate()}
    else:
        reply = {"returned": reporter.report(StoredResults(request["results"]))}
    print(json.dumps(reply))


if __name__ == "__main__":
    main()
