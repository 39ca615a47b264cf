"""The badge says what the report says."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from making_reports import make_report, make_requirement
from running import run_here

from s3_reporter_conformance.reporting.formats.badge import badge_json, badge_svg
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Result, Verdict, conclude

GREEN, YELLOW, RED, GRAY = "2a7d2e", "8f6400", "b3261e", "666666"


def reported(status: Status) -> Report:
    """A report with the conclusion that a run comes to in which all have one status."""
    verdict = Verdict(tuple((each, Result(each.id, status)) for each in all_requirements()))
    made = conclude(verdict)
    report = make_report(KEY_01=Status.PASSED, KEY_02=status)
    return replace(report, conclusion=f"{made.word}: {made.reason}")


@pytest.mark.parametrize(
    ("status", "message", "color"),
    [
        (Status.PASSED, "conforms, 2 of 2, 2026-11-22", GREEN),
        (Status.NOT_SELECTED, "no verdict, 1 of 2, 2026-11-22", GRAY),
        (Status.KNOWN_DEVIATION, "deviates as known, 1 of 2, 2026-11-22", YELLOW),
        (Status.FAILED, "does not conform, 1 of 2, 2026-11-22", RED),
        (Status.UNEXPECTEDLY_PASSED, "does not conform, 1 of 2, 2026-11-22", RED),
        (Status.ADAPTER_ERROR, "no verdict, 1 of 2, 2026-11-22", GRAY),
    ],
)
def test_each_verdict_has_its_words_and_its_color(status: Status, message: str, color: str) -> None:
    report = reported(status)
    document = json.loads(badge_json(report))
    assert document == {
        "schemaVersion": 1,
        "label": "S3 reporter",
        "message": message,
        "color": color,
        "labelColor": "444444",
    }
    drawn = ET.fromstring(badge_svg(report))  # noqa: S314
    assert drawn.get("aria-label") == f"S3 reporter: {message}"
    assert [text.text for text in drawn.findall("{*}text")] == ["S3 reporter", message]
    fills = [rect.get("fill") for rect in drawn.findall("{*}rect")]
    assert fills == ["#444444", f"#{color}"]


def test_what_the_reporter_does_not_claim_is_not_counted() -> None:
    claimed = make_report(KEY_01=Status.PASSED, EXT_NAME_01=Status.PASSED)
    claimed = replace(claimed, reporter=replace(claimed.reporter, features=("local-name",)))
    assert "2 of 2," in json.loads(badge_json(claimed))["message"]
    not_claimed = make_report(KEY_01=Status.PASSED, EXT_NAME_01=Status.NOT_CLAIMED)
    assert "1 of 1," in json.loads(badge_json(not_claimed))["message"]
    narrowed = make_report(KEY_01=Status.PASSED, KEY_02=Status.NOT_SELECTED)
    assert "1 of 2," in json.loads(badge_json(narrowed))["message"]


def test_the_picture_takes_nothing_for_markup_and_loads_nothing() -> None:
    requirement = make_requirement("KEY-01", Status.PASSED)
    drawn = badge_svg(make_report(requirement, name='</title><script>"&'))
    title = ET.fromstring(drawn).findtext("{*}title")  # noqa: S314
    assert title is not None
    assert title.startswith('Does not conform: </title><script>"& on moto 5, 1 of 1 requirements')
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_the_texts_fit_into_their_halves() -> None:
    drawn = ET.fromstring(badge_svg(reported(Status.KNOWN_DEVIATION)))  # noqa: S314
    halves = drawn.findall("{*}rect")
    texts = drawn.findall("{*}text")
    end = 0.0
    for half, text in zip(halves, texts, strict=True):
        begin, width = float(half.get("x", "")), float(half.get("width", ""))
        assert begin == end
        end = begin + width
        assert begin < float(text.get("x", ""))
        assert float(text.get("x", "")) + float(text.get("textLength", "")) < end
    assert float(drawn.get("width", "")) == end


def test_a_run_writes_a_badge_of_the_form_that_its_ending_asks_for(tmp_path: Path) -> None:
    for name in ("badge.json", "badge.SVG"):
        done = run_here("verify", "-k", "CFG-01", "--badge", name, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    message = json.loads((tmp_path / "badge.json").read_text())["message"]
    assert re.fullmatch(r"partial, 1 of \d+, \d{4}-\d\d-\d\d", message)
    assert f'aria-label="S3 reporter: {message}"' in (tmp_path / "badge.SVG").read_text()


def test_another_ending_is_refused_before_the_run(tmp_path: Path) -> None:
    for name in ("badge.png", "badge"):
        done = run_here("verify", "--badge", name, "--report", "report.json", folder=tmp_path)
        assert f"--badge {name} is of no known form: its name has to end in .json or .svg" in (
            " ".join(done.stderr.split())
        )
        assert done.returncode == 4
    assert list(tmp_path.iterdir()) == []
