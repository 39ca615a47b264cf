"""Two reports, requirement by requirement."""

from pathlib import Path

import pytest
from making_reports import make_report
from running import run_here

from s3_reporter_conformance.reporting.report import dump
from s3_reporter_conformance.verdict.comparison import disagreements
from s3_reporter_conformance.verdict.status import Status

PASSED, FAILED = Status.PASSED, Status.FAILED
FIRST = make_report(backend="b", KEY_01=PASSED, KEY_02=FAILED, KEY_03=PASSED)
SECOND = make_report(backend="b", KEY_01=PASSED, KEY_02=PASSED, KEY_04=FAILED)


def test_reports_are_compared_requirement_by_requirement() -> None:
    assert {(e.requirement, e.first, e.second) for e in disagreements(FIRST, SECOND)} == {
        ("KEY-02", FAILED, PASSED),
        ("KEY-03", PASSED, None),
        ("KEY-04", None, FAILED),
    }


def test_reports_are_compared_from_outside(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(dump(FIRST))
    (tmp_path / "b.json").write_text(dump(SECOND))
    done = run_here("compare", "a.json", "b.json", folder=tmp_path)
    assert "a.json: mine on b\n" in done.stdout
    assert "  KEY-02            failed / passed  x\n" in done.stdout
    assert "  KEY-03            passed / absent  x\n" in done.stdout
    assert done.returncode == 1
    same = run_here("compare", "a.json", "a.json", folder=tmp_path)
    assert "they agree" in same.stdout
    assert same.returncode == 0


@pytest.mark.parametrize("text", ["{", "[]", '{"schema_version": 1, "requirements": []}'])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    done = run_here("compare", "a.json", "nosuch.json", folder=tmp_path)
    assert done.stderr.startswith("Error: a.json is ")
    assert done.returncode == 4
