"""The output of `verify`: what fails comes last, in one block for each rule, with its evidence."""

import re

import click
import pytest
from results import (
    a_finding,
    a_request,
    a_rule,
    a_run,
    a_verdict,
    a_written_rule,
    an_evidence,
    command,
)

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.reporting.console import Console
from s3_reporter_conformance.reporting.failure import diagnose, explain_rule, explain_run
from s3_reporter_conformance.reporting.outputs import Detail
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.report import RunInfo
from s3_reporter_conformance.verdict.runs import LogLine, RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult, Verdict
from s3_reporter_conformance.words.errors import (
    AdapterError,
    BackendError,
    NotInstalledError,
    UnsupportedError,
)

BAD_DIGEST = "<?xml?><Code>\n BadDigest</Code><Message>It is bad.</Message><Id/>"
DENIED = an_evidence(
    requests=(
        a_request(None, 200, method="HEAD", target="/reports"),
        a_request(1, 400, target="/a", error=BAD_DIGEST),
        a_request(2, 403, target="/a", wait=0.5, fault="injected: AccessDenied"),
        a_request(3, None, target="/a", wait=0.5, headers={}),
    ),
    returned="S3 denied access",
    log=(
        LogLine(level="INFO", message="Uploading"),
        LogLine(level="ERROR", message="Permission denied"),
    ),
)
RUNS = (
    a_run("kept", keeps=["LOC-02"], facts={"answer": "none"}),
    *(
        a_run(
            f"denied-{number}",
            breaks=[a_finding("LOC-02", expected="a copy\nin reports", seen=""), *unmet],
            facts={"answer": "AccessDenied", "prefix": str(number)},
            evidence=DENIED,
        )
        for number, unmet in enumerate([["REC-01"], []])
    ),
    a_run("policies", status=Status.NOT_RUN, problem="not run: it enforces no IAM"),
    *(
        a_run(
            f"run-{number}",
            status=Status.ADAPTER_ERROR,
            problem=f"it hung for {number + 0.5} s",
            evidence=an_evidence(
                requests=(a_request(None, 200, method="HEAD", target="/reports"),)
            ),
        )
        for number in range(2)
    ),
)
RULES = (
    a_rule("KEY-01"),
    a_rule("REC-01", Status.FAILED, level=Level.RECOMMENDED, runs=()),
    a_rule("EXT-01", Status.FAILED, level=Level.EXTENDED, runs=()),
    *a_verdict(*RUNS, rules=[a_written_rule("LOC-02")]).rules,
    a_rule("LOC-03", Status.KNOWN_DEVIATION, note="known until tomorrow: hard"),
    a_rule("LOC-04", Status.NOT_JUDGED, note="no run could judge it"),
    a_rule("EXT-02", Status.NOT_CLAIMED, level=Level.EXTENDED),
)
VERBOSE = """\
reporter  mine
backend   moto
features  none declared
pass  kept
FAIL  denied-0, breaks LOC-02, REC-01
FAIL  denied-1, breaks LOC-02
skip  policies
ERROR run-0
ERROR run-1

Other rules
pass  KEY-01 The name of KEY-01 (40 runs)
known LOC-03 The name of LOC-03 (broken in 27 of 40 runs): known until tomorrow:
      hard
-     EXT-02 The name of EXT-02 (extended)

Rules that are broken
FAIL  LOC-02 The name of LOC-02
  in 2 of 3 runs: denied-0, denied-1
    expected    a copy
                in reports
    seen        (nothing)
    requests    0.000 s  HEAD /reports -> 200
                PUT /a, 312 B
                attempt 1  0.500 s    -> 400
                S3 said: BadDigest: It is bad.
                attempt 2  +0.500 s   -> 403 (injected: AccessDenied)
                PUT /a
                attempt 3  +0.500 s   -> connection dropped
    returned    S3 denied access
    logged      ERROR Permission denied
    then        the object's key ends with ".json"
    read        features/object_naming.feature, line 10
                s3-reporter-conformance explain LOC-02
    repeat      s3-reporter-conformance verify reporter.toml -k denied-0

FAIL  EXT-01 The name of EXT-01 (extended)

Recommendations that are not met
FAIL  REC-01 The name of REC-01 (recommended)

Runs without a verdict
  it hung for 0.5 s
    requests    0.000 s  HEAD /reports -> 200
    in          2 runs: run-0, run-1
    see         s3-reporter-conformance call reporter.toml run-0

Runs that were not made
  not run: it enforces no IAM
    in          1 run: policies

Rules that could not be judged
  In no run did they apply, or a rule that comes before them was broken: LOC-04

Summary
  ran on moto 5.2.5
  took 2.0 s
  core         4 rules: 1 passed, 1 failed, 1 known deviation, 1 not judged
  recommended  1 rule: 1 failed
  extended     2 rules: 1 failed, 1 not claimed
               6 runs: 1 passed, 2 failed, 2 adapter errors, 1 not run

Does not conform: it breaks LOC-02, EXT-01; no verdict in 2 runs. 1
recommendation is not met: REC-01

Next
  the rule        s3-reporter-conformance explain LOC-02
  the call        s3-reporter-conformance call reporter.toml denied-0
  after a change  s3-reporter-conformance verify reporter.toml --last-failed"""


