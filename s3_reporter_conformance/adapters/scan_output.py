"""The files that a tool leaves in its output folder when it scans, as `docs/contract.md` says."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..words.errors import AdapterError
from .base import Outcome
from .scan_results import ScanResults

RESULTS = "ash_aggregated_results.json"
"""The file with the results of a scan."""

RETURNED = "reports/ash.s3.json"
"""The file with what the S3 reporter returned; missing if the reporter did not run."""


def with_scan_output(outcome: Outcome, output_dir: Path) -> Outcome:
    """Complete the outcome of a scan by the files in the output folder.

    Raises:
        AdapterError: The tool left no results, or malformed ones.
    """
    path = output_dir / RETURNED
    returned = path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
    return replace(
        outcome,
        ready=outcome.ready or returned is not None,
        returned=returned,
        handed=_read_results(output_dir / RESULTS),
    )


def _read_results(path: Path) -> ScanResults:
    try:
        document: Any = json.loads(path.read_bytes())
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}"
    except (ValueError, RecursionError) as error:
        wrong = f"is not JSON: {error}"
    else:
        match document:
            case {
                "metadata": {"summary_stats": {"start": str(), "severity_counts": {}}},
                "scanner_results": {},
            }:
                return ScanResults(document)
        wrong = "does not tell that"
    raise AdapterError(
        f"after the scan, {RESULTS} in the output folder {wrong}. Expected: the results, with "
        "metadata.summary_stats.start, metadata.summary_stats.severity_counts, and scanner_results"
    )
