"""The configuration of a whole ASH, and its output."""

import json
from pathlib import Path, PurePosixPath

import pytest

from s3_reporter_conformance.adapters.ash_files import (
    changed_paths,
    log_records,
    read,
    results_file,
    set_aside,
)
from s3_reporter_conformance.adapters.base import LogRecord
from s3_reporter_conformance.adapters.scan_results import sample_document, sample_scan
from s3_reporter_conformance.adapters.scanned import RESULTS, RETURNED
from s3_reporter_conformance.words.errors import UnsupportedError


def test_the_file_is_that_of_a_real_scan_with_what_the_scenario_changes() -> None:
    results = sample_scan().replaced("metadata.project_name", "Łódź")
    written = json.loads(results_file(results))
    assert written["metadata"]["project_name"] == "Łódź"
    assert {**written, "metadata": None} == {**sample_document(), "metadata": None}


def test_a_value_without_a_json_type_cannot_be_handed_over() -> None:
    results = sample_scan().replaced("metadata.value", PurePosixPath("a"))
    with pytest.raises(UnsupportedError, match="PurePosixPath is not JSON serializable"):
        results_file(results)


def test_changes_are_found_wherever_they_are() -> None:
    given = {"same": [1], "lost": 1, "inner": {"other": 1, "same": {}}}
    found = {"same": [1], "added": 1, "inner": {"other": 2, "same": {}}}
    assert list(changed_paths(given, found)) == ["lost", "inner.other", "added"]


def test_what_ash_core_writes_is_set_aside_and_the_rest_is_left(tmp_path: Path) -> None:
    output, aside = tmp_path / "output", tmp_path / "aside"
    (output / "reports").mkdir(parents=True)
    (output / RESULTS).write_text("another program's")
    with set_aside(output, aside):
        assert not (output / RESULTS).exists()
        for name in (RESULTS, RETURNED, "reports/s3-report.json"):
            (output / name).write_text("by ASH")
    assert read(output / RESULTS) == "another program's"
    assert [read(aside / name) for name in (RESULTS, RETURNED)] == ["by ASH", "by ASH"]
    assert [path.name for path in (output / "reports").iterdir()] == ["s3-report.json"]


def test_the_records_of_the_log() -> None:
    log = (
        "2026-11-23 21:44:14,869\tINFO\trun_ash_scan.py:356\tUsing config file \n"
        "2026-11-23 21:44:14,988\tERROR\texecution_engine.py:429\t\n----- REPORT -----\n\tmore \n"
    )
    assert list(log_records(log)) == [
        LogRecord("INFO", "run_ash_scan.py:356", "Using config file"),
        LogRecord("ERROR", "execution_engine.py:429", "----- REPORT -----\n\tmore"),
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read(tmp_path / "none") is None
