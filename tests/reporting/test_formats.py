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
BROKEN = a_run("broken", status=Status.ADAPTER_ERROR, problem="it hangs: 100 %")
OF_EACH_STATUS = (
    *(a_rule(f"KEY-0{number}", status) for number, status in enumerate(Status)),
    a_rule("KEY-99", FAILED, seen="</pre><script>", name="<b>|*x*"),
    UNMET,
    a_rule("EXT-01", FAILED, level=Level.EXTENDED, file="features/extended/a.feature"),
)
CIRCUMSTANCES = "whenever file_format is json (27 of 27 runs; 0 of 13 others)"
REPEAT = "s3-reporter-conformance verify reporter.toml -k a-json-report"


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(junit(report))  # noqa: S314 -- the suite wrote it


def test_junit_has_a_suite_for_each_file_and_a_case_with_a_word_for_each_rule() -> None:
    root = parsed(a_report(OF_EACH_STATUS, [a_run(seconds=1.5), BROKEN]))
    files = ("features/object_naming.feature", "features/extended/a.feature")
    assert [suite.get("name") for suite in root] == [*files, "runs without a verdict"]
    counted = {"tests": "15", "failures": "4", "errors": "2", "skipped": "7", "time": "2.000"}
    assert root.attrib == {"name": "S3 reporter mine", **counted}
    assert [case[1].tag if case[1:] else "passed" for case in root[0]] == [
        *("passed", "failure", "skipped", "failure", "error", *["skipped"] * 6),
        *("failure", "system-out"),
    ]
    [case] = root[1]
    assert case.get("classname") == "features.extended.a"
    assert {p.get("name"): p.get("value") for p in case.iter("property")} == {
        "id": "EXT-01",
        "level": "extended",
        "feature": "retry-options",
        "diagram": "object_naming",
        "node": "json_extension",
        "status": "failed",
        "whenever": "file_format is json",
    }
    failure = case[1]
    assert (failure.get("message") or "").startswith("expected a key that ends with .json; seen ")
    assert (failure.text or "").startswith(f"{CIRCUMSTANCES}\n")
    assert (root.findtext(".//system-out") or "").startswith("A recommendation that is not met: ")


def test_markdown_tells_what_is_wrong_and_takes_nothing_for_markup() -> None:
    text = markdown(a_report(OF_EACH_STATUS, [BROKEN], backend="a|b"))
    assert text.startswith("## Does not conform: mine 1.2.3 on a\\|b\n")
    titles = [line for line in text.splitlines() if line.startswith(("### ", "<details>"))]
    assert [re.sub(r"<details><summary>(\S+) .*", r"\1", title) for title in titles] == [
        *("### Rules that are broken", "KEY-01", "KEY-99", "KEY-03", "EXT-01"),
        *("### Recommendations that are not met", "REC-01"),
        *("### Known deviations", "KEY-02"),
        *("### Runs without a verdict", "1"),
    ]
    assert "<summary>KEY-99 &lt;b&gt;\\|\\*x\\*</summary>" in text
    assert "| recommended |  | 1 |" in text
    assert "&lt;/pre&gt;&lt;script&gt;" in text
    assert "### " not in markdown(a_report([a_rule()]))


def test_annotations_tell_the_most_important_first() -> None:
    wrong = [OF_EACH_STATUS[-1], a_rule("KEY-01", FAILED, seen="a: %")]
    first, *others = annotations(a_report([*wrong, UNMET], [a_run(), BROKEN]))
    assert first == (
        f"::error title=KEY-01 The name of KEY-01::{CIRCUMSTANCES}%0A"
        f"expected a key that ends with .json%0Aseen a: %25%0A{REPEAT}"
    )
    assert [line.partition("::whenever")[0] for line in others] == [
        "::error title=EXT-01 The name of EXT-01 (extended)",
        "::error title=No verdict in 1 run::it hangs: 100 %25",
        "::warning title=REC-01 The name of REC-01 (recommended)",
    ]


def test_annotations_point_at_the_line_of_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    (tmp_path / "a,b").mkdir()
    manifest = tmp_path / "a,b" / "mine.toml"
    manifest.write_text('name = "mine"\nadapter = "command:mine"\n')
    [line] = annotations(a_report([UNMET]), str(manifest))
    assert line.startswith("::warning file=a%2Cb/mine.toml,line=2,title=REC-01 ")


def test_a_recommendation_fails_if_the_report_is_strict() -> None:
    strict = a_report([UNMET], strict=True)
    assert parsed(strict).get("failures") == "1"
    assert annotations(strict)[0].startswith("::error title=REC-01 ")


def badge_of(status: Status, recommended: Status = PASSED, *, strict: bool = False) -> list[str]:
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
    return [message.removesuffix(", 2026-11-22"), color]


def test_each_verdict_has_its_words_and_its_color() -> None:
    green, yellow, red, gray = "2a7d2e", "8f6400", "b3261e", "666666"
    assert badge_of(PASSED) == ["conforms, 2 of 2", green]
    assert badge_of(PASSED, FAILED) == ["conforms, 2 of 2, 1 recommendation not met", green]
    assert badge_of(Status.NOT_SELECTED) == ["partial, 1 of 2", yellow]
    assert badge_of(Status.KNOWN_DEVIATION) == ["deviates as known, 1 of 2", yellow]
    assert badge_of(FAILED) == ["does not conform, 1 of 2", red]
    assert badge_of(Status.UNEXPECTEDLY_PASSED) == ["does not conform, 1 of 2", red]
    assert badge_of(PASSED, FAILED, strict=True) == ["does not conform (strict), 2 of 3", red]
    assert badge_of(Status.ADAPTER_ERROR) == ["no verdict, 1 of 2", gray]


def test_the_form_of_a_badge_follows_from_the_ending(tmp_path: Path) -> None:
    report = a_report(reporter=a_reporter(name='</title><script>"&'))
    for name, text in (("badge.json", badge_json(report)), ("badge.svg", badge_svg(report))):
        Outputs(badge=tmp_path / name).write(report)
        assert (tmp_path / name).read_text() == text
    with pytest.raises(UsageError, match=r"the name has to end in \.json or \.svg"):
        Outputs(badge=Path("badge.png")).check({})
