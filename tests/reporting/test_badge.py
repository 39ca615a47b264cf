"""The badge says what the report says."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from results import a_report, a_reporter, a_rule, a_run

from s3_reporter_conformance.reporting.formats.badge import badge_json, badge_svg
from s3_reporter_conformance.reporting.outputs import Outputs
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.words.errors import UsageError

GREEN, YELLOW, RED, GRAY = "2a7d2e", "8f6400", "b3261e", "666666"
PASSED, FAILED = Status.PASSED, Status.FAILED


def on(status: Status, recommended: Status = PASSED, *, strict: bool = False) -> Report:
    """A report on two core rules, a recommended one, and one that the reporter does not claim."""
    rules = [
        a_rule("KEY-01"),
        a_rule("KEY-02", status),
        a_rule("REC-01", recommended, level=Level.RECOMMENDED),
        a_rule("EXT-01", Status.NOT_CLAIMED, level=Level.EXTENDED),
    ]
    broken = [a_run("broken", status=status)] if status is Status.ADAPTER_ERROR else []
    return a_report(rules, [a_run(), *broken], strict=strict)


@pytest.mark.parametrize(
    ("report", "message", "color"),
    [
        (on(PASSED), "conforms, 2 of 2", GREEN),
        (on(Status.NOT_SELECTED), "partial, 1 of 2", YELLOW),
        (on(Status.KNOWN_DEVIATION), "deviates as known, 1 of 2", YELLOW),
        (on(FAILED), "does not conform, 1 of 2", RED),
        (on(Status.UNEXPECTEDLY_PASSED), "does not conform, 1 of 2", RED),
        (on(Status.ADAPTER_ERROR), "no verdict, 1 of 2", GRAY),
        (on(PASSED, FAILED), "conforms, 2 of 2, 1 recommendation not met", GREEN),
        (on(PASSED, FAILED, strict=True), "does not conform (strict), 2 of 3", RED),
    ],
)
def test_each_verdict_has_its_words_and_its_color(report: Report, message: str, color: str) -> None:
    message += ", 2026-11-22"
    assert json.loads(badge_json(report)) == {
        "schemaVersion": 1,
        "label": "S3 reporter",
        "message": message,
        "color": color,
        "labelColor": "444444",
    }
    drawn = ET.fromstring(badge_svg(report))  # noqa: S314
    assert drawn.get("aria-label") == f"S3 reporter: {message}"
    texts, halves = drawn.findall("{*}g/{*}text"), drawn.findall("{*}rect")
    assert [text.text for text in texts] == ["S3 reporter", message]
    assert [half.get("fill") for half in halves] == ["#444444", f"#{color}"]
    end = 0.0
    for half, text in zip(halves, texts, strict=True):
        assert float(half.get("x", 0)) == end < float(text.get("x", 0))
        end += float(half.get("width", 0))
        assert float(text.get("x", 0)) + float(text.get("textLength", 0)) < end
    assert float(drawn.get("width", 0)) == end


def test_the_picture_takes_nothing_for_markup_and_loads_nothing() -> None:
    drawn = badge_svg(a_report(reporter=a_reporter(name='</title><script>"&', version="")))
    title = ET.fromstring(drawn).findtext("{*}title")  # noqa: S314
    assert title == '</title><script>"& on moto 5.2.5: conforms, 1 of 1, 2026-11-22'
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_the_form_follows_from_the_ending(tmp_path: Path) -> None:
    report = on(PASSED)
    for name, text in (("badge.json", badge_json(report)), ("badge.svg", badge_svg(report))):
        Outputs(badge=tmp_path / name).write(report)
        assert (tmp_path / name).read_text() == text
    with pytest.raises(UsageError, match=r"the name has to end in \.json or \.svg"):
        Outputs(badge=Path("badge.png")).check()
