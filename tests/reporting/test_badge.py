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


def on(status: Status, *, strict: bool = False, recommended: Status = Status.PASSED) -> Report:
    """A report on two core rules and a recommended one."""
    rules = [
        a_rule("KEY-01"),
        a_rule("KEY-02", status),
        a_rule("REC-01", recommended, level=Level.RECOMMENDED),
    ]
    broken = [a_run("broken", status=status)] if status is Status.ADAPTER_ERROR else []
    return a_report(rules, [a_run(), *broken], strict=strict)


def message_of(report: Report) -> str:
    message: str = json.loads(badge_json(report))["message"]
    return message


@pytest.mark.parametrize(
    ("status", "message", "color"),
    [
        (Status.PASSED, "conforms, 2 of 2, 2026-11-22", GREEN),
        (Status.NOT_SELECTED, "partial, 1 of 2, 2026-11-22", YELLOW),
        (Status.KNOWN_DEVIATION, "deviates as known, 1 of 2, 2026-11-22", YELLOW),
        (Status.FAILED, "does not conform, 1 of 2, 2026-11-22", RED),
        (Status.UNEXPECTEDLY_PASSED, "does not conform, 1 of 2, 2026-11-22", RED),
        (Status.ADAPTER_ERROR, "no verdict, 1 of 2, 2026-11-22", GRAY),
    ],
)
def test_each_verdict_has_its_words_and_its_color(status: Status, message: str, color: str) -> None:
    report = on(status)
    assert json.loads(badge_json(report)) == {
        "schemaVersion": 1,
        "label": "S3 reporter",
        "message": message,
        "color": color,
        "labelColor": "444444",
    }
    drawn = ET.fromstring(badge_svg(report))  # noqa: S314
    assert drawn.get("aria-label") == f"S3 reporter: {message}"
    assert [text.text for text in drawn.findall("{*}g/{*}text")] == ["S3 reporter", message]
    fills = [rect.get("fill") for rect in drawn.findall("{*}rect")]
    assert fills == ["#444444", f"#{color}"]


def test_recommendations_are_told_beside_the_verdict() -> None:
    report = on(Status.PASSED, recommended=Status.FAILED)
    assert message_of(report) == "conforms, 2 of 2, 1 recommendation not met, 2026-11-22"
    assert json.loads(badge_json(report))["color"] == GREEN


@pytest.mark.parametrize(
    ("recommended", "message"),
    [
        (Status.PASSED, "conforms (strict), 3 of 3, 2026-11-22"),
        (Status.FAILED, "does not conform (strict), 2 of 3, 2026-11-22"),
    ],
)
def test_in_a_strict_report_recommendations_count(recommended: Status, message: str) -> None:
    assert message_of(on(Status.PASSED, strict=True, recommended=recommended)) == message


def test_what_the_reporter_does_not_claim_is_not_counted() -> None:
    claimed = a_reporter(features=("retry-options",))
    extended = a_rule("EXT-01", level=Level.EXTENDED)
    assert ", 2 of 2," in message_of(a_report([a_rule(), extended], reporter=claimed))
    unclaimed = a_rule("EXT-01", Status.NOT_CLAIMED, level=Level.EXTENDED)
    assert ", 1 of 1," in message_of(a_report([a_rule(), unclaimed]))


def test_the_picture_takes_nothing_for_markup_and_loads_nothing() -> None:
    drawn = badge_svg(a_report(reporter=a_reporter(name='</title><script>"&', version="")))
    title = ET.fromstring(drawn).findtext("{*}title")  # noqa: S314
    assert title is not None
    assert title.startswith('</title><script>"& on moto 5.2.5: conforms, 1 of 1')
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_the_texts_fit_into_their_halves() -> None:
    drawn = ET.fromstring(badge_svg(on(Status.KNOWN_DEVIATION)))  # noqa: S314
    halves = drawn.findall("{*}rect")
    texts = drawn.findall("{*}g/{*}text")
    end = 0.0
    for half, text in zip(halves, texts, strict=True):
        begin, width = float(half.get("x", 0)), float(half.get("width", ""))
        assert begin == end
        end = begin + width
        assert begin < float(text.get("x", ""))
        assert float(text.get("x", "")) + float(text.get("textLength", "")) < end
    assert float(drawn.get("width", "")) == end


def test_the_form_follows_from_the_ending(tmp_path: Path) -> None:
    report = on(Status.PASSED)
    for name, text in (("badge.json", badge_json(report)), ("badge.svg", badge_svg(report))):
        Outputs(badge=tmp_path / name).write(report)
        assert (tmp_path / name).read_text() == text


@pytest.mark.parametrize("name", ["badge.png", "badge"])
def test_another_ending_is_refused_before_the_run(name: str) -> None:
    with pytest.raises(UsageError, match=r"the name has to end in \.json or \.svg"):
        Outputs(badge=Path(name)).check()
