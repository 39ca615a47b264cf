"""The forms of a report that other tools read."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from results import a_report, a_reporter, a_rule, a_run

from s3_reporter_conformance.reporting.formats.badge import badge_json, badge_svg
from s3_reporter_conformance.reporting.formats.github import annotations
from s3_reporter_conformance.reporting.formats.junit import junit
from s3_reporter_conformance.reporting.formats.markdown import markdown
from s3_reporter_conformance.reporting.outputs import Outputs
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.words.errors import UsageError

PASSED, FAILED = Status.PASSED, Status.FAILED
UNMET = a_rule("REC-01", FAILED, level=Level.RECOMMENDED)
OF_EACH_STATUS = (
    a_rule("KEY-01", PASSED),
    a_rule("KEY-02", FAILED, seen="</pre><script>", name="<b>|*x*"),
    a_rule("KEY-03", Status.KNOWN_DEVIATION, note="known until tomorrow"),
    a_rule("KEY-04", Status.UNEXPECTEDLY_PASSED, note="it holds"),
    a_rule("KEY-05", Status.ADAPTER_ERROR, note="it hangs"),
    a_rule("KEY-06", Status.NOT_RUN),
    a_rule("KEY-07", Status.NOT_SELECTED),
    a_rule("KEY-08", Status.NOT_JUDGED),
    UNMET,
    a_rule("EXT-01", Status.NOT_CLAIMED, level=Level.EXTENDED, file="features/extended/a.feature"),
)
BROKEN = tuple(
    a_run(f"broken-{number}", status=Status.ADAPTER_ERROR, problem="it hangs: 100 %")
    for number in range(12)
)


GREEN, YELLOW, RED, GRAY = "2a7d2e", "8f6400", "b3261e", "666666"


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(junit(report))  # noqa: S314 -- the suite wrote it


def outcomes(root: ET.Element) -> list[str]:
    return [
        next((child.tag for child in case if child.tag != "properties"), "passed")
        for case in root.iter("testcase")
    ]


def test_junit_has_a_suite_for_each_file_and_a_case_with_a_word_for_each_rule() -> None:
    root = parsed(a_report(OF_EACH_STATUS, [a_run(seconds=1.5)]))
    suites = [(suite.get("name"), suite.get("tests")) for suite in root]
    assert suites == [("features/object_naming.feature", "9"), ("features/extended/a.feature", "1")]
    case = root[0][1]
    assert (case.get("name"), case.get("classname"), case.get("line")) == (
        "KEY-02 <b>|*x*",
        "features.object_naming",
        "10",
    )
    assert {p.get("name"): p.get("value") for p in case.iter("property")} == {
        "id": "KEY-02",
        "level": "core",
        "diagram": "object_naming",
        "node": "json_extension",
        "status": "failed",
        "whenever": "file_format is json",
    }
    assert outcomes(root) == [
        *("passed", "failure", "skipped", "failure", "error"),
        *["skipped"] * 3,
        *("system-out", "skipped"),
    ]
    counted = [root.get(n) for n in ("tests", "failures", "errors", "skipped", "time")]
    assert counted == ["10", "2", "1", "5", "1.500"]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "expected a key that ends with .json; seen </pre><script>"
    assert (failure.text or "").startswith("whenever file_format is json (27 of 27 runs; 0 of 13")
    assert (root.findtext(".//system-out") or "").startswith("A recommendation that is not met: ")


def test_a_recommendation_fails_if_the_report_is_strict() -> None:
    assert outcomes(parsed(a_report([a_rule(), UNMET], strict=True))) == ["passed", "failure"]
    [warning] = annotations(a_report([a_rule(), UNMET]))
    [error] = annotations(a_report([a_rule(), UNMET], strict=True))
    assert warning.startswith("::warning title=REC-01 The name of REC-01 (recommended)::")
    assert error.startswith("::error title=REC-01 The name of REC-01 (recommended)::")


def test_runs_without_a_verdict_are_errors_though_no_rule_waits_for_them() -> None:
    report = a_report([a_rule()], [a_run(), *BROKEN])
    root = parsed(report)
    assert (root.get("errors"), root.get("failures")) == ("12", "0")
    assert annotations(report) == ["::error title=No verdict in 12 runs::it hangs: 100 %25"]
    assert "### Runs without a verdict\n\n<details><summary>12 runs<" in markdown(report)


def test_markdown_tells_what_is_wrong_and_takes_nothing_for_markup() -> None:
    text = markdown(a_report(OF_EACH_STATUS, backend="a|b"))
    assert text.startswith("## Does not conform: mine 1.2.3 on a\\|b\n")
    found = [line for line in text.splitlines() if line.startswith(("### ", "<details>"))]
    assert found == [
        "### Rules that are broken",
        "<details><summary>KEY-02 &lt;b&gt;\\|\\*x\\*</summary>",
        "<details><summary>KEY-04 The name of KEY-04</summary>",
        "### Recommendations that are not met",
        "<details><summary>REC-01 The name of REC-01 (recommended)</summary>",
        "### Known deviations",
        "<details><summary>KEY-03 The name of KEY-03</summary>",
    ]
    assert "| recommended |  | 1 |" in text
    assert "&lt;/pre&gt;&lt;script&gt;" in text
    assert "<script>" not in text
    assert "### " not in markdown(a_report([a_rule()]))


def test_annotations_are_few_and_the_most_important_come_first() -> None:
    wrong = [
        a_rule("EXT-01", FAILED, level=Level.EXTENDED),
        *(a_rule(f"KEY-{number:02}", FAILED, seen="a: b, c") for number in range(9)),
    ]
    lines = annotations(a_report(wrong, [a_run(), *BROKEN]))
    assert len(lines) == 10
    assert [line.split()[1][6:] for line in lines[:9]] == [f"KEY-{n:02}" for n in range(9)]
    assert lines[0] == (
        "::error title=KEY-00 The name of KEY-00::whenever file_format is json (27 of 27 runs; "
        "0 of 13 others)%0Aexpected a key that ends with .json%0Aseen a: b, c%0A"
        "s3-reporter-conformance verify reporter.toml -k a-json-report"
    )
    assert lines[9] == (
        "::error title=2 more::EXT-01 The name of EXT-01 (extended)%0ANo verdict in 12 runs"
    )


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
