"""A rule that another one makes superfluous, whichever runs show it."""

from dataclasses import replace

import pytest
from results import a_finding, a_run, a_written_rule, command

from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.known_deviations import KnownDeviations
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.told_once import told_once
from s3_reporter_conformance.verdict.verdict import Basis, RuleResult, rule_results

RULES = (
    a_written_rule("ERR-07"),
    a_written_rule("EXT-RETRY-02", Level.EXTENDED, unless=frozenset({"ERR-07"})),
)
# One that judges both, and two that judge the second alone, as a busy machine lets them.
TOLD = a_run("told", breaks=["ERR-07"])
FAST = a_run("fast", breaks=["EXT-RETRY-02"], keeps=["KEY-01"])
SLOW = a_run("slow", keeps=["EXT-RETRY-02", "KEY-01"])


def basis(*runs: RunResult) -> Basis:
    return Basis(
        rules=RULES,
        asked=frozenset(rule.id for rule in RULES),
        runs=told_once(runs, RULES),
        features=frozenset({"retry-options"}),
        deviations=KnownDeviations(),
        command=command,
    )


def results(*runs: RunResult) -> dict[str, RuleResult]:
    return {rule.id: rule for rule in rule_results(basis(*runs))}


@pytest.mark.parametrize("others", [(FAST,), (SLOW,), (FAST, SLOW)], ids=["fast", "slow", "both"])
def test_a_fault_is_told_by_one_rule_on_a_fast_and_on_a_slow_machine(
    others: tuple[RunResult, ...],
) -> None:
    found = results(TOLD, *others)
    assert (found["ERR-07"].status, found["ERR-07"].broken) == (Status.FAILED, 1)
    untold = found["EXT-RETRY-02"]
    assert (untold.status, untold.judged) == (Status.NOT_JUDGED, 0)
    assert untold.note == "not judged, since ERR-07 is broken, and tells the same fault"


def test_a_rule_that_is_not_claimed_stays_so() -> None:
    rules = (RULES[0], replace(RULES[1], feature="retry-options"))
    given = replace(basis(TOLD, SLOW), rules=rules)
    claimed, unclaimed = (
        list(rule_results(replace(given, features=frozenset(features))))[1].status
        for features in ({"retry-options"}, {"preflight"})
    )
    assert (claimed, unclaimed) == (Status.NOT_JUDGED, Status.NOT_CLAIMED)


def test_without_the_other_fault_it_is_told() -> None:
    found = results(a_run("kept", keeps=["ERR-07"]), FAST, SLOW)
    untold = found["EXT-RETRY-02"]
    assert (untold.status, untold.broken, untold.judged) == (Status.FAILED, 1, 2)


def test_a_run_keeps_all_else() -> None:
    both = a_run("both", breaks=[a_finding("EXT-RETRY-02"), a_finding("KEY-03")])
    told, fast, left = told_once([TOLD, FAST, both], RULES)
    assert told == TOLD
    assert (fast.status, fast.judged) == (Status.PASSED, frozenset({"KEY-01"}))
    assert (left.status, left.judged) == (Status.FAILED, frozenset({"KEY-03"}))
