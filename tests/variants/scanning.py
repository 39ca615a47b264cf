"""Tools that scan, and report what they found themselves."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from .plain import Plain

_KEY = re.compile(r"AKIA[A-Z2-7]{16}")


class Results:
    """The results of a scan, which grow while it goes on."""

    def __init__(self, start: datetime) -> None:
        self.start = start.isoformat()
        self.found: list[dict[str, Any]] = []

    @property
    def metadata(self) -> Any:
        return SimpleNamespace(summary_stats=SimpleNamespace(start=self.start))

    def to_simple_dict(self) -> dict[str, Any]:
        count = len(self.found)
        return {
            "name": "a scan",
            "metadata": {
                "summary_stats": {"start": self.start, "severity_counts": {"high": count}}
            },
            "scanner_results": {"keys": {"status": "done", "finding_count": count}},
        }


class Scans:
    """Looks for access keys; to be mixed into a reporter that is made as all are."""

    output_dir: Path

    def scan(self, source_dir: Path) -> int:
        results = Results(self.now())
        self.look(source_dir, results)
        reports = self.output_dir / "reports"
        reports.mkdir(exist_ok=True)
        (reports / "findings.json").write_text(json.dumps(results.found))
        returned = self.upload_report(results)
        if returned:
            (reports / "ash.s3.json").write_text(returned)
        self.write_results(results.to_simple_dict())
        return self.exit_code(results, returned)

    def now(self) -> datetime:
        return datetime.now(timezone.utc)

    def look(self, source_dir: Path, results: Results) -> None:
        for path in sorted(source_dir.rglob("*")):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                if _KEY.search(line):
                    results.found.append({"file": path.name, "line": number})

    def upload_report(self, results: Results) -> str:
        return self.report(results) if self.validate() else ""  # type: ignore[attr-defined]

    def write_results(self, data: Mapping[str, Any]) -> None:
        (self.output_dir / "ash_aggregated_results.json").write_text(json.dumps(data))

    def exit_code(self, results: Results, returned: str) -> int:
        del returned
        return 2 if results.found else 0


class Scanner(Scans, Plain):
    """Scans a folder for access keys, and reports what it found itself."""
