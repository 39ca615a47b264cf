"""The feature files: everything in them is collected, and nothing in them is said twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pairs
import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from s3_reporter_conformance.exploring.options import TRIPLES
from s3_reporter_conformance.spec.feature_files import extended_features, feature_files
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios, read_feature, summary_of
from s3_reporter_conformance.spec.rules import Level, Scenario


def runs_as_compiled(path: Path) -> Iterator[tuple[Scenario, Any]]:
    """Each run of a feature file, and what the official compiler makes of it."""
    parsed: Any = Parser().parse(path.read_text(encoding="utf-8"))
    document: Any = {**parsed, "uri": path.name}
    compiled = [
        pickle
        for pickle in Compiler().compile(document)
        if "@every-run" not in {tag["name"] for tag in pickle["tags"]}
    ]
    yield from zip(read_feature(path).scenarios, compiled, strict=True)


def sentences() -> Mapping[str, list[str]]:
    """The sentences of each run, its background included, by its id."""
    return {
        scenario.id: [step["text"] for step in pickle["steps"]]
        for path in feature_files()
        for scenario, pickle in runs_as_compiled(path)
    }


@pytest.mark.parametrize("path", feature_files(), ids=lambda path: path.stem)
def test_a_feature_file_is_read_as_it_is_compiled(path: Path) -> None:
    for scenario, pickle in runs_as_compiled(path):
        assert re.fullmatch(rf"{re.escape(pickle['name'])}( \d+)?", scenario.name)


def test_no_two_runs_are_of_one_situation() -> None:
    situations = defaultdict(list)
    for name, steps in sentences().items():
        # The order in which a situation is prepared makes no other situation.
        situations[frozenset(Counter(steps).items())].append(name)
    assert [names for names in situations.values() if len(names) > 1] == []


def test_every_run_stands_under_a_rule_or_is_a_row_and_there_are_few() -> None:
    assert [each.id for each in all_scenarios() if each.rule is None and not each.values] == []
    # More would take too long with slow programs.
    assert len([each for each in all_scenarios() if each.feature != "live-scan"]) <= 160


def test_the_rules_of_a_feature_file_share_the_beginning_of_their_ids() -> None:
    beginnings = {(rule.area, rule.id.rpartition("-")[0]) for rule in all_rules()}
    assert len(beginnings) == len({area for area, _ in beginnings})
    for rule in all_rules():
        assert (rule.level is Level.EXTENDED) is rule.id.startswith("EXT-")
        assert rule.level is not Level.CORE or rule.diagram == rule.area


def test_every_extended_feature_has_rules_and_a_summary() -> None:
    assert {rule.feature for rule in all_rules() if rule.feature} == extended_features()
    for name in extended_features():
        assert re.fullmatch(r"[A-Z][^.]*(\.[^. ][^.]*)*\.", summary_of(name)), name


def test_the_table_of_pairs_is_the_one_that_its_generator_writes() -> None:
    assert pairs.FEATURE.read_text(encoding="utf-8") == pairs.pairs()
    assert TRIPLES.read_text(encoding="utf-8") == pairs.triples()


def test_a_rule_comes_after_rules_that_decide_as_much() -> None:
    rules = {rule.id: rule for rule in all_rules()}
    for rule in rules.values():
        levels = {rules[other].level for other in rule.after}
        assert levels <= {Level.CORE, rule.level}, rule.id
