"""The files that a tool that scans has to leave in its output folder."""

import json
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.adapters.scanned import RESULTS, RETURNED, scan_outcome
from s3_reporter_conformance.words.errors import AdapterError

STATISTICS = {"start": "2026-11-23T22:03:55+00:00", "severity_counts": {"high": 1}}
DOCUMENT = {"metadata": {"summary_stats": STATISTICS}, "scanner_results": {}, "more": 1}


def write(output_dir: Path, text: str) -> None:
    (output_dir / RESULTS).write_text(text)


def test_results_and_what_the_reporter_returned(tmp_path: Path) -> None:
    write(tmp_path, json.dumps(DOCUMENT))
    (tmp_path / RETURNED).parent.mkdir()
    (tmp_path / RETURNED).write_text("s3://a/b")
    assert scan_outcome(tmp_path, 2, {"stderr": "said"}) == Outcome(
        ready=True,
        returned="s3://a/b",
        stderr="said",
        handed=ScanResults(DOCUMENT),
        exit_code=2,
    )


def test_a_reporter_that_did_not_run(tmp_path: Path) -> None:
    write(tmp_path, json.dumps(DOCUMENT))
    outcome = scan_outcome(tmp_path, 0, {})
    assert (outcome.ready, outcome.returned) == (False, None)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "is not JSON"),
        ("[]", "does not tell that"),
        (json.dumps({**DOCUMENT, "scanner_results": 1}), "does not tell that"),
        (
            json.dumps({**DOCUMENT, "metadata": {"summary_stats": {**STATISTICS, "start": None}}}),
            "does not tell that",
        ),
    ],
)
def test_malformed_results_are_an_adapter_error(tmp_path: Path, text: str, what: str) -> None:
    write(tmp_path, text)
    with pytest.raises(AdapterError, match=f"{what}.* Expected: the results"):
        scan_outcome(tmp_path, 0, {})


def test_missing_results_are_an_adapter_error(tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match="cannot be read: No such file or directory"):
        scan_outcome(tmp_path, 0, {})
