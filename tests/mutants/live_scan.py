"""Tools that scan, and get it wrong around a reporter that is right (feature live-scan)."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

from s3_reporter_conformance.reference import S3Reporter, reporter
from s3_reporter_conformance.reference.naming import object_key
from variants.scanning import Results, Scans

from .mutant import Change, Mutant, after
from .object_naming import with_start


class Tool(Scans, S3Reporter):
    """The reference, with a tool around it."""

    def __init__(self, options: Mapping[str, Any], output_dir: Path) -> None:
        super().__init__(options, output_dir)
        self.output_dir = output_dir


of_tool = partial(Mutant, base=Tool, settings={"features": "live-scan"})


def with_results(**changed: Any) -> Change:
    """Results that are other ones as long as they are reported."""

    def upload_report(_self: Any, right: Any, results: Results) -> Any:
        found = dict(vars(results))
        vars(results).update(changed)
        try:
            return right(results)
        finally:
            vars(results).clear()
            vars(results).update(found)

    return upload_report


def start_filled_in_late(self: Any, right: Any, results: Results) -> Any:
    vars(reporter)["object_key"] = lambda prefix, *_: f"{prefix}ash-report-None.json"
    return with_results(start=None)(self, right, results)


def key_of_the_upload(_self: Any, right: Any, results: Results) -> Any:
    vars(reporter)["object_key"] = partial(
        with_start(lambda _: datetime.now(timezone.utc) + timedelta(seconds=1)), object_key
    )
    return right(results)


def without_scanners(_self: Any, right: Any, results: Results) -> Any:
    data = {**results.to_simple_dict(), "scanner_results": {}}
    return with_results(to_simple_dict=lambda: data)(_self, right, results)


def remove_copies(self: Any, _data: Any) -> None:
    for copy in (self.output_dir / "reports").glob("s3-report*"):
        copy.unlink()


def failed_with_s3(_self: Any, right: Any, results: Results, returned: str) -> Any:
    return right(results, returned) if returned.startswith("s3:") else 1


def other_reports_dropped(self: Any, right: Any, results: Results, returned: str) -> Any:
    if not returned.startswith("s3:"):
        (self.output_dir / "reports" / "findings.json").unlink()
    return right(results, returned)


def first_start(self: Any, right: Any) -> datetime:
    remembered = self.output_dir / "first-scan"
    if not remembered.exists():
        remembered.write_text(right().isoformat())
    return datetime.fromisoformat(remembered.read_text())


MUTANTS = (
    of_tool("StartFilledInLate", "EXT-LIVE-01", upload_report=start_filled_in_late),
    # The clock on the wall, taken for UTC.
    of_tool(
        "StartInLocalTime",
        "EXT-LIVE-01",
        now=lambda *_: datetime.now().replace(tzinfo=timezone.utc),  # noqa: DTZ005
    ),
    of_tool("KeyOfTheUpload", "EXT-LIVE-01", upload_report=key_of_the_upload),
    of_tool("OneStartForAll", "EXT-LIVE-03", now=first_start),
    of_tool("ReportedTooEarly", "FMT-03", upload_report=with_results(found=[])),
    of_tool("ScannerLeftOut", "FMT-03", upload_report=without_scanners),
    of_tool("NothingLookedAt", "FMT-03", look=lambda *_: None),
    of_tool("CopyTidiedAway", "LOC-01", write_results=after(remove_copies)),
    of_tool(
        "UrlDropped",
        "SEQ-02",
        upload_report=lambda self, right, results: "uploaded" if right(results) else "",
    ),
    of_tool("FailsWithS3", "EXT-LIVE-02", exit_code=failed_with_s3),
    of_tool("OtherReportsDropped", "EXT-LIVE-02", exit_code=other_reports_dropped),
)
