"""The features: what is written is collected, and nothing of the diagrams is missing."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from pytest_bdd.steps import step_function_context_registry

from s3_reporter_conformance.spec.coverage import coverage
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.explain import coverage_lines
from s3_reporter_conformance.spec.features import extended_features, feature_files
from s3_reporter_conformance.spec.gherkin import all_requirements, summary_of
from s3_reporter_conformance.spec.interpretations import all_interpretations
from s3_reporter_conformance.spec.requirements import PREFIXES, Level

REQUIREMENTS = all_requirements()


IDS = {(requirement.file, requirement.name): requirement.id for requirement in REQUIREMENTS}

COLLECT = """
import json, sys, pytest

class Told:
    def pytest_collection_finish(self, session):
        from pytest_bdd.scenario import scenario_wrapper_template_registry as templates
        for item in session.items:
            callspec = getattr(item, "callspec", None)
            values = callspec.params["_pytest_bdd_example"] if callspec else {}
            steps = templates[item.obj].render(values).steps
            print("ITEM" + json.dumps([item.name, [step.name for step in steps]]))

sys.exit(pytest.main(sys.argv[1:], plugins=[Told()]))
"""


def pickles() -> list[tuple[str, Any]]:
    """What the official compiler makes of the features, each with the id of its requirement."""
    found = []
    for path in feature_files():
        parsed: Any = Parser().parse(path.read_text(encoding="utf-8"))
        file = f"features/{path.as_posix().rpartition('features/')[2]}"
        document: Any = {**parsed, "uri": file}
        compiled = Compiler().compile(document)
        found += [(IDS[file, pickle["name"]], pickle) for pickle in compiled]
    return found


def test_what_is_collected_is_what_is_written() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-c", COLLECT, "-p", "s3_reporter_conformance.pytest_plugin"),
            *("-p", "no:cacheprovider", "--collect-only", "-q"),
            *("--pyargs", "s3_reporter_conformance.features"),
        ],
        cwd=feature_files()[0].parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    lines = done.stdout.splitlines()
    collected = [json.loads(line[4:]) for line in lines if line.startswith("ITEM")]
    numbers: Counter[str] = Counter()
    written = []
    for name, pickle in pickles():
        numbers[name] += 1
        written.append([f"{name}[{numbers[name]}]", [step["text"] for step in pickle["steps"]]])
    assert sorted(collected) == sorted(written)
    assert numbers == {requirement.id: requirement.examples for requirement in REQUIREMENTS}


def test_every_step_is_defined_once_and_every_definition_is_used() -> None:
    kinds = {"Context": "given", "Action": "when", "Outcome": "then"}
    sentences = {(kinds[s["type"]], s["text"]) for _, p in pickles() for s in p["steps"]}
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
        assert each.complete


def test_every_named_path_is_in_use() -> None:
    unused = [
        f"{each.diagram.name}/{name}"
        for each in coverage(REQUIREMENTS)
        for name, ids in each.named_paths.items()
        if not ids
    ]
    assert unused == []


def test_a_named_path_that_no_requirement_uses_is_missed() -> None:
    rest = [r for r in REQUIREMENTS if r.path != "two-retries-exhausted"]
    broken = [each for each in coverage(rest) if not each.complete]
    assert [each.diagram.name for each in broken] == ["error_handling"]
    assert all(broken[0].edges.values())
    assert [name for name, ids in broken[0].named_paths.items() if not ids] == [
        "two-retries-exhausted"
    ]
    assert "  named path two-retries-exhausted" in list(coverage_lines(broken, details=False))


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
    assert declared == extended_features()
    for requirement in REQUIREMENTS:
        if requirement.feature:
            assert requirement.area == requirement.feature.replace("-", "_")
    for name in extended_features():
        assert re.fullmatch(r"[A-Z][^.]*(\.[^. ][^.]*)*\.", summary_of(name)), name


def test_every_interpretation_names_its_requirements() -> None:
    interpretations = all_interpretations()
    assert sorted(interpretations) == list(range(1, 16))
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
