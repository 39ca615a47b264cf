"""The verdict on a reporter: by rule, over all runs."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from results import a_finding, a_rule, a_run, a_verdict, a_written_rule

from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.exit_code import ExitCode
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult, Verdict, conclude

CORE, RECOMMENDED, EXTENDED = Level.CORE, Level.RECOMMENDED, Level.EXTENDED
LETTERS = {
    "P": Status.PASSED,
    "F": Status.FAILED,
    "K": Status.KNOWN_DEVIATION,
    "!": Status.UNEXPECTEDLY_PASSED,
    "B": Status.ADAPTER_ERROR,
    "c": Status.NOT_CLAIMED,
    "s": Status.NOT_SELECTED,
    "u": Status.NOT_CERTAIN,
    "j": Status.NOT_JUDGED,
    "r": Status.NOT_RUN,
    "i": Status.NOT_INSTALLED,
}


def verdict(letters: str, *, strict: bool = False) -> Verdict:
    """On two core rules, an extended, and a recommended one."""
    levels = (CORE, CORE, EXTENDED, RECOMMENDED)
    rules = tuple(
        a_rule(f"KEY-{number}", LETTERS[letter], level=level)
        for number, (level, letter) in enumerate(zip(levels, letters, strict=True))
    )
    broken = [a_run("broken", status=Status.ADAPTER_ERROR)] if "B" in letters else []
    return Verdict(rules, (a_run(), *broken), strict=strict)


@pytest.mark.parametrize(
    ("code", "word", "verdicts"),
    [
        (0, "Conforms", "PPPP PPcP PPcF PPcK PPcj PicP PucP"),
        (0, "Partial", "PrcP PPsP PscP PcPP"),
        (0, "Deviates as known", "PKPP PPKP PKjP"),
        (1, "Does not conform", "PPFP P!PP PPP! FBPP"),
        (3, "No verdict", "PPPB BBBB PPjP"),
        (5, "No verdict", "sscs"),
    ],
)
def test_a_verdict_is_a_word_and_an_exit_code(code: int, word: str, verdicts: str) -> None:
    for letters in verdicts.split():
        found = verdict(letters)
        assert (conclude(found).word, found.exit_code) == (word, ExitCode(code))
        assert found.conformant == (word == "Conforms")
        interrupted = replace(found, interrupted="interrupted after 1 of 2 runs")
        assert (interrupted.conformant, interrupted.exit_code) == (False, ExitCode.INTERRUPTED)


@pytest.mark.parametrize(
    ("letters", "code", "word"),
    [
        ("PPcF", 1, "Does not conform"),
        ("PPcK", 0, "Deviates as known"),
        ("PPcj", 3, "No verdict"),
        ("PPcP", 0, "Conforms"),
    ],
)
def test_recommendations_decide_if_the_verdict_is_strict(
    letters: str, code: int, word: str
) -> None:
    found = verdict(letters, strict=True)
    assert (found.exit_code, conclude(found).word) == (ExitCode(code), word)


def test_it_is_told_that_recommendations_decide() -> None:
    told = "it breaks KEY-3, and with --strict, recommendations decide"
    assert conclude(verdict("PPPF", strict=True)).reason == told
    assert conclude(verdict("FPPF", strict=True)).reason == "it breaks KEY-0, KEY-3"


def test_what_is_not_certain_is_told() -> None:
    assert conclude(verdict("PucP")).reason.endswith("of the declared features. Not certain: KEY-1")


def test_recommendations_that_are_not_met_are_told_whatever_the_verdict_is() -> None:
    assert conclude(verdict("PPPF")).reason == (
        "every core rule holds, and every rule of the declared features. "
        "1 recommendation is not met: KEY-3"
    )
    assert conclude(verdict("PicP")).reason.startswith("every core rule that was judged holds, ")
    assert conclude(verdict("FPPF")).reason == "it breaks KEY-0. 1 recommendation is not met: KEY-3"


def test_of_recommendations_alone_nothing_is_said_that_decides() -> None:
    found = conclude(verdict("sscF"))
    assert (found.word, found.exit_code) == ("Partial", ExitCode.CONFORMS)
    told = "no rule that decides was selected. 1 recommendation is not met: KEY-3"
    assert found.reason == told


def test_an_interrupted_run_tells_what_was_broken_until_then() -> None:
    broken = replace(verdict("FPcP"), interrupted="interrupted after 40 of 143 runs")
    told = "interrupted after 40 of 143 runs; until then, it breaks KEY-0"
    assert (conclude(broken).word, conclude(broken).reason) == ("No verdict", told)
    unmet = replace(verdict("PPcF"), interrupted="interrupted")
    assert conclude(unmet).reason == "interrupted. 1 recommendation is not met: KEY-3"


def test_no_core_rule_is_no_conformance() -> None:
    assert Verdict((), ()).exit_code is ExitCode.NOTHING_RAN
    for rules in ((), (a_rule(level=EXTENDED),)):
        assert not Verdict(rules, (a_run(),)).conformant


def on(*runs: RunResult, level: Level = CORE, features: Iterable[str] = ()) -> RuleResult:
    """The verdict on KEY-01 over some runs."""
    [rule] = a_verdict(*runs, rules=[a_written_rule(level=level)], features=features).rules
    return rule


def test_a_rule_is_broken_once_however_many_runs_break_it() -> None:
    yaml, json = (
        [{"file_format": form, "prefix": str(number)} for number in range(3)]
        for form in ("yaml", "json")
    )
    rule = on(
        *(a_run(f"json-{n}", keeps=["KEY-01"], facts=each) for n, each in enumerate(json)),
        *(a_run(f"yaml-{n}", breaks=["KEY-01"], facts=each) for n, each in enumerate(yaml)),
        a_run("another"),
    )
    assert rule.status is Status.FAILED
    assert (rule.broken, rule.judged, rule.whenever) == (3, 6, "file_format is yaml")
    assert rule.runs == ("yaml-0", "yaml-1", "yaml-2")
    assert rule.expected == a_finding().expected
    assert rule.repeat == "s3-reporter-conformance verify reporter.toml -k yaml-0"


def test_circumstances_that_a_simpler_run_refutes_are_not_told() -> None:
    yaml = {"file_format": "yaml", "results": "no findings"}
    runs = [a_run(str(number), breaks=["KEY-01"], facts=yaml) for number in range(3)]
    runs.append(a_run("json", keeps=["KEY-01"]))
    causes = "fails with results no findings; not without (3 more calls)"
    simpler = [a_run("simpler", keeps=["KEY-01"], facts={"file_format": "yaml"})]
    (rule,) = a_verdict(*runs, narrowed={"KEY-01": (causes, simpler)}).rules
    assert (rule.whenever, rule.narrowed) == ("results is no findings", causes)
    (rule,) = a_verdict(*runs).rules
    assert (rule.whenever, rule.narrowed) == ("file_format is yaml", "")


def test_all_nodes_at_which_a_rule_is_broken_are_told() -> None:
    nodes = ("json_extension", "yaml_extension", None, "json_extension")
    runs = [a_run(f"{n}", breaks=[a_finding(node=node)]) for n, node in enumerate(nodes)]
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
    assert (rule.status, rule.level, rule.binding) == (Status.FAILED, level, binding)
    assert on(usual, unusual, a_run("also", breaks=["KEY-01"]), level=level).binding is level


def test_among_recommendations_core_rules_come_first() -> None:
    core = a_rule("KEY-01", Status.FAILED, binding=RECOMMENDED, broken=1)
    other = a_rule("KEY-02", Status.FAILED, level=RECOMMENDED, broken=20)
    assert Verdict((other, core), runs=()).unmet == (core, other)


@pytest.mark.parametrize(
    ("letter", "problem"), [("B", "it hangs"), ("r", "no IAM"), ("s", ""), ("P", "")]
)
def test_a_rule_that_no_run_judged_has_not_passed(letter: str, problem: str) -> None:
    rule = on(a_run(status=LETTERS[letter], problem=problem))
    assert rule.status is LETTERS["j" if letter == "P" else letter]
    assert problem in rule.note
    assert rule.judged == 0


def test_a_rule_of_which_a_run_does_not_tell_is_not_certain() -> None:
    kept, unsure = a_run("kept", keeps=["KEY-01"]), a_run("unsure", uncertain=("KEY-01",))
    found = on(kept, unsure)
    assert (found.status, found.judged) == (Status.NOT_CERTAIN, 1)
    assert found.note.startswith("1 of 2 runs could not tell, even alone: ask on a quieter machine")
    assert on(unsure, a_run("broken", breaks=["KEY-01"])).status is Status.FAILED


def test_a_rule_is_judged_if_it_is_selected_and_its_feature_declared() -> None:
    assert a_verdict(a_run(), asked=()).rules[0].status is Status.NOT_SELECTED
    kept = a_run(keeps=["KEY-01"])
    assert on(a_run(), level=EXTENDED).status is Status.NOT_CLAIMED
    assert on(a_run(), level=EXTENDED, features=["retry-options"]).status is Status.NOT_JUDGED
    assert on(kept, level=EXTENDED, features=["retry-options"]).status is Status.PASSED
