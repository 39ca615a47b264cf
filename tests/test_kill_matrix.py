"""What the suite catches and what it lets pass, by samples; `tox -e mutants` asks for all."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from kill_matrix import Row, data, gaps, page, run_mutant, run_right, run_variant
from mutants import CATALOGUE, Mutant
from mutants.catalogue import allowed
from variants import VARIANTS

from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.status import Status

DOCS = Path(__file__).parent.parent / "docs"


# A busy machine never makes waits look wrong, but can make wrong ones look right.
_ABOUT_WAITS = 3
_MOST_RUNS = 5

T = TypeVar("T")


def mixed(given: Iterable[T]) -> list[T]:
    """In an order that spreads those over the workers that wait long: they stand together."""
    order = list(given)
    Random(0).shuffle(order)  # noqa: S311
    return order


@pytest.mark.parametrize("mutant", mixed(CATALOGUE.values()), ids=lambda mutant: mutant.name)
def test_a_mutant_is_killed_for_its_own_reason(mutant: Mutant) -> None:
    for _ in range(_MOST_RUNS if mutant.interpretation == _ABOUT_WAITS else 1):
        row = run_mutant(mutant, quick=True)
        survived = (mutant.kills & row.statuses.keys()) - set(row.killed_by)
        if not survived or set(row.killed_by) - mutant.kills:
            break
    assert list(row.complaints()) == []


@pytest.mark.parametrize("name", mixed(VARIANTS))
def test_a_variant_passes(name: str) -> None:
    assert list(run_variant(name, quick=True).complaints()) == []


def test_a_tool_that_scans_passes_the_live_scan() -> None:
    live = [each.id for each in all_requirements() if each.feature == "live-scan"]
    row = run_variant("scanning:Scanner", quick=False, only=live)
    assert dict.fromkeys(live, Status.PASSED) == row.statuses


def test_a_slow_reporter_may_take_longer_to_end() -> None:
    # Not a variant, which would be asked for everything.
    settings = Settings("python:variants.retrying:SlowToBegin")
    row = run_right("SlowToBegin", settings, ["ERR-08"])
    assert row.statuses == {"ERR-08": Status.PASSED}


def test_every_arrow_and_every_requirement_has_a_mutant() -> None:
    assert list(gaps(CATALOGUE.values())) == []


def test_a_gap_is_found() -> None:
    without = [mutant for name, mutant in CATALOGUE.items() if name != "CopyNotTruncated"]
    assert list(gaps(without)) == []
    without = [mutant for name, mutant in CATALOGUE.items() if name != "CopyAlwaysJson"]
    assert "no mutant is killed by EXT-NAME-01" not in gaps(without)
    without = [mutant for mutant in CATALOGUE.values() if "EXT-ATOMIC-02" not in mutant.kills]
    assert "no mutant is killed by EXT-ATOMIC-02" in gaps(without)
    without = [mutant for mutant in CATALOGUE.values() if mutant.module != "mutants.naming"]
    assert "no mutant breaks object_naming: make_key --> key" in gaps(without)


@pytest.mark.parametrize(
    ("mutant", "edge", "complaint"),
    [
        ("NoSlash", "object_naming: key --> nowhere", "which is no arrow of a diagram"),
        ("NoSlash", "local_output: content --> upload", "killed by no requirement that takes"),
    ],
)
def test_a_false_claim_is_found(mutant: str, edge: str, complaint: str) -> None:
    true = CATALOGUE[mutant]
    false = replace(true, edges=(edge,))
    assert any(complaint in found for found in gaps([*CATALOGUE.values(), false]))


@pytest.mark.parametrize("told", ["key --> done", "make_key --> key", "no --> arrow"])
def test_only_an_earlier_arrow_may_be_indistinguishable(told: str) -> None:
    false = replace(CATALOGUE["NoSlash"], indistinguishable={f"object_naming: {told}": "why"})
    assert list(gaps([*CATALOGUE.values(), false])) == [
        f"object_naming: {told} comes before no arrow that NoSlash breaks"
    ]


def test_an_arrow_that_is_not_broken_is_a_complaint() -> None:
    false = replace(CATALOGUE["NoSlash"], edges=("object_naming: begin --> timestamp",))
    assert list(run_mutant(false, quick=True).complaints()) == [
        "KEY-03 diverges at object_naming: make_key --> key, which is not broken"
    ]


def test_what_is_declared_indistinguishable_is_allowed_and_must_be_told() -> None:
    mutant = Mutant("Some", "some", "", ("object_naming: key --> done",), None, frozenset())
    mutant = replace(mutant, indistinguishable={"object_naming: make_key --> key": "why"})
    requirements = {requirement.id: requirement for requirement in all_requirements()}
    key = requirements["KEY-03"]
    assert allowed(mutant, requirements["FMT-01"]) == frozenset()
    assert allowed(mutant, key) == {
        "object_naming: key --> done",
        "object_naming: make_key --> key",
    }
    row = Row(
        "Some",
        frozenset({"KEY-03"}),
        {"KEY-03": Status.FAILED},
        {"KEY-03": frozenset({"object_naming: key --> done"})},
        {"KEY-03": allowed(mutant, key)},
        frozenset(mutant.indistinguishable),
    )
    (complaint,) = row.complaints()
    assert complaint.startswith("no requirement diverges at object_naming: make_key --> key")
    # A sample that leaves a requirement out cannot know.
    assert list(replace(row, kills=row.kills | {"KEY-01"}).complaints()) == []


def test_survivors_bystanders_and_breakdowns_are_complaints() -> None:
    row = Row(
        "Some",
        frozenset({"KEY-01", "KEY-02", "KEY-03"}),
        {
            "KEY-01": Status.FAILED,
            "KEY-02": Status.PASSED,
            "KEY-03": Status.ADAPTER_ERROR,
            "KEY-04": Status.FAILED,
            "KEY-05": Status.PASSED,
        },
    )
    assert list(row.complaints()) == [
        "KEY-02 must fail, and is passed",
        "KEY-03 must fail, and is adapter-error",
        "KEY-04 must pass, and is failed",
    ]


def test_the_documentation_shows_the_catalogue() -> None:
    matrix = data(CATALOGUE.values())
    assert json.loads((DOCS / "kill-matrix.json").read_text()) == matrix
    assert (DOCS / "kill-matrix.md").read_text() == "\n".join(page(matrix)) + "\n"
