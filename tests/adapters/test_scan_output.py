"""The files that a tool that scans has to leave in its output folder."""

import json
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.scan_output import RESULTS, RETURNED, with_scan_output
from s3_reporter_conformance.adapters.scan_results import ScanResults
from s3_reporter_conformance.words.errors import AdapterError

STATISTICS = {"start": "2026-11-23T22:03:55+00:00", "severity_counts": {"high": 1}}
DOCUMENT = {"metadata": {"summary_stats": STATISTICS}, "scanner_results": {}, "more": 1}
SCANNED = Outcome(ready=False, stderr="said", exit_code=2)


def test_results_and_what_the_reporter_returned(tmp_path: Path) -> None:
    (tmp_path / RESULTS).write_text(json.dumps(DOCUMENT))
    outcome = with_scan_output(SCANNED, tmp_path)
    assert (outcome.ready, outcome.returned) == (False, None)
    (tmp_path / RETURNED).parent.mkdir()
    (tmp_path / RETURNED).write_text("s3://a/b")
    assert with_scan_output(SCANNED, tmp_path) == Outcome(
        ready=True,
        returned="s3://a/b",
        stderr="said",
        handed=ScanResults(DOCUMENT),
        exit_code=2,
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "cannot be read: No such file or directory"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "does not tell that"),
        (json.dumps({**DOCUMENT, "scanner_results": 1}), "does not tell that"),
        (json.dumps(DOCUMENT).replace('"start": ', '"start": null, "": '), "does not tell that"),
    ],
)
def test_wrong_results_are_an_adapter_error(tmp_path: Path, text: str | None, what: str) -> None:
    if text is not None:
        (tmp_path / RESULTS).write_text(text)
    with pytest.raises(AdapterError, match=f"{what}.* Expected: the results"):
        with_scan_output(SCANNED, tmp_path)
