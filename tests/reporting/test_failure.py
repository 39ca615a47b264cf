"""The text about a broken rule: one block, with the simplest run as evidence."""

import pytest
from results import a_finding, a_request, a_rule, a_run, a_verdict, a_written_rule, an_evidence

from s3_reporter_conformance.reporting.failure import diagnose, explain_rule, explain_run
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.circumstances import Difference, Nearest
from s3_reporter_conformance.verdict.runs import LogLine, RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult
from s3_reporter_conformance.words.errors import (
    AdapterError,
    BackendError,
    NotInstalledError,
    UnsupportedError,
)

DENIED = an_evidence(
    requests=(
        a_request(None, 200, method="HEAD", target="/reports"),
        a_request(1, 400, target="/a", error="<Code>\n BadDigest</Code>"),
        a_request(2, 403, target="/a", wait=0.5, fault="injected: AccessDenied"),
        a_request(3, None, target="/a", wait=0.5, headers={}),
    ),
    returned="S3 denied access",
    log=(
        LogLine(level="INFO", message="Uploading"),
        LogLine(level="ERROR", message="Permission denied"),
    ),
)


def told(rule: RuleResult, *runs: RunResult) -> str:
    return "\n".join(explain_rule(rule, runs))


def test_a_broken_rule_is_one_block() -> None:
    broken = [
        a_run(
            f"s3-denies-access-{number}",
            name="S3 denies access",
            breaks=[a_finding("LOC-02", expected="a copy\nin reports", seen="")],
            facts={"answer": "AccessDenied", "prefix": str(number)},
            evidence=DENIED,
        )
        for number in range(4)
    ]
    kept = [a_run(f"k-{n}", keeps=["LOC-02"], facts={"answer": "none"}) for n in range(2)]
    runs = (*kept, *broken)
    [rule] = a_verdict(*runs, rules=[a_written_rule("LOC-02")]).rules
    assert told(rule, *runs).splitlines() == [
        "whenever answer is AccessDenied (4 of 4 runs; 0 of 2 others)",
        "  run         s3-denies-access-0: S3 denies access",
        '  then        the object\'s key ends with ".json"',
        "  expected    a copy",
        "              in reports",
        "  seen        (nothing)",
        "  requests    0.000 s  HEAD /reports -> 200",
        "              PUT /a, 312 B",
        "              0.500 s  attempt 1             -> 400",
        "              S3 said: <Code> BadDigest</Code>",
        "              1.000 s  attempt 2  +0.500 s   -> 403 (injected: AccessDenied)",
        "              PUT /a",
        "              1.500 s  attempt 3  +0.500 s   -> connection dropped",
        "  returned    S3 denied access",
        "  logged      ERROR Permission denied",
        "  read        features/object_naming.feature, line 10",
        "              s3-reporter-conformance explain LOC-02",
        "  repeat      s3-reporter-conformance verify reporter.toml -k s3-denies-access-0",
    ]


def test_without_circumstances_the_nearest_run_tells_the_difference() -> None:
    nearest = Nearest(run="in-json", differs=(Difference("file_format", "yaml", "json"),))
    rule = a_rule(
        "KEY-01", Status.FAILED, whenever=None, broken=2, runs=("in-yaml",), nearest=nearest
    )
    lines = told(rule, a_run("in-yaml"), a_run("in-json")).splitlines()
    assert lines[0] == "in 2 of 40 runs"
    assert lines[2:4] == [
        "  kept in     in-json: In json",
        "              where file_format is json instead of yaml",
    ]


def test_what_is_peculiar_about_a_rule_is_told() -> None:
    unusual = a_rule("KEY-01", Status.FAILED, binding=Level.RECOMMENDED)
    assert "It counts as recommended, since only runs that no diagram draws" in told(unusual)
    known = a_rule("KEY-01", Status.KNOWN_DEVIATION, note="known until tomorrow")
    assert told(known).startswith("known until tomorrow\nwhenever file_format is json (27 of")
    assert told(a_rule("KEY-01", Status.UNEXPECTEDLY_PASSED, note="it holds")) == "it holds"
    assert told(a_rule("KEY-01")) == ""
    assert list(explain_run(a_run(keeps=["KEY-01"]))) == []


def test_a_run_tells_the_rules_that_it_breaks_and_its_evidence_once() -> None:
    run = a_run(breaks=["KEY-01", "LOC-02"], evidence=DENIED)
    lines = list(explain_run(run))
    assert [line for line in lines if line.startswith("breaks")] == [
        "breaks KEY-01",
        "breaks LOC-02",
    ]
    assert sum("  requests " in line for line in lines) == 1
    assert "  returned    S3 denied access" in lines


@pytest.mark.parametrize(
    ("error", "status", "problem"),
    [
        (AdapterError("it died"), Status.ADAPTER_ERROR, "the adapter: it died"),
        (BackendError("moto is gone"), Status.ADAPTER_ERROR, "the backend: moto is gone"),
        (UnsupportedError("no IAM"), Status.NOT_RUN, "no IAM"),
        (NotInstalledError("DuckDB"), Status.NOT_INSTALLED, "DuckDB"),
        (OSError(28, "No space"), Status.ADAPTER_ERROR, "the disk: "),
        (KeyError("x"), Status.ADAPTER_ERROR, "the suite itself failed, which says nothing of"),
    ],
)
def test_a_breakdown_is_no_finding(error: Exception, status: Status, problem: str) -> None:
    with pytest.raises(type(error)) as raised:
        raise error
    found, why = diagnose(raised.value)
    assert found is status
    assert why.startswith(problem)