def painted(
    *rules: RuleResult,
    runs: tuple[RunResult, ...] = RUNS,
    detail: Detail = Detail(),
    strict: bool = False,
    aborted: str = "",
) -> str:
    """The output of a whole run."""
    told: list[str] = []
    console = Console(told.append, command, detail)
    console.start(Manifest("mine", "command:mine"), "moto")
    console.selected(len(runs))
    for run in runs:
        console.ran(run)
    verdict = Verdict(rules, runs, strict=strict)
    console.summary(verdict, RunInfo("1", "moto 5.2.5", aborted), 2.0)
    return "\n".join(told)


def test_what_fails_comes_last_and_the_end_concludes() -> None:
    text = painted(*RULES, detail=Detail(verbose=True))
    assert "\x1b[31m\x1b[1mFAIL \x1b[0m LOC-02" in text
    assert "    \x1b[31m\x1b[1mseen        \x1b[0m(nothing)\n" in text
    assert click.unstyle(text) == VERBOSE


def test_strict_tells_of_recommendations_among_what_is_broken() -> None:
    lines = click.unstyle(painted(*RULES, strict=True)).splitlines()
    assert "Recommendations that are not met" not in lines
    failed = [line.split()[1] for line in lines if line.startswith("FAIL  ") and "The" in line]
    assert failed == ["LOC-02", "EXT-01", "REC-01"]


def test_a_fault_is_a_block_without_paths_or_on_request_a_line() -> None:
    usual = click.unstyle(painted(*RULES))
    quiet = click.unstyle(painted(*RULES, detail=Detail(quiet=True)))
    for hidden in ("KEY-01", "EXT-02", "features/", "    then "):
        assert hidden not in usual
    for shown in ("known LOC-03", "    expected    a copy\n"):
        assert shown in usual
    for hidden in ("KEY-01", "Summary", "  seen "):
        assert hidden not in quiet
    assert "\nFAIL  LOC-02 The name of LOC-02: in 2 of 3 runs\n" in quiet
    assert "LOC-03" in quiet


def test_much_of_a_kind_is_counted_or_cut() -> None:
    requests = tuple(a_request(n, 503, target="/a") for n in range(1, 21))
    log = [LogLine(level="ERROR", message=f"{n}\n" * 20) for n in range(1, 21)]
    seen = an_evidence(requests=requests, log=tuple(log), returned="[red]no[/red] [1]" * 100)
    run = a_run(breaks=[a_finding("LOC-02", seen="x" * 1000)], evidence=seen)
    [rule] = a_verdict(run, rules=[a_written_rule("LOC-02")]).rules
    told = "\n".join(explain_rule(rule, [run]))
    assert (told.count(" attempt "), told.count("... 14 more\n")) == (6, 1)
    assert "attempt 20 " in told
    assert (told.count("  logged "), told.count("... 17 more\n")) == (4, 1)
    assert len(re.findall(r" \.\.\.$", told, re.MULTILINE)) == 5
    whole = "\n".join(explain_rule(rule, [run], verbose=True))
    assert "x" * 1000 in whole
    assert whole.count("  logged ") == 20


