"""The forms of a report that other tools read."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from making_reports import make_report, make_requirement

from s3_reporter_conformance.reporting.formats.github import annotations
from s3_reporter_conformance.reporting.formats.junit import junit
from s3_reporter_conformance.reporting.formats.markdown import markdown
from s3_reporter_conformance.spec.features import feature_files
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.status import Status

OF_EACH_STATUS = (
    make_requirement("KEY-01", Status.PASSED),
    make_requirement("KEY-02", Status.FAILED),
    make_requirement("KEY-03", Status.KNOWN_DEVIATION),
    make_requirement("KEY-04", Status.UNEXPECTEDLY_PASSED),
    make_requirement("KEY-05", Status.ADAPTER_ERROR),
    make_requirement("KEY-06", Status.NOT_RUN),
    make_requirement("KEY-07", Status.NOT_SELECTED),
    make_requirement("EXT-NAME-01", Status.NOT_CLAIMED),
)


def test_junit_points_at_the_features(folder: Path) -> None:
    for name in ("series", "parallel"):
        root = ET.fromstring((folder / f"{name}-junit.xml").read_text())  # noqa: S314
        cases = {case.get("name", ""): case for case in root.iter("testcase")}
        assert len(cases) == len(all_requirements())
        texts = {f"features/{path.name}": path for path in feature_files()}
        texts |= {f"features/extended/{path.name}": path for path in feature_files()}
        for case in cases.values():
            lines = texts[case.get("file", "")].read_text().splitlines()
            requirement, _, said = case.get("name", "").partition(" ")
            line = lines[int(case.get("line", 0)) - 1]
            assert line.endswith(f": {said}") or line.strip().startswith(f"| {requirement} ")
        failed = cases["ERR-05 Throttled on every attempt"]
        assert {p.get("name"): p.get("value") for p in failed.iter("property")} == {
            "id": "ERR-05",
            "level": "core",
            "diagram": "error_handling",
            "path": "retries-exhausted",
            "status": "failed",
        }
        failure = failed.find("failure")
        assert failure is not None
        assert failure.get("message") == "expected 3 PutObject requests; seen 2"
        assert "diverged at retry_successful - No -> max_reached" in (failure.text or "")
        counts = [root.get(name) for name in ("tests", "failures", "errors")]
        assert counts == [str(len(all_requirements())), "1", "0"]


def test_junit_has_a_word_for_each_status() -> None:
    told = make_requirement("KEY-08", Status.FAILED, message="a < b & c")
    root = ET.fromstring(junit(make_report(told, *OF_EACH_STATUS)))  # noqa: S314
    found = [
        next((child.tag for child in case if child.tag != "properties"), "passed")
        for case in root.iter("testcase")
    ]
    assert found == [
        "failure",
        "passed",
        "failure",
        "skipped",
        "failure",
        "error",
        *["skipped"] * 3,
    ]
    assert [root.get(name) for name in ("failures", "errors", "skipped")] == ["3", "1", "4"]
    assert root.get("time") == "4.500"
    assert root.findtext(".//failure") == "a < b & c"


def without_times(text: str) -> str:
    return re.sub(r"\d+\.\d+ s", "... s", text)


def test_the_summary_is_also_written_where_github_shows_it(folder: Path) -> None:
    summaries = [(folder / f"{name}-summary.md").read_text() for name in ("series", "parallel")]
    assert (folder / "step.md").read_text() == "".join(summaries)
    assert without_times(summaries[0]) == without_times(summaries[1])
    assert summaries[0].startswith("## Does not conform: python:mutants.retry:FirstRetryBelieved")
    of_errors = sum(each.area == "error_handling" for each in all_requirements())
    assert f"| error handling | 2 | 1 | {of_errors - 3} |" in summaries[0]
    assert "<summary>failed: ERR-05 Throttled on every attempt</summary>" in summaries[0]


def test_markdown_takes_nothing_for_markup() -> None:
    told = make_requirement("KEY-02", Status.FAILED, message="</pre><script>")
    text = markdown(make_report(told, name="<b>|*x*"))
    assert text.startswith("## Does not conform: &lt;b&gt;\\|\\*x\\* on moto 5\n")
    assert "<pre>&lt;/pre&gt;&lt;script&gt;</pre>" in text


def test_annotations_are_few_and_the_most_important_come_first(folder: Path) -> None:
    told = [line for line in (folder / "series.txt").read_text().splitlines() if "::error" in line]
    assert [line[:54] for line in told] == [
        "::error title=ERR-05 Throttled on every attempt::expec"
    ]
    wrong = [
        make_requirement("KEY-50", Status.ADAPTER_ERROR, observed="it\nhangs: 100 %"),
        make_requirement("EXT-NAME-50", Status.FAILED, expected="a", observed="b"),
        *(make_requirement(f"KEY-{number:02}", Status.FAILED) for number in range(9)),
    ]
    lines = annotations(make_report(*wrong, KEY_51=Status.PASSED))
    assert len(lines) == 10
    assert [line.split()[1][6:] for line in lines[:9]] == [f"KEY-{n:02}" for n in range(9)]
    assert lines[9] == "::error title=2 requirements more::EXT-NAME-50, KEY-50"
    assert annotations(make_report(*wrong[:3]))[2] == (
        "::error title=KEY-50 x::it%0Ahangs: 100 %25%0A"
        "s3-reporter-conformance verify mine -k KEY-50"
    )


def test_what_could_not_be_asked_for_one_reason_is_told_once() -> None:
    gone = [
        make_requirement(f"KEY-{n:02}", Status.ADAPTER_ERROR, observed="gone", message=str(n))
        for n in range(40)
    ]
    report = make_report(*gone)
    assert annotations(report) == [
        "::error title=KEY-00 x and 39 more::gone%0As3-reporter-conformance verify mine -k KEY-00"
    ]
    assert markdown(report).count("<details><summary>adapter error: KEY-00 x and 39 more<") == 1
