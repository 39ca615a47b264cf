"""The verdict on a reporter: by rule, over all runs."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from results import a_finding, a_rule, a_run, a_verdict, a_written_rule

from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import ExitCode, RuleResult, Verdict, conclude

CORE, RECOMMENDED, EXTENDED = Level.CORE, Level.RECOMMENDED, Level.EXTENDED
PASSED, FAILED, KNOWN, UNEXPECTED, BROKEN, UNCLAIMED = (
    Status.PASSED,
    Status.FAILED,
    Status.KNOWN_DEVIATION,
    Status.UNEXPECTEDLY_PASSED,
    Status.ADAPTER_ERROR,
    Status.NOT_CLAIMED,
)
UNSELECTED, UNJUDGED, NOT_RUN, UNINSTALLED = (
    Status.NOT_SELECTED,
    Status.NOT_JUDGED,
    Status.NOT_RUN,
    Status.NOT_INSTALLED,
)


def verdict(*statuses: Status, strict: bool = False) -> Verdict:
    """On two core rules, an extended, and a recommended one."""
    levels = (CORE, CORE, EXTENDED, RECOMMENDED)
    rules = tuple(
        a_rule(f"KEY-{number}", status, level=level)
        for number, (level, status) in enumerate(zip(levels, statuses, strict=True))
    )
    runs = (a_run(), a_run("broken", status=BROKEN)) if BROKEN in statuses else (a_run(),)
    return Verdict(rules, runs, strict=strict)


@pytest.mark.parametrize(
    ("statuses", "conformant", "code", "word"),
    [
        ((PASSED, PASSED, PASSED, PASSED), True, 0, "Conforms"),
        ((PASSED, PASSED, UNCLAIMED, PASSED), True, 0, "Conforms"),
        ((PASSED, PASSED, UNCLAIMED, FAILED), True, 0, "Conforms"),
        ((PASSED, PASSED, UNCLAIMED, KNOWN), True, 0, "Conforms"),
        ((PASSED, PASSED, UNCLAIMED, UNJUDGED), True, 0, "Conforms"),
        ((PASSED, UNINSTALLED, UNCLAIMED, PASSED), True, 0, "Conforms"),
        ((PASSED, NOT_RUN, UNCLAIMED, PASSED), False, 0, "Partial"),
        ((PASSED, PASSED, UNSELECTED, PASSED), False, 0, "Partial"),
        ((PASSED, UNSELECTED, UNCLAIMED, PASSED), False, 0, "Partial"),
        ((PASSED, UNJUDGED, UNCLAIMED, PASSED), False, 0, "Partial"),
        ((PASSED, PASSED, UNJUDGED, PASSED), False, 0, "Partial"),
        ((PASSED, UNCLAIMED, PASSED, PASSED), False, 0, "Partial"),
        ((PASSED, KNOWN, PASSED, PASSED), False, 0, "Deviates as known"),
        ((PASSED, PASSED, KNOWN, PASSED), False, 0, "Deviates as known"),
        ((PASSED, PASSED, FAILED, PASSED), False, 1, "Does not conform"),
        ((PASSED, FAILED, PASSED, PASSED), False, 1, "Does not conform"),
        ((PASSED, UNEXPECTED, PASSED, PASSED), False, 1, "Does not conform"),
        ((PASSED, PASSED, PASSED, UNEXPECTED), False, 1, "Does not conform"),
        ((FAILED, BROKEN, PASSED, PASSED), False, 1, "Does not conform"),
        ((PASSED, PASSED, PASSED, BROKEN), False, 3, "No verdict"),
        ((BROKEN, BROKEN, BROKEN, BROKEN), False, 3, "No verdict"),
        ((UNSELECTED, UNSELECTED, UNCLAIMED, UNSELECTED), False, 5, "No verdict"),
    ],
)
def test_what_a_verdict_says(
    statuses: tuple[Status, ...], conformant: bool, code: int, word: str
) -> None:
    found = verdict(*statuses)
    assert (found.conformant, found.exit_code) == (conformant, ExitCode(code))
    assert conclude(found).word == word


@pytest.mark.parametrize(
    ("status", "code", "word"),
    [
        (FAILED, 1, "Does not conform"),
        (KNOWN, 0, "Deviates as known"),
        (UNJUDGED, 0, "Partial"),
        (PASSED, 0, "Conforms"),
    ],
)
def test_recommendations_decide_if_the_verdict_is_strict(
    status: Status, code: int, word: str
) -> None:
    found = verdict(PASSED, PASSED, UNCLAIMED, status, strict=True)
    assert (found.exit_code, conclude(found).word) == (ExitCode(code), word)
    assert found.conformant == (status is PASSED)


def test_recommendations_that_are_not_met_are_told_whatever_the_verdict_is() -> None:
    conforms = verdict(PASSED, PASSED, PASSED, FAILED)
    assert conclude(conforms).reason == (
        "every core rule holds, and every rule of the declared features. "
        "1 recommendation is not met: KEY-3"
    )
    assert [rule.id for rule in conforms.unmet] == ["KEY-3"]
    assert conclude(verdict(FAILED, PASSED, PASSED, FAILED)).reason == (
        "it breaks KEY-0. 1 recommendation is not met: KEY-3"
    )


def test_no_rules_are_no_conformance() -> None:
    assert not Verdict((), ()).conformant
    assert Verdict((), ()).exit_code is ExitCode.NOTHING_RAN
    extended = a_rule(level=EXTENDED)
    assert not Verdict((extended,), (a_run(),)).conformant


def test_an_interrupted_run_has_no_verdict() -> None:
    found = replace(verdict(PASSED, PASSED, PASSED, PASSED), interrupted=True)
    assert (found.conformant, found.exit_code) == (False, ExitCode.INTERRUPTED)
    assert conclude(found).reason == "the run was interrupted"


def test_the_exit_codes_are_published() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "CONFORMS": 0,
        "DOES_NOT_CONFORM": 1,
        "ADAPTER_ERROR": 3,
        "USAGE_ERROR": 4,
        "NOTHING_RAN": 5,
        "INTERRUPTED": 130,
    }


def on(*runs: RunResult, level: Level = CORE, features: Iterable[str] = ()) -> RuleResult:
    """The verdict on KEY-01 over some runs."""
    [rule] = a_verdict(*runs, rules=[a_written_rule(level=level)], features=features).rules
    return rule


def test_a_rule_is_broken_once_however_many_runs_break_it() -> None:
    yaml = [
        a_run(f"yaml-{n}", breaks=["KEY-01"], facts={"file_format": "yaml", "prefix": str(n)})
        for n in range(3)
    ]
    json = [
        a_run(f"json-{n}", keeps=["KEY-01"], facts={"file_format": "json", "prefix": str(n)})
        for n in range(5)
    ]
    rule = on(*json, *yaml, a_run("another"))
    assert rule.status is FAILED
    assert (rule.broken, rule.judged, rule.whenever) == (3, 8, "file_format is yaml")
    assert rule.runs == ("yaml-0", "yaml-1", "yaml-2")
    assert rule.nearest is None
    assert rule.expected == a_finding().expected
    assert rule.broken_at == ("object_naming: json_extension",)
    assert rule.repeat == "s3-reporter-conformance verify reporter.toml -k yaml-0"


def test_without_circumstances_the_nearest_run_is_told() -> None:
    broken = a_run("yaml", breaks=["KEY-01"], facts={"file_format": "yaml"})
    rule = on(a_run("json", keeps=["KEY-01"], facts={"file_format": "json"}), broken)
    assert rule.whenever is None
    assert rule.nearest
    assert rule.nearest.run == "json"
    assert [(d.name, d.here, d.there) for d in rule.nearest.differs] == [
        ("file_format", "yaml", "json")
    ]


def test_all_nodes_at_which_a_rule_is_broken_are_told() -> None:
    runs = [
        a_run("a", breaks=[a_finding(node="json_extension")]),
        a_run("b", breaks=[a_finding(node="yaml_extension")]),
        a_run("c", breaks=[a_finding(node=None, diagram=None)]),
        a_run("d", breaks=[a_finding(node="json_extension")]),
    ]
    assert on(*runs).broken_at == ("object_naming: json_extension", "object_naming: yaml_extension")


@pytest.mark.parametrize(
    ("level", "binding"), [(CORE, RECOMMENDED), (EXTENDED, EXTENDED), (RECOMMENDED, RECOMMENDED)]
)
def test_a_core_rule_that_only_unusual_runs_break_counts_as_recommended(
    level: Level, binding: Level
) -> None:
    usual = a_run("usual", keeps=["KEY-01"])
    unusual = a_run("unusual", breaks=["KEY-01"], unusual=True)
    rule = on(usual, unusual, level=level, features=["retry-options"])
    assert (rule.status, rule.level, rule.binding) == (FAILED, level, binding)
    also = a_run("also", breaks=["KEY-01"])
    assert on(usual, unusual, also, level=level).binding is level


@pytest.mark.parametrize(
    ("run", "status", "note"),
    [
        (a_run(), UNJUDGED, "no run could judge it: in none of them does it apply"),
        (a_run(status=BROKEN, problem="it hangs"), BROKEN, "it hangs"),
        (a_run(status=NOT_RUN, problem="no IAM"), NOT_RUN, "no IAM"),
        (a_run(status=UNSELECTED), UNSELECTED, ""),
    ],
)
def test_a_rule_that_no_run_judged_has_not_passed(
    run: RunResult, status: Status, note: str
) -> None:
    rule = on(run)
    assert (rule.status, rule.note, rule.judged) == (status, note, 0)


def test_a_rule_that_was_not_asked_is_not_selected() -> None:
    [rule] = a_verdict(a_run(), asked=()).rules
    assert rule.status is UNSELECTED


def test_a_rule_of_a_feature_applies_to_those_who_declare_it() -> None:
    assert on(a_run(), level=EXTENDED).status is UNCLAIMED
    assert on(a_run(), level=EXTENDED, features=["retry-options"]).status is UNJUDGED
    kept = a_run(keeps=["KEY-01"])
    assert on(kept, level=EXTENDED, features=["retry-options"]).status is PASSED
