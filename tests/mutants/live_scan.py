"""Tools that scan, and get it wrong around a reporter that is right."""

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from s3_reporter_conformance.reference import S3Reporter, reporter
from s3_reporter_conformance.reference.naming import object_key
from variants.scanning import Results, Scans

from .catalogue import mutant

_LIVE = {"features": "live-scan"}


class _Tool(Scans, S3Reporter):
    """The reference, with a tool around it."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.output_dir = output_dir


@mutant(aim="EXT-LIVE-01", settings=_LIVE)
class StartFilledInLate(_Tool):
    """Tells its reporter no start, which it fills in only afterwards."""

    def upload_report(self, results: Results) -> str:
        vars(reporter)["object_key"] = lambda prefix, *_: f"{prefix}ash-report-None.json"
        results.start, start = None, results.start  # type: ignore[assignment]
        try:
            return super().upload_report(results)
        finally:
            results.start = start


@mutant(aim="EXT-LIVE-01", settings=_LIVE)
class StartInLocalTime(_Tool):
    """Takes the clock on the wall for UTC."""

    def now(self) -> datetime:
        return datetime.now().replace(tzinfo=timezone.utc)  # noqa: DTZ005


@mutant(aim="EXT-LIVE-01", settings=_LIVE)
class KeyOfTheUpload(_Tool):
    """Names the report of a scan by the time of the upload."""

    def upload_report(self, results: Results) -> str:
        vars(reporter)["object_key"] = lambda prefix, _, form: object_key(
            prefix, datetime.now(timezone.utc), form
        )
        return super().upload_report(results)


@mutant(aim="FMT-03", settings=_LIVE)
class ReportedTooEarly(_Tool):
    """Reports before it has looked at everything."""

    def upload_report(self, results: Results) -> str:
        found, results.found = results.found, []
        try:
            return super().upload_report(results)
        finally:
            results.found = found


@mutant(aim="FMT-03", settings=_LIVE)
class ScannerLeftOut(_Tool):
    """Reports the counts, but not the scanners."""

    def upload_report(self, results: Results) -> str:
        whole = results.to_simple_dict
        results.to_simple_dict = lambda: {  # type: ignore[method-assign]
            **whole(),
            "scanner_results": {},
        }
        try:
            return super().upload_report(results)
        finally:
            del results.to_simple_dict


@mutant(aim="FMT-03", settings=_LIVE)
class NothingLookedAt(_Tool):
    """Finds nothing, whatever there is."""

    def look(self, source_dir: Path, results: Results) -> None:
        pass


@mutant(aim="LOC-01", settings=_LIVE)
class CopyTidiedAway(_Tool):
    """Removes the copy with its temporary files."""

    def write_results(self, data: Mapping[str, Any]) -> None:
        super().write_results(data)
        for copy in (self.output_dir / "reports").glob("s3-report*"):
            copy.unlink()


@mutant(aim="SEQ-02", settings=_LIVE)
class UrlDropped(_Tool):
    """Says that it reported, but not where."""

    def upload_report(self, results: Results) -> str:
        return "uploaded" if super().upload_report(results) else ""


@mutant(aim="EXT-LIVE-02", settings=_LIVE)
class FailsWithS3(_Tool):
    """Fails if its report to S3 does."""

    def exit_code(self, results: Results, returned: str) -> int:
        return super().exit_code(results, returned) if returned.startswith("s3:") else 1


@mutant(aim="EXT-LIVE-02", settings=_LIVE)
class OtherReportsDropped(_Tool):
    """Removes its other reports if that to S3 failed."""

    def exit_code(self, results: Results, returned: str) -> int:
        if not returned.startswith("s3:"):
            (self.output_dir / "reports" / "findings.json").unlink()
        return super().exit_code(results, returned)


@mutant(aim="EXT-LIVE-03", settings=_LIVE)
class OneStartForAll(_Tool):
    """Remembers when it first scanned the folder, and calls that the start of each scan."""

    def now(self) -> datetime:
        remembered = self.output_dir / "first-scan"
        if not remembered.exists():
            remembered.write_text(super().now().isoformat())
        return datetime.fromisoformat(remembered.read_text())
