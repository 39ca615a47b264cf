"""The output of `verify`: what fails comes last, in one block for each rule."""

import re
from dataclasses import replace

import click
from results import a_rule, a_run, command

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.reporting.console import Console
from s3_reporter_conformance.reporting.outputs import Detail
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.report import RunInfo
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult, Verdict

RULES = (
    a_rule("KEY-01"),
    a_rule("REC-01", Status.FAILED, level=Level.RECOMMENDED),
    a_rule("EXT-01", Status.FAILED, level=Level.EXTENDED),
    a_rule("LOC-02", Status.FAILED, seen=""),
    a_rule("LOC-03", Status.KNOWN_DEVIATION, note="known until tomorrow: hard"),
    a_rule("LOC-04", Status.NOT_JUDGED, note="no run could judge it"),
    a_rule("LOC-05", Status.NOT_JUDGED),
    a_rule("EXT-02", Status.NOT_CLAIMED, level=Level.EXTENDED),
)
NO_DETAIL = Detail()


def painted(
    *rules: RuleResult,
    runs: tuple[RunResult, ...] = (a_run(seconds=1.0),),
    detail: Detail = NO_DETAIL,
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


def heads(text: str) -> list[str]:
    """The lines that begin with a status, and the titles."""
    labels = "|".join(re.escape(status.label) for status in Status)
    lines = click.unstyle(text).splitlines()
    found = [line for line in lines if re.match(rf"({labels})\s+[A-Z]|Rules|Other|Recomm", line)]
    return [" ".join(line.split()) for line in found]


def test_what_fails_comes_last_and_recommendations_have_a_section_of_their_own() -> None:
    assert heads(painted(*RULES)) == [
        "Rules that are not broken",
        "pass KEY-01 The name of KEY-01 (40 runs)",
        "known LOC-03 The name of LOC-03 (40 runs): known until tomorrow: hard",
        "Rules that are broken",
        "FAIL LOC-02 The name of LOC-02",
        "FAIL EXT-01 The name of EXT-01 (extended)",
        "Recommendations that are not met",
        "FAIL REC-01 The name of REC-01 (recommended)",
        "Rules that could not be judged",
    ]
    assert heads(painted(*RULES, strict=True))[3:7] == [
        "Rules that are broken",
        "FAIL LOC-02 The name of LOC-02",
        "FAIL REC-01 The name of REC-01 (recommended)",
        "FAIL EXT-01 The name of EXT-01 (extended)",
    ]


def test_how_much_is_told() -> None:
    for detail, shown, hidden in (
        (Detail(), {"KEY-01"}, {"EXT-02"}),
        (Detail(quiet=True), {"LOC-03"}, {"KEY-01", "EXT-02"}),
        (Detail(verbose=True), {"KEY-01", "EXT-02"}, set()),
    ):
        told = {line.split()[1] for line in heads(painted(*RULES, detail=detail))}
        assert shown <= told
        assert not hidden & told


def test_the_end_sums_up_and_concludes() -> None:
    text = painted(*RULES)
    assert "\x1b[31m\x1b[1mFAIL \x1b[0m LOC-02" in text
    assert "    \x1b[31m\x1b[1mseen        \x1b[0m(nothing)\n" in text
    lines = click.unstyle(text).splitlines()
    assert lines.count("  whenever file_format is json (27 of 27 runs; 0 of 13 others)") == 3
    assert len([line for line in lines if line.startswith("    repeat ")]) == 3
    assert lines[-11:] == [
        "  LOC-04, LOC-05",
        "",
        "Summary",
        "  ran on moto 5.2.5",
        "  took 2.0 s",
        "  core          5 rules: 1 passed, 1 failed, 1 known deviation, 2 not judged",
        "  recommended    1 rule: 1 failed",
        "  extended      2 rules: 1 failed, 1 not claimed",
        "                  1 run: 1 passed",
        "",
        "Does not conform: it breaks EXT-01, LOC-02. 1 recommendation is not met: REC-01",
    ]


def test_runs_are_told_one_by_one_and_the_slowest_again() -> None:
    runs = (
        a_run("in-json", seconds=0.1),
        a_run("in-yaml", seconds=9.0, breaks=["KEY-01", "KEY-01", "LOC-02"]),
        a_run("policies", status=Status.NOT_RUN, problem="not run: it enforces no IAM"),
    )
    detail = Detail(verbose=True, durations=2)
    lines = click.unstyle(painted(RULES[0], runs=runs, detail=detail)).splitlines()
    assert {"pass  in-json", "FAIL  in-yaml, breaks KEY-01, LOC-02"} <= set(lines)
    assert {"  not run: it enforces no IAM", "    in          1 run: policies"} <= set(lines)
    slow = lines.index("Slowest runs")
    assert lines[slow + 1 : slow + 3] == ["    9.00 s  in-yaml", "    0.50 s  policies"]
    assert "in-json" not in painted(RULES[0], runs=runs)


def test_one_cause_of_broken_runs_is_told_once() -> None:
    broken = a_run("run-0", status=Status.ADAPTER_ERROR, problem="the adapter: gone")
    runs = tuple(replace(broken, id=f"run-{number}") for number in range(9))
    lines = click.unstyle(painted(a_rule(), runs=(a_run(), *runs))).splitlines()
    assert lines.count("  the adapter: gone") == 1
    assert "    in          9 runs: run-0, run-1, run-2 and 6 more" in lines
    assert "    see         s3-reporter-conformance call reporter.toml run-0" in lines


def test_where_nothing_was_asked_the_reason_is_told_and_no_rule() -> None:
    runs = (a_run("a", status=Status.ADAPTER_ERROR, problem="did not run: no moto"),)
    text = painted(a_rule(status=Status.ADAPTER_ERROR), runs=runs, aborted="no moto")
    assert "did not run" not in text
    assert "The run ended early: no moto" in click.unstyle(text).splitlines()
    assert heads(text) == []
