"""The conformance report and the forms that other tools read."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from cucumber_messages import Envelope, message_converter
from making_reports import make_report, make_requirement
from running import MUTANTS, run

from s3_reporter_conformance.errors import UsageError
from s3_reporter_conformance.reporting.formats.cucumber import messages
from s3_reporter_conformance.reporting.formats.github import annotations
from s3_reporter_conformance.reporting.formats.junit import junit
from s3_reporter_conformance.reporting.formats.markdown import markdown
from s3_reporter_conformance.reporting.report import dump, read_report
from s3_reporter_conformance.schemas import violation
from s3_reporter_conformance.spec.gherkin import all_requirements, feature_files

STATUSES = {
    "KEY_01": "passed",
    "KEY_02": "failed",
    "KEY_03": "known-deviation",
    "KEY_04": "unexpectedly-passed",
    "KEY_05": "adapter-error",
    "KEY_06": "not-run",
    "KEY_07": "not-selected",
    "EXT_NAME_01": "not-claimed",
}
SELECTED = "ERR-03 or ERR-05 or ERR-06 or FMT or EXT-SECRETS"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a reporter was verified in series and in parallel."""
    folder = tmp_path_factory.mktemp("reports")
    asked = ("verify", "python:mutants.retry:FirstRetryBelieved", "-k", SELECTED)
    declared = ("--features", "retry-options,no-secrets", "--max-retries", "2")
    files = {
        "--junitxml": "junit.xml",
        "--markdown": "summary.md",
        "--cucumber-messages": "messages.ndjson",
    }
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "step.md")}
    for name, more in (("series", ()), ("parallel", ("-n", "2"))):
        done = run(
            *(*asked, *declared, *more, "--report", f"{name}.json"),
            *(word for flag, file in files.items() for word in (flag, f"{name}-{file}")),
            folder=folder,
            environment={**MUTANTS, **github},
        )
        (folder / f"{name}.txt").write_text(done.stdout)
        assert (done.returncode, done.stderr) == (1, ""), done.stdout
    return folder


def timeless(value: Any) -> Any:
    """A report without what differs from run to run."""
    if isinstance(value, dict):
        taken = {"seconds", "wait", "seed", "started"}
        return {name: timeless(part) for name, part in value.items() if name not in taken}
    if isinstance(value, list):
        return [timeless(part) for part in value]
    return re.sub(r"\d+\.\d+ s", "... s", value) if isinstance(value, str) else value


def test_a_parallel_run_reports_what_one_in_series_does(folder: Path) -> None:
    series, parallel = (read_report(folder / f"{name}.json") for name in ("series", "parallel"))
    assert timeless(series) == timeless(parallel)
    assert series["seed"] != parallel["seed"]
    told = [
        [
            line
            for line in (folder / f"{name}.txt").read_text().splitlines()
            if f"/{len(all_requirements())} " in line
        ]
        for name in ("series", "parallel")
    ]
    assert told[0] == told[1]


def test_a_report_is_as_its_schema_says(folder: Path) -> None:
    report = json.loads((folder / "series.json").read_text())
    assert violation("report", report) == ""
    assert report["backend"].startswith("moto ")
    assert [each["id"] for each in report["requirements"]] == [r.id for r in all_requirements()]


def test_a_failure_is_told_in_full(folder: Path) -> None:
    report = read_report(folder / "series.json")
    failed = {each["id"]: each for each in report["requirements"] if each["status"] == "failed"}
    assert set(failed) == {"ERR-05"}
    found = failed["ERR-05"]
    assert (found["expected"], found["observed"]) == ("3 PutObject requests", "2")
    assert found["diverged_at"] == {"source": "backoff", "target": "retry", "number": 7}
    assert [re.sub(r"\d\.\d+ s", "... s", line) for line in found["wire"][-3:]] == [
        "PUT /reports/scans/ash-report-20261122T191623Z.json",
        "... s  attempt 1             -> 503 (injected: SlowDown)",
        "... s  attempt 2  +... s   -> 503 (injected: SlowDown)",
    ]
    assert found["repeat"] == (
        "s3-reporter-conformance verify python:mutants.retry:FirstRetryBelieved -k ERR-05 "
        "--features=retry-options,no-secrets --max-retries=2"
    )
    (example,) = found["examples"]
    assert example["sentence"] == "Then S3 sees max_retries + 1 attempts"
    puts = [r for r in example["evidence"]["requests"] if r["operation"] == "PutObject"]
    assert [(put["attempt"], put["wait"] is None) for put in puts] == [(1, True), (2, False)]
    assert puts[1]["wait"] == pytest.approx(puts[1]["seconds"] - puts[0]["seconds"], abs=0.002)
    outline = next(each for each in report["requirements"] if each["id"] == "ERR-06")
    assert [each["values"]["code"] for each in outline["examples"]][:2] == [
        "SlowDown",
        "ServiceUnavailable",
    ]


