"""The forms of a report that other tools read."""

import json
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
CIRCUMSTANCES = (
    "whenever file_format is json (27 of 27 runs; 0 of 13 others)%0A"
    "expected a key that ends with .json%0Aseen "
)
SEEN = "scans/ash-report-2026-01-15T10:30:00Z"
REPEAT = "s3-reporter-conformance verify reporter.toml -k a-json-report"


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


def test_runs_without_a_verdict_are_errors_though_no_rule_waits_for_them() -> None:
    report = a_report([a_rule()], [a_run(), *BROKEN])
    root = parsed(report)
    assert (root.get("errors"), root.get("failures")) == ("12", "0")
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


def test_annotations_tell_the_most_important_first() -> None:
    wrong = [a_rule("EXT-01", FAILED, level=Level.EXTENDED), a_rule("KEY-01", FAILED, seen="a: %")]
    assert annotations(a_report([*wrong, UNMET], [a_run(), *BROKEN])) == [
        f"::{kind} title={title}::{CIRCUMSTANCES}{seen}%0A{REPEAT}" if seen else f"::{kind} {title}"
        for kind, title, seen in (
            ("error", "KEY-01 The name of KEY-01", "a: %25"),
            ("error", "EXT-01 The name of EXT-01 (extended)", SEEN),
            ("error", "title=No verdict in 12 runs::it hangs: 100 %25", ""),
            ("warning", "REC-01 The name of REC-01 (recommended)", SEEN),
        )
    ]


def test_a_recommendation_fails_if_the_report_is_strict() -> None:
    strict = a_report([a_rule(), UNMET], strict=True)
    assert outcomes(parsed(strict)) == ["passed", "failure"]
    assert annotations(strict)[0].startswith("::error title=REC-01 ")


def badge_of(
    status: Status, recommended: Status = PASSED, *, strict: bool = False
) -> tuple[str, str]:
    """The message and the color of the badge of a reporter with two core rules."""
    rules = [
        a_rule("KEY-01"),
        a_rule("KEY-02", status),
        a_rule("REC-01", recommended, level=Level.RECOMMENDED),
        a_rule("EXT-01", Status.NOT_CLAIMED, level=Level.EXTENDED),
    ]
    broken = [a_run("broken", status=status)] if status is Status.ADAPTER_ERROR else []
    report = a_report(rules, [a_run(), *broken], strict=strict)
    badge = json.loads(badge_json(report))
    message, color = badge.pop("message"), badge.pop("color")
    assert badge == {"schemaVersion": 1, "label": "S3 reporter"}
    drawn = ET.fromstring(badge_svg(report))  # noqa: S314 -- the suite wrote it
    assert drawn.findtext("{*}text") == drawn.get("aria-label") == f"S3 reporter: {message}"
    assert [each.get("fill") for each in drawn.findall("{*}rect")] == [f"#{color}"]
    return message.removesuffix(", 2026-11-22"), color


def test_each_verdict_has_its_words_and_its_color() -> None:
    green, yellow, red, gray = "2a7d2e", "8f6400", "b3261e", "666666"
    assert badge_of(PASSED) == ("conforms, 2 of 2", green)
    assert badge_of(PASSED, FAILED) == ("conforms, 2 of 2, 1 recommendation not met", green)
    assert badge_of(Status.NOT_SELECTED) == ("partial, 1 of 2", yellow)
    assert badge_of(Status.KNOWN_DEVIATION) == ("deviates as known, 1 of 2", yellow)
    assert badge_of(FAILED) == ("does not conform, 1 of 2", red)
    assert badge_of(Status.UNEXPECTEDLY_PASSED) == ("does not conform, 1 of 2", red)
    assert badge_of(PASSED, FAILED, strict=True) == ("does not conform (strict), 2 of 3", red)
    assert badge_of(Status.ADAPTER_ERROR) == ("no verdict, 1 of 2", gray)


def test_the_form_of_a_badge_follows_from_the_ending(tmp_path: Path) -> None:
    report = a_report(reporter=a_reporter(name='</title><script>"&'))
    for name, text in (("badge.json", badge_json(report)), ("badge.svg", badge_svg(report))):
        Outputs(badge=tmp_path / name).write(report)
        assert (tmp_path / name).read_text() == text
    with pytest.raises(UsageError, match=r"the name has to end in \.json or \.svg"):
        Outputs(badge=Path("badge.png")).check()
