"""The circumstances of a broken rule: the facts that its broken runs share and no other run has."""

import pytest
from results import a_run

from s3_reporter_conformance.verdict.circumstances import condition_of, holds_in, simplest
from s3_reporter_conformance.verdict.runs import RunResult

Facts = dict[str, str]


def runs(*facts: Facts, observed: Facts | None = None) -> list[RunResult]:
    """Runs with some facts each; what was observed is the same in all."""
    return [
        a_run(f"run-{number}", facts=each, observed=observed or {})
        for number, each in enumerate(facts)
    ]


YAML_1, YAML_0, JSON_1, JSON_0 = (
    {"file_format": form, "retries": retries} for form in ("yaml", "json") for retries in "10"
)


@pytest.mark.parametrize(
    ("broken", "kept", "condition"),
    [
        ([YAML_1] * 3, [JSON_1], "file_format is yaml"),
        ([YAML_1] * 3, [JSON_1, YAML_0], "file_format is yaml and retries is 1"),
        ([YAML_1, YAML_0, YAML_1], [JSON_1, JSON_0], "file_format is yaml"),
        ([YAML_1] * 3, [], "always"),
        ([YAML_1, JSON_0, YAML_0], [JSON_1], None),
        # With so few runs, there is always something.
        ([YAML_1] * 2, [JSON_1], None),
        ([YAML_1] * 2, [], None),
    ],
)
def test_a_condition_is_what_broken_runs_share_and_no_other_has(
    broken: list[Facts], kept: list[Facts], condition: str | None
) -> None:
    assert condition_of(runs(*broken), runs(*kept)) == condition


def test_a_given_fact_comes_before_an_observed_one_and_one_before_two() -> None:
    broken = runs(*[YAML_1] * 3, observed={"last answer": "none"})
    kept = runs(JSON_0, observed={"last answer": "200"})
    assert condition_of(broken, kept) == "file_format is yaml"
    kept = runs(JSON_1, YAML_0, observed={"last answer": "200"})
    assert condition_of(broken, kept) == "last answer is none"


def test_an_answer_that_s3_had_no_occasion_to_give_is_no_circumstance() -> None:
    throttled = [{"answer": "SlowDown"}] * 3
    kept = runs({"answer": "success"})
    assert condition_of(runs(*throttled), kept) == "answer is SlowDown"
    assert condition_of(runs(*throttled, observed={"upload": "not sent"}), kept) is None


def test_the_simplest_run_is_a_drawn_one_with_the_usual_facts() -> None:
    usual = runs(*[{"file_format": "json"}] * 3)
    strange = a_run("strange", unusual=True, facts={"file_format": "json"})
    declared = a_run("declared", feature="retry-options", facts={"file_format": "json"})
    yaml = a_run("yaml", facts={"file_format": "yaml"})
    json = a_run("json", facts={"file_format": "json"})
    everything = [*usual, strange, declared, yaml, json]
    assert simplest([strange, declared, yaml, json], everything) is json
    assert simplest([strange, declared, yaml], everything) is yaml
    assert simplest([strange, declared], everything) is declared
    equal = [json, a_run("under", rule="KEY-02", facts=dict(json.facts))]
    assert simplest(equal, everything, "KEY-02").id == "under"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("always", True),
        ("file_format is yaml", True),
        ("file_format is yaml and last answer is 200", True),
        ("answer is throttling and then success and last answer is 200", True),
        ("last answer is 200 and answer is throttling", False),
        ("file_format is yaml and last answer is 503", False),
        ("answer is 200", False),
    ],
)
def test_a_condition_holds_in_runs_with_all_of_its_facts(condition: str, *, holds: bool) -> None:
    given = {"file_format": "yaml", "answer": "throttling and then success"}
    run = a_run(facts=given, observed={"last answer": "200"})
    assert holds_in(condition, run) is holds


def test_a_condition_holds_in_the_runs_that_it_was_found_in() -> None:
    broken = runs(*[{"prefix": "a is b and c", "retries": "1"}] * 3)
    kept = runs({"prefix": "a is b and c"}, {"retries": "1"})
    condition = condition_of(broken, kept)
    assert condition == "prefix is a is b and c and retries is 1"
    assert [holds_in(condition, run) for run in (*broken, *kept)] == [True] * 3 + [False] * 2
