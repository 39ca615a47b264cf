"""A baseline compares reports rule by rule and run by run."""

import re
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from results import a_report, a_rule, a_run, a_verdict, a_written_rule

from s3_reporter_conformance.reporting.report_files import dump, read_report
from s3_reporter_conformance.runner.verify import hold_against
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.comparison import judge
from s3_reporter_conformance.verdict.exit_code import ExitCode
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.words.errors import UsageError

RULES = [
    a_written_rule("KEY-01"),
    a_written_rule("LOC-02"),
    a_written_rule("REC-01", Level.RECOMMENDED),
]
NAMES = ("KEY-01", "LOC-02", "REC-01")


def report(*runs: RunResult, strict: bool = False) -> Report:
    """A report on three rules, as the runs keep and break them."""
    return a_report(a_verdict(*runs, rules=RULES).rules, runs, strict=strict)


def run(name: str, *broken: str) -> RunResult:
    """A run that judges the three rules."""
    return a_run(name, breaks=broken, keeps=[each for each in NAMES if each not in broken])


def left_out(name: str) -> RunResult:
    return a_run(name, status=Status.NOT_SELECTED)


BEFORE = report(run("a"), run("b", "LOC-02"), run("c", "LOC-02"))


@pytest.mark.parametrize(
    ("broken", "red", "better"),
    [
        (("", "LOC-02", "LOC-02"), [], []),
        (("KEY-01", "LOC-02", "LOC-02"), ["KEY-01 passed before; now: failed in 1 of 3 runs"], []),
        (("LOC-02", "", "LOC-02"), ["LOC-02 is broken in more runs: a"], []),
        (("", "", ""), [], ["LOC-02 passes now; before: failed in 2 of 3 runs"]),
        (("", "LOC-02"), ["runs are gone: c", "fewer runs were judged than before: 2"], []),
    ],
)
def test_what_becomes_worse_is_red(
    broken: Sequence[str], red: list[str], better: list[str]
) -> None:
    runs = [run(name, *each.split()) for name, each in zip("abc", broken, strict=False)]
    gate = judge(BEFORE, report(*runs))
    assert (gate.improvements, gate.remarks) == (better, [])
    for found, words in zip(gate.regressions, red, strict=True):
        assert found.startswith(words)


def test_a_rule_that_is_gone_is_red() -> None:
    [words] = judge(BEFORE, a_report([a_rule("KEY-01"), a_rule("REC-01")], BEFORE.runs)).regressions
    assert words == "LOC-02 is gone: the suite of this report, 0.1.0, does not have it"


def test_a_rule_that_does_not_pass_any_more_is_red() -> None:
    for status in set(Status) - {Status.PASSED, Status.UNEXPECTEDLY_PASSED}:
        gate = judge(a_report([a_rule("KEY-01")]), a_report([a_rule("KEY-01", status)]))
        # A busy machine makes nothing worse.
        [words] = gate.remarks if status is Status.NOT_CERTAIN else gate.regressions
        assert words.startswith(f"KEY-01 passed before; now: {status.words}")


@pytest.mark.parametrize("status", [Status.UNEXPECTEDLY_PASSED, Status.KNOWN_DEVIATION])
def test_a_rule_that_holds_is_not_worse_because_it_was_not_expected_to(status: Status) -> None:
    passed, held, broken = (
        a_report([rule, a_rule("LOC-02")])
        for rule in (
            a_rule("KEY-01"),
            a_rule("KEY-01", status, broken=0, runs=()),
            a_rule("KEY-01", Status.FAILED),
        )
    )
    assert judge(passed, held).regressions == []
    assert judge(held, passed).improvements == []
    [words] = judge(held, broken).regressions
    assert words.startswith("KEY-01 passed before; now: failed ")


@pytest.mark.parametrize("strict", [True, False])
def test_a_recommendation_is_red_if_the_report_is_strict(*, strict: bool) -> None:
    now = report(
        run("a", "REC-01"), run("b", "LOC-02"), run("c", "LOC-02", "REC-01"), strict=strict
    )
    told: list[str] = []
    code = hold_against(now, BEFORE, told.append)
    assert code is (ExitCode.DOES_NOT_CONFORM if strict else ExitCode.CONFORMS)
    words = "  REC-01 passed before; now: failed in 2 of 3 runs"
    assert told[2] == (words if strict else f"{words}; it is a recommendation")


def test_what_was_not_selected_is_neither_better_nor_worse() -> None:
    now = report(run("a", "KEY-01"), left_out("b"), left_out("c"))
    gate = judge(BEFORE, now, selected_only=True)
    assert gate.regressions == ["KEY-01 passed before; now: failed in 1 of 1 run"]
    # The runs that broke LOC-02 were not made.
    assert gate.improvements == []
    assert (gate.compared, gate.left_out) == (3, 0)
    assert "fewer runs were judged than before: 1 instead of 3" in judge(BEFORE, now).regressions
    nothing = judge(BEFORE, report(*map(left_out, "abc")), selected_only=True)
    assert nothing.regressions == []
    assert (nothing.compared, nothing.left_out) == (0, 3)


def test_a_feature_that_is_not_declared_is_worse_if_its_runs_were_selected() -> None:
    before = a_report([a_rule("KEY-01"), a_rule("EXT-NAME-01", level=Level.EXTENDED)])
    rules = [a_rule("KEY-01"), a_rule("EXT-NAME-01", Status.NOT_CLAIMED, level=Level.EXTENDED)]
    feature = rules[1].feature
    for status, worse in ((Status.NOT_CLAIMED, 1), (Status.NOT_SELECTED, 0)):
        now = a_report(rules, [a_run(), a_run("extended", feature=feature, status=status)])
        gate = judge(before, now, selected_only=True)
        assert len(gate.regressions) == worse
        assert gate.left_out == 1 - worse


@pytest.mark.parametrize(
    ("now", "code", "word"),
    [
        (BEFORE, ExitCode.CONFORMS, "Green: as good as the baseline"),
        (report(*map(run, "abc")), ExitCode.CONFORMS, "Green: .*, and better in 1 way"),
        (report(run("a", "KEY-01"), *map(run, "bc")), ExitCode.DOES_NOT_CONFORM, "Red: .* 1 way"),
        (report(*map(left_out, "abc")), ExitCode.NOTHING_RAN, "No verdict: no rule that is .*"),
    ],
)
def test_the_gate_ends_with_a_word(now: Report, code: ExitCode, word: str) -> None:
    told: list[str] = []
    assert hold_against(now, BEFORE, told.append, selected_only=True) is code
    assert re.fullmatch(word, click.unstyle(told[-1]))


@pytest.mark.parametrize("text", ["", "{}", dump(a_report([a_rule(status=Status.FAILED)]))])
def test_a_baseline_that_guards_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "base.json").write_text(text)
    with pytest.raises(UsageError):
        hold_against(BEFORE, read_report(tmp_path / "base.json"), print)