def test_what_a_program_printed_is_its_log() -> None:
    seen = an_evidence(log=(), stderr="INFO begun\nERROR refused\n  by S3\n")
    run = a_run(breaks=[a_finding("LOC-02")], evidence=seen)
    [rule] = a_verdict(run, rules=[a_written_rule("LOC-02")]).rules
    told = "\n".join(explain_rule(rule, [run]))
    assert "  logged      ERROR refused\n" in told
    assert "begun" not in told


def test_what_two_rules_say_of_one_run_is_told_once() -> None:
    why = "SignatureDoesNotMatch: S3's canonical request is x"
    requests = tuple(a_request(n, 403, target="/a", refusal=why) for n in (1, 2))
    refused = a_finding("ARC-01", seen=f"a request: {why}")
    run = a_run(breaks=[refused, "KEY-01"], evidence=an_evidence(requests=requests))
    rules = [a_written_rule("ARC-01"), a_written_rule("KEY-01")]
    text = painted(*a_verdict(run, rules=rules).rules, runs=(run,))
    assert (text.count(why), text.count("(refused: as above)"), text.count("  returned ")) == (
        1,
        2,
        1,
    )
    assert "    requests    as for ARC-01: it is the same run\n" in text


def test_what_keeps_other_rules_from_judging_says_so() -> None:
    run = a_run(breaks=["SEQ-01"], evidence=an_evidence(requests=()))
    first = a_verdict(run, rules=[a_written_rule("SEQ-01")]).rules
    text = painted(*first, a_rule("KEY-01", Status.NOT_JUDGED), runs=(run,))
    assert "  which may be why 1 other rule could not be judged: fix this first\n" in text


def test_where_nothing_was_asked_the_reason_is_told_and_no_rule() -> None:
    runs = (a_run("a", status=Status.ADAPTER_ERROR, problem="did not run: no moto"),)
    text = painted(a_rule(status=Status.ADAPTER_ERROR), runs=runs, aborted="no moto")
    assert "did not run" not in text
    assert "KEY-01" not in text
    assert "The run ended early: no moto" in click.unstyle(text).splitlines()


def test_what_is_peculiar_about_a_rule_is_told() -> None:
    def told(rule: RuleResult) -> str:
        return "\n".join(explain_rule(rule, ()))

    unusual = a_rule("KEY-01", Status.FAILED, binding=Level.RECOMMENDED)
    assert "It counts as recommended: no diagram draws the runs that break it." in told(unusual)
    alone = (a_run(unusual=True), a_run("other", status=Status.NOT_SELECTED))
    hint = "No run that a diagram draws was asked: if one keeps it"
    for runs, is_told in ((alone, True), (alone[:1], True), ((a_run(), *alone[1:]), False)):
        assert (hint in "\n".join(explain_rule(a_rule("KEY-01", Status.FAILED), runs))) is is_told
    assert "1 failed; 1 in unusual runs alone, which do not decide" in painted(unusual)
    assert "1 in unusual runs alone\n" in painted(unusual, strict=True)
    unsure = a_rule("KEY-01", Status.NOT_CERTAIN, judged=1, note="1 of 2 runs")
    assert "The name of KEY-01: 1 of 2 runs\n" in painted(unsure)
    known = a_rule("KEY-01", Status.KNOWN_DEVIATION, note="known until tomorrow")
    assert told(known).startswith("known until tomorrow\nwhenever file_format is json (27 of")
    assert told(a_rule("KEY-01", Status.UNEXPECTEDLY_PASSED, note="it holds")) == "it holds"
    assert told(a_rule("KEY-01")) == ""
    assert list(explain_run(a_run(keeps=["KEY-01"]))) == []


def test_a_run_tells_the_rules_that_it_breaks_and_its_evidence_once() -> None:
    run = a_run(breaks=["KEY-01", "LOC-02"], evidence=DENIED)
    found = re.findall("breaks .*|  requests|  returned .*", "\n".join(explain_run(run)))
    assert found == [
        *("breaks KEY-01", "breaks LOC-02"),
        *("  requests", "  returned    S3 denied access"),
    ]


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


def test_a_log_is_told_now_and_then_how_far_the_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("s3_reporter_conformance.reporting.console._TOLD_EVERY", 0)
    printed: list[str] = []
    for detail in (Detail(), Detail(quiet=True)):
        console = Console(printed.append, command, detail)
        console.selected(2)
        console.ran(a_run())
        console.ticked()
    assert printed == ["1 run made in 0 minutes"]
