"""The features: nothing in them passes in silence, and nothing of the diagrams is missing."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.steps import step_function_context_registry

from s3_reporter_conformance.adapters.manifest import EXTENDED_FEATURES
from s3_reporter_conformance.spec.coverage import coverage
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import (
    FeatureError,
    all_requirements,
    feature_files,
    read_requirements,
)
from s3_reporter_conformance.spec.interpretations import all_interpretations
from s3_reporter_conformance.spec.requirements import PREFIXES, Level

pytest_plugins = ["pytester"]

REQUIREMENTS = all_requirements()

GOOD = """
Feature: Object naming

  Background:
    Given a configured reporter

  Rule: One
    Often wrong: everything.

    @KEY-91 @core @path:file_format=json
    Scenario: First
      Given the option key_prefix is "scans"
      When ASH Core runs the reporter
      Then the object's key begins with "scans/"

    @KEY-92 @core @path:file_format=json
    Scenario Outline: Second
      Given the option key_prefix is "<prefix>"
      When ASH Core runs the reporter
      Then the object's key begins with "<prefix>"

      Examples:
        | prefix |
        | a      |
        | b      |
"""

THEN = '      Then the object\'s key begins with "scans/"\n'
FIRST = GOOD[GOOD.index("      Given the option") : GOOD.index(THEN)] + THEN

BROKEN = {
    "a name used twice": (GOOD.replace("Second", "First"), "names used twice: First"),
    "an id used twice": (GOOD.replace("KEY-92", "KEY-91"), "ids used twice: KEY-91"),
    "an outline without examples": (
        GOOD.replace("        | a      |\n        | b      |\n", ""),
        "a table of examples is empty",
    ),
    "an outline without a table": (
        GOOD[: GOOD.index("      Examples:")].replace("<prefix>", "a"),
        "a table of examples is empty",
    ),
    "an unknown placeholder": (
        GOOD.replace('"<prefix>"', '"<frefix>"', 1),
        "do not match: <frefix>",
    ),
    "a column that nothing uses": (GOOD.replace("<prefix>", "x"), "do not match: <prefix>"),
    "a placeholder in a name": (GOOD.replace("Second", "<prefix>"), "a requirement has one name"),
    "a scenario without steps": (GOOD.replace(FIRST, ""), "no steps"),
    "a scenario that asserts nothing": (GOOD.replace(THEN, ""), "it would assert nothing"),
    "no id": (GOOD.replace("@KEY-91 ", ""), "one tag with its id"),
    "no level": (GOOD.replace("@KEY-91 @core", "@KEY-91"), "one tag with its level"),
    "no path": (GOOD.replace("@core @path:file_format=json", "@core", 1), "one tag with its path"),
    "a path that fits no diagram": (
        GOOD.replace("file_format=json", "file_format=xml", 1),
        "its path fits no diagram",
    ),
    "a core requirement of a feature": (
        GOOD.replace("@KEY-91 @core", "@KEY-91 @core @feature:no-secrets"),
        "belongs to @extended",
    ),
    "an extended requirement of none": (
        GOOD.replace("@KEY-91 @core", "@KEY-91 @extended"),
        "belongs to @extended",
    ),
    "a rule that does not warn": (GOOD.replace("Often wrong", "Right"), "what is often wrong"),
    "a scenario outside of a rule": (
        GOOD.replace("  Rule: One\n    Often wrong: everything.\n", ""),
        "outside of a Rule",
    ),
    "no Gherkin": (GOOD + "\nFeature: Two\n", "Parser errors"),
    "nothing to do": ("Feature: One\n", "no scenarios"),
    "a misspelt keyword": (
        GOOD.replace("    @KEY-91 @core @path:file_format=json\n    Scenario:", "    Scenari:"),
        "looks like Gherkin, but is read as a description",
    ),
    "a misspelt keyword after tags": (GOOD.replace("Scenario: First", "Szenario: First"), "Parser"),
    "an empty file": ("", "no Feature"),
    "a step that nobody defined": (GOOD.replace("runs the", "walks the"), "is not found"),
}


def pickles(path: Path) -> list[Any]:
    document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    with_uri: Any = {**document, "uri": str(path)}
    return Compiler().compile(with_uri)


def all_pickles() -> list[Any]:
    return [pickle for path in feature_files() for pickle in pickles(path)]


def test_the_good_feature_is_good(pytester: pytest.Pytester) -> None:
    path = pytester.path / "object_naming.feature"
    path.write_text(GOOD)
    assert [(r.id, r.examples) for r in read_requirements(path)] == [("KEY-91", 1), ("KEY-92", 2)]
    run_suite(pytester).assert_outcomes(passed=3)


@pytest.mark.parametrize(("text", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_feature_turns_red(pytester: pytest.Pytester, text: str, words: str) -> None:
    (pytester.path / "object_naming.feature").write_text(text)
    result = run_suite(pytester)
    assert result.ret not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert words in " ".join(str(result.stdout).split())


def test_a_sentence_that_two_steps_match_turns_red(pytester: pytest.Pytester) -> None:
    (pytester.path / "object_naming.feature").write_text(GOOD)
    pytester.makeconftest(
        """
        from pytest_bdd import given, parsers

        @given(parsers.parse('the option {rest}'))
        def another(rest):
            pass
        """
    )
    result = run_suite(pytester)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "several step definitions match" in " ".join(str(result.stdout).split())


def run_suite(pytester: pytest.Pytester) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "s3_reporter_conformance.pytest_plugin")


def test_what_is_collected_is_what_is_written() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "s3_reporter_conformance.pytest_plugin"),
            *("-p", "no:cacheprovider", "--collect-only", "-q"),
            *("--pyargs", "s3_reporter_conformance.features"),
        ],
        cwd=feature_files()[0].parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    collected = Counter(re.findall(r"\.feature::([A-Z][A-Z-]*-\d\d)", done.stdout))
    ids = {requirement.id for requirement in REQUIREMENTS}
    written = Counter(
        name for p in all_pickles() for t in p["tags"] if (name := t["name"][1:]) in ids
    )
    assert collected == written
    assert sum(collected.values()) == len(all_pickles())
    assert collected == {requirement.id: requirement.examples for requirement in REQUIREMENTS}


def test_every_step_is_defined_once_and_every_definition_is_used() -> None:
    kinds = {"Context": "given", "Action": "when", "Outcome": "then"}
    sentences = {(kinds[s["type"]], s["text"]) for p in all_pickles() for s in p["steps"]}
    definitions = [
        context
        for context in step_function_context_registry.values()
        if context.step_func.__module__.startswith("s3_reporter_conformance.steps")
    ]
    used: Counter[str] = Counter()
    for kind, text in sentences:
        matching = [
            d.step_func.__name__
            for d in definitions
            if d.type == kind and d.parser.is_matching(text)
        ]
        assert len(matching) == 1, f"{kind} {text}: {matching}"
        used[matching[0]] += 1
    assert {d.step_func.__name__ for d in definitions} == set(used)


def test_every_edge_and_every_prime_path_is_covered() -> None:
    for each in coverage(REQUIREMENTS):
        assert [edge for edge, ids in each.edges.items() if not ids] == []
        assert [path for path, ids in each.prime_paths.items() if not ids] == []


def test_a_requirement_that_alone_covers_something_is_missed() -> None:
    alone = {
        ids[0]
        for each in coverage(REQUIREMENTS)
        for ids in (*each.edges.values(), *each.prime_paths.values())
        if len(ids) == 1
    }
    assert alone
    for name in alone:
        rest = [requirement for requirement in REQUIREMENTS if requirement.id != name]
        assert not all(each.complete for each in coverage(rest)), name


def test_ids_begin_as_their_diagram_says() -> None:
    assert set(PREFIXES) == set(all_diagrams())
    for requirement in REQUIREMENTS:
        prefix = PREFIXES.get(requirement.area, "EXT")
        assert requirement.id.startswith(f"{prefix}-"), requirement.id
        assert (requirement.level is Level.EXTENDED) is (prefix == "EXT")


def test_every_extended_feature_has_a_file_and_requirements() -> None:
    declared = {r.feature for r in REQUIREMENTS if r.feature}
    assert declared == EXTENDED_FEATURES
    for requirement in REQUIREMENTS:
        if requirement.feature:
            assert requirement.area == requirement.feature.replace("-", "_")


def test_every_reading_names_its_requirements() -> None:
    interpretations = all_interpretations()
    assert sorted(interpretations) == list(range(1, 14))
    for number, interpretation in interpretations.items():
        tagged = tuple(r.id for r in REQUIREMENTS if number in r.interpretations)
        assert interpretation.requirements == tagged, f"interpretation {number}"
        assert interpretation.statement
        assert interpretation.reason
        # Interpretation 13 says what is not tested.
        assert bool(tagged) is (number != 13)
    assert {n for r in REQUIREMENTS for n in r.interpretations} <= set(interpretations)


def test_the_changelog_knows_every_requirement() -> None:
    text = (Path(__file__).parents[2] / "CHANGELOG.md").read_text()
    known = set(re.findall(r"[A-Z]{3}(?:-[A-Z]+)?-\d\d", text))
    assert {requirement.id for requirement in REQUIREMENTS} <= known


def test_a_second_file_may_not_reuse_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "object_naming.feature", tmp_path / "more" / "object_naming.feature"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD)
    monkeypatch.setattr("s3_reporter_conformance.spec.gherkin.feature_files", lambda: paths)
    with pytest.raises(FeatureError, match="ids used twice: KEY-91, KEY-92"):
        all_requirements.__wrapped__()
