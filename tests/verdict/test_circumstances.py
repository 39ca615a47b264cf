"""The circumstances of a broken rule: the facts that its broken runs share and no other run has."""

import pytest
from results import a_run

from s3_reporter_conformance.verdict.circumstances import (
    Condition,
    Difference,
    Nearest,
    condition_of,
    nearest,
    simplest,
)
from s3_reporter_conformance.verdict.runs import RunResult

Facts = dict[str, str]


def runs(*facts: Facts, observed: Facts | None = None) -> list[RunResult]:
    """Runs with some facts each; what was observed is the same in all."""
    return [
        a_run(f"run-{number}", facts=each, observed=observed or {})
        for number, each in enumerate(facts)
    ]


def a_few(**facts: str) -> list[RunResult]:
    """Three runs that share some facts and differ in another."""
    return runs(*({**facts, "prefix": str(number)} for number in range(3)))


def test_one_fact_that_no_other_run_has_is_the_condition() -> None:
    broken = a_few(file_format="yaml", retries="1")
    kept = a_few(file_format="json", retries="1")
    assert str(condition_of(broken, kept)) == "file_format is yaml"


def test_two_facts_are_found_where_one_does_not_tell() -> None:
    broken = a_few(file_format="yaml", retries="1")
    kept = [*a_few(file_format="json", retries="1"), *a_few(file_format="yaml", retries="0")]
    assert str(condition_of(broken, kept)) == "file_format is yaml and retries is 1"


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_than_three_broken_runs_have_no_condition(count: int) -> None:
    broken = a_few(file_format="yaml")
    kept = a_few(file_format="json")
    assert condition_of(broken[:count], kept) is None
    assert condition_of(broken[:count], []) is None


def test_a_given_fact_comes_before_an_observed_one() -> None:
    given = [{"file_format": "yaml", "prefix": str(number)} for number in range(3)]
    broken = runs(*given, observed={"last answer": "none"})
    kept = runs({"file_format": "json"}, observed={"last answer": "200"})
    assert str(condition_of(broken, kept)) == "file_format is yaml"


def test_one_observed_fact_comes_before_two_given_ones() -> None:
    given = [{"file_format": "yaml", "retries": "1", "prefix": str(n)} for n in range(3)]
    broken = runs(*given, observed={"last answer": "none"})
    kept = runs(
        {"file_format": "json", "retries": "1"},
        {"file_format": "yaml", "retries": "0"},
        observed={"last answer": "200"},
    )
    assert str(condition_of(broken, kept)) == "last answer is none"


def test_a_rule_that_every_run_breaks_is_always_broken() -> None:
    assert str(condition_of(a_few(file_format="yaml"), [])) == "always"


def test_without_a_condition_the_nearest_run_tells_what_differs() -> None:
    broken, far, near = runs(
        {"file_format": "yaml", "prefix": "a", "retries": "1"},
        {"file_format": "json", "prefix": "b", "retries": "0"},
        {"file_format": "json", "prefix": "a", "retries": "1", "token": "yes"},
    )
    assert condition_of([broken, broken, broken], [broken]) is None
    assert nearest(broken, [far, near]) == Nearest(
        run=near.id,
        differs=(Difference("file_format", "yaml", "json"), Difference("token", "absent", "yes")),
    )
    assert nearest(broken, []) is None


def test_the_simplest_run_is_a_drawn_one_with_the_usual_facts() -> None:
    usual = a_few(file_format="json")
    strange = a_run("strange", unusual=True, facts={"file_format": "json"})
    declared = a_run("declared", feature="retry-options", facts={"file_format": "json"})
    yaml = a_run("yaml", facts={"file_format": "yaml"})
    json = a_run("json", facts={"file_format": "json"})
    everything = [*usual, strange, declared, yaml, json]
    assert simplest([strange, declared, yaml, json], everything) is json
    assert simplest([strange, declared, yaml], everything) is yaml
    assert simplest([strange, declared], everything) is declared


def test_of_runs_that_are_as_simple_one_under_the_rule_is_chosen() -> None:
    runs = [a_run("one"), a_run("another", rule="KEY-01"), a_run("third", rule="KEY-02")]
    assert simplest(runs, runs, "KEY-02").id == "third"
    assert simplest(runs, runs, "KEY-09").id == "one"


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"file_format": "yaml"},
        {"prefix": "this is odd and long", "retries": "1"},
        {"answer": "throttling, then success", "last answer": "none"},
    ],
)
def test_a_condition_is_read_as_it_is_written(facts: Facts) -> None:
    assert Condition.parse(str(Condition(facts))) == Condition(facts)


@pytest.mark.parametrize("words", ["", "sometimes", "file_format is ", " is yaml"])
def test_other_words_are_no_condition(words: str) -> None:
    with pytest.raises(ValueError, match="is no condition; expected 'always', or facts such as"):
        Condition.parse(words)


def test_a_condition_holds_in_runs_with_all_of_its_facts() -> None:
    run = a_run(facts={"file_format": "yaml"}, observed={"last answer": "200"})
    assert Condition.parse("file_format is yaml and last answer is 200").holds_in(run)
    assert not Condition.parse("file_format is yaml and last answer is 503").holds_in(run)
    assert Condition.parse("always").holds_in(run)