def test_what_s3_refuses_is_told_with_its_reason(tmp_path: Path) -> None:
    twice = "python:mutants.signing:PathEncodedTwice"
    run(
        *("verify", twice, "-k", "ARC-04 or KEY-06", "--report", "a.json"),
        folder=tmp_path,
        environment=MUTANTS,
    )
    report = read_report(tmp_path / "a.json")
    failed = {each["id"]: each for each in report["requirements"] if each["status"] == "failed"}
    assert set(failed) == {"ARC-04", "KEY-06"}
    reason = "SignatureDoesNotMatch: the signature is not the one for this request: the path was "
    assert failed["ARC-04"]["observed"].startswith(f"{reason}encoded twice")
    assert failed["KEY-06"]["observed"].startswith(f"none: S3 refuses the upload: {reason}")
    assert any(
        "-> 403 (refused: SignatureDoesNotMatch" in line for line in failed["KEY-06"]["wire"]
    )
    right, wrong, *_ = failed["ARC-04"]["examples"]
    assert [r["refusal"] for r in right["evidence"]["requests"]] == [None, None]
    assert wrong["evidence"]["requests"][-1]["refusal"].startswith(reason)


def test_an_object_that_nobody_can_read_is_held_against_the_reporter(tmp_path: Path) -> None:
    archived = "python:mutants.upload:DeepArchived"
    done = run("verify", archived, "-k", "ARC-03", folder=tmp_path, environment=MUTANTS)
    assert "one in the storage class DEEP_ARCHIVE, which has to be" in done.stdout
    assert done.returncode == 1


def test_what_passed_has_its_evidence_too(folder: Path) -> None:
    report = read_report(folder / "series.json")
    passed = next(each for each in report["requirements"] if each["id"] == "FMT-01")
    evidence = passed["examples"][0]["evidence"]
    (stored,) = evidence["objects"]
    assert stored["bucket"] == "reports"
    assert evidence["returned"] == f"s3://reports/{stored['key']}"
    assert stored["beginning"].startswith("{")
    assert [file["size"] for file in evidence["files"]] == [stored["size"]]


def test_a_run_is_repeated_by_its_seed(tmp_path: Path) -> None:
    names = set()
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        calls = run("call", "reference", "KEY-01", "--seed", seed, folder=tmp_path).stdout
        found = re.search(r"'(reports-[0-9a-f]{12})'", calls)
        assert found, name
        names.add((seed, found[1]))
    assert len(names) == 2


def test_credentials_are_in_nothing_that_is_written(tmp_path: Path) -> None:
    leaking = "python:mutants.errors:SecretInTheLog"
    flags = {"--report": "a.json", "--junitxml": "a.xml", "--cucumber-messages": "a.ndjson"}
    done = run(
        *("verify", leaking, "-k", "EXT-SECRETS", "--features", "no-secrets", "--markdown", "a.md"),
        *(word for pair in flags.items() for word in pair),
        folder=tmp_path,
        environment=MUTANTS,
    )
    assert done.returncode == 1
    written = [done.stdout, *(path.read_text() for path in tmp_path.glob("a.*"))]
    assert len(written) == 5
    assert "(secret access key of profile default)" in (tmp_path / "a.json").read_text()
    for text in written:
        assert not re.search(r"AKIA[A-Z2-7]{16}|\b[0-9a-f]{40}\b", text)


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
        assert "diverged at backoff --> retry" in (failure.text or "")
        counts = [root.get(name) for name in ("tests", "failures", "errors")]
        assert counts == [str(len(all_requirements())), "1", "0"]


def test_junit_has_a_word_for_each_status() -> None:
    report = make_report(**STATUSES)
    report["requirements"][1]["message"] = "a < b & c"
    root = ET.fromstring(junit(report))  # noqa: S314
    found = [
        next((child.tag for child in case if child.tag != "properties"), "passed")
        for case in root.iter("testcase")
    ]
    assert found == ["passed", "failure", "skipped", "failure", "error", *["skipped"] * 3]
    assert [root.get(name) for name in ("failures", "errors", "skipped")] == ["2", "1", "4"]
    assert root.get("time") == "4.000"


def test_the_summary_is_also_written_where_github_shows_it(folder: Path) -> None:
    summaries = [(folder / f"{name}-summary.md").read_text() for name in ("series", "parallel")]
    assert (folder / "step.md").read_text() == "".join(summaries)
    assert timeless(summaries[0]) == timeless(summaries[1])
    assert summaries[0].startswith("## Does not conform: python:mutants.retry:FirstRetryBelieved")
    assert "| error handling | 2 | 1 | 21 |" in summaries[0]
    assert "<summary>failed: ERR-05 Throttled on every attempt</summary>" in summaries[0]


def test_markdown_takes_nothing_for_markup() -> None:
    report = make_report(**STATUSES)
    report["reporter"]["name"] = "<b>|*x*"
    report["requirements"][1]["message"] = "</pre><script>"
    text = markdown(report)
    assert text.startswith("## Does not conform: &lt;b&gt;\\|\\*x\\* on moto 5\n")
    assert "<pre>&lt;/pre&gt;&lt;script&gt;</pre>" in text


