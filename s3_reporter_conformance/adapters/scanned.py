"""What a tool that scans leaves in its output folder, which `docs/contract.md` promises."""

import json
from pathlib import Path
from typing import Any, TypedDict

from ..words.errors import AdapterError
from .base import LogRecord, Outcome
from .scan_results import ScanResults

RESULTS = "ash_aggregated_results.json"
"""The file with the results of a scan."""

RETURNED = "reports/ash.s3.json"
"""The file with what the S3 reporter returned; missing if the reporter did not run."""


class Said(TypedDict, total=False):
    """What a reporter logged and printed; see `Outcome`."""

    log: tuple[LogRecord, ...]
    stdout: str
    stderr: str


def scan_outcome(output_dir: Path, exit_code: int, said: Said) -> Outcome:
    """The outcome of a scan, from the files in the output folder.

    Raises:
        AdapterError: The tool left no results, or malformed ones.
    """
    path = output_dir / RETURNED
    returned = path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
    return Outcome(
        ready=returned is not None,
        returned=returned,
        handed=_own_results(output_dir),
        exit_code=exit_code,
        **said,
    )


def _own_results(output_dir: Path) -> ScanResults:
    path = output_dir / RESULTS
    try:
        document: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise AdapterError(_wrong(f"cannot be read: {error.strerror}")) from error
    except (ValueError, RecursionError) as error:
        raise AdapterError(_wrong(f"is not JSON: {error}")) from error
    match document:
        case {
            "metadata": {"summary_stats": {"start": str(), "severity_counts": {}}},
            "scanner_results": {},
        }:
            return ScanResults(document)
    raise AdapterError(_wrong("does not tell that"))


def _wrong(what: str) -> str:
    return (
        f"after the scan, {RESULTS} in the output folder {what}. Expected: the results, with "
        "metadata.summary_stats.start, metadata.summary_stats.severity_counts, and scanner_results"
    )
