"""The step definitions of the sentences, in runs and in judgments."""

import pytest
from pytest_bdd.steps import step_function_context_registry

from s3_reporter_conformance.runner.judge import definition_of
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios

pytest_plugins = ["pytester"]

# More are too many to write a scenario with.
MOST_PATTERNS = 90
FEATURE = """
Feature: Object naming

  Scenario: First
    Given a configured reporter
    When ASH Core runs the reporter
"""
RULE = """
  @KEY-91 @core @node:key
  Rule: One
    Often wrong: everything.

    @every-run
    Scenario: A key
      When the upload is stored
      Then the key ends with ".json"
"""


def sentences() -> set[tuple[str, str]]:
    """The sentences of all judgments and of all runs, with the kind of each."""
    found = {
        (kind, sentence)
        for rule in all_rules()
        for judgment in rule.judgments
        for kind, own in (("when", judgment.when), ("then", judgment.then))
        for sentence in own
    }
    for scenario in all_scenarios():
        found |= {("given", each) for each in scenario.given} | {("when", scenario.when)}
    return found


def test_every_sentence_has_one_definition_and_every_definition_a_sentence() -> None:
    found = [definition_of(kind, sentence) for kind, sentence in sentences()]
    assert None not in found
    used = {each.step_func for each in found if each}
    defined = {
        context.step_func
        for context in step_function_context_registry.values()
        if context.step_func.__module__.startswith("s3_reporter_conformance.steps")
    }
    assert {each.__name__ for each in defined - used} == set()
    assert len(defined) <= MOST_PATTERNS


def test_a_run_of_a_good_feature_passes(pytester: pytest.Pytester) -> None:
    (pytester.path / "object_naming.feature").write_text(FEATURE)
    run_suite(pytester).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            FEATURE.replace("runs the reporter", "walks the reporter"),
            "no step definition matches: ASH Core walks",
        ),
        (FEATURE + RULE.replace("@node:key", "@node:nosuch"), "there is no node nosuch"),
        (FEATURE + RULE, "rules that are none of the suite's: KEY-91"),
    ],
)
def test_a_feature_that_cannot_be_run_turns_red(
    pytester: pytest.Pytester, text: str, words: str
) -> None:
    (pytester.path / "object_naming.feature").write_text(text)
    result = run_suite(pytester)
    assert result.ret not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert words in " ".join(str(result.stdout).split())


def test_a_sentence_that_two_definitions_match_turns_red(pytester: pytest.Pytester) -> None:
    (pytester.path / "object_naming.feature").write_text(FEATURE)
    pytester.makeconftest(
        """
        from pytest_bdd import given, parsers

        @given(parsers.parse('a configured {rest}'))
        def another(rest):
            pass
        """
    )
    # Else the step definition would be there for the tests that follow.
    result = pytester.runpytest_subprocess("-p", "s3_reporter_conformance.pytest_plugin")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "several step definitions match" in " ".join(str(result.stdout).split())


def run_suite(pytester: pytest.Pytester) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "s3_reporter_conformance.pytest_plugin")