def test_annotations_are_few_and_the_most_important_come_first(folder: Path) -> None:
    told = [line for line in (folder / "series.txt").read_text().splitlines() if "::" in line]
    assert [line[:54] for line in told] == [
        "::error title=ERR-05 Throttled on every attempt::expec"
    ]
    report = make_report()
    report["requirements"] = [
        make_requirement("KEY-50", "adapter-error", observed="it\nhangs: 100 %"),
        make_requirement("EXT-NAME-50", "failed", expected="a", observed="b"),
        *(make_requirement(f"KEY-{number:02}", "failed") for number in range(9)),
        make_requirement("KEY-51", "passed"),
    ]
    lines = annotations(report)
    assert len(lines) == 10
    assert [line.split()[1][6:] for line in lines[:9]] == [f"KEY-{n:02}" for n in range(9)]
    assert lines[9] == "::error title=2 requirements more::EXT-NAME-50, KEY-50"
    report["requirements"] = report["requirements"][:3]
    assert annotations(report)[2] == (
        "::error title=KEY-50 x::it%0Ahangs: 100 %25%0A"
        "s3-reporter-conformance verify mine -k KEY-50"
    )


def test_what_could_not_be_asked_for_one_reason_is_told_once() -> None:
    report = make_report(KEY_01="passed")
    report["requirements"] = [
        make_requirement(f"KEY-{number:02}", "adapter-error", observed="gone", message=str(number))
        for number in range(40)
    ]
    assert annotations(report) == [
        "::error title=KEY-00 x and 39 more::gone%0As3-reporter-conformance verify mine -k KEY-00"
    ]
    assert markdown(report).count("<details><summary>broken: KEY-00 x and 39 more<") == 1


def envelopes(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_cucumber_messages_are_what_the_library_reads(folder: Path) -> None:
    found = {
        name: (folder / f"{name}-messages.ndjson").read_text() for name in ("series", "parallel")
    }
    for each in envelopes(found["series"]):
        assert message_converter.to_dict(message_converter.from_dict(each, Envelope)) == each
    steps = [
        [
            each["testStepFinished"]["testStepResult"]["status"]
            for each in envelopes(text)
            if "testStepFinished" in each
        ]
        for text in found.values()
    ]
    assert steps[0] == steps[1]
    pickles = [each for each in envelopes(found["series"]) if "pickle" in each]
    assert len(pickles) == sum(r.examples for r in all_requirements())
    times = [
        (at["seconds"], at["nanos"])
        for each in envelopes(found["series"])
        for part in each.values()
        if isinstance(part, dict) and (at := part.get("timestamp"))
    ]
    assert all(earlier <= later for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    ("status", "sentence", "steps", "success"),
    [
        ("passed", "", ["PASSED"] * 7, True),
        (
            "failed",
            'And the object\'s key ends with ".json"',
            ["PASSED"] * 6 + ["FAILED"],
            False,
        ),
        (
            "known-deviation",
            'Then the object\'s key begins with "scans/ash-report-"',
            ["PASSED"] * 4 + ["PENDING"],
            True,
        ),
        ("unexpectedly-passed", "", ["PASSED"] * 6 + ["FAILED"], False),
        ("adapter-error", "When ASH Core runs the reporter", ["PASSED"] * 3 + ["FAILED"], False),
        ("adapter-error", "", ["FAILED"], False),
        ("not-run", "", ["SKIPPED"], True),
        ("not-claimed", "", ["SKIPPED"], True),
        ("not-selected", None, ["SKIPPED"], True),
        ("adapter-error", None, ["FAILED"], False),
    ],
)
def test_the_steps_of_an_example_in_cucumber_messages(
    status: str, sentence: str | None, steps: list[str], success: bool
) -> None:
    ended = {"known-deviation": "failed", "unexpectedly-passed": "passed"}.get(status, status)
    example = {"number": 1, "status": ended, "sentence": sentence, "seconds": 0.25}
    report = make_report(KEY_01=status)
    report["requirements"][0]["examples"] = [] if sentence is None else [example]
    found = envelopes(messages(report))
    pickle = next(
        each["pickle"]
        for each in found
        if "pickle" in each and each["pickle"]["name"] == "The key of a JSON report"
    )
    results = [each["testStepFinished"] for each in found if "testStepFinished" in each]
    expected = [*steps, *["SKIPPED"] * (len(pickle["steps"]) - len(steps))]
    assert [each["testStepResult"]["status"] for each in results] == expected
    assert found[-1]["testRunFinished"]["success"] is success


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema_version": 2}, "is a report of version 2; expected version 1"),
        ({"schema_version": None}, "is a report of version None"),
        ({"requirements": []}, "requirements"),
        ({"summary": {}}, "summary"),
        ({"more": 1}, "'more' was unexpected"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(dump(make_report(**STATUSES)))
    assert read_report(path) == make_report(**STATUSES)
    path.write_text(dump({**make_report(**STATUSES), **change}))
    with pytest.raises(UsageError, match=words):
        read_report(path)
