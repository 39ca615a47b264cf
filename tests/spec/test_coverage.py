"""The edges and prime paths that the routes of runs cover."""

import pytest

from s3_reporter_conformance.spec.coverage import coverage, walks_of_the_reference
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.explain import coverage_lines

NAMING = all_diagrams()["object_naming"]
BOTH = {
    "in-json": {"object_naming": (NAMING.route("json"),)},
    "in-yaml": {"object_naming": (NAMING.route("yaml"),)},
}


@pytest.mark.parametrize("diagram", sorted(all_diagrams()))
def test_the_reference_covers_every_edge_and_every_prime_path(diagram: str) -> None:
    [each] = [e for e in coverage(walks_of_the_reference()) if e.diagram.name == diagram]
    assert [str(edge) for edge, runs in each.edges.items() if not runs] == []
    assert [path for path, runs in each.prime_paths.items() if not runs] == []
    assert each.complete


def test_a_branch_that_no_run_takes_is_missed() -> None:
    found = {each.diagram.name: each for each in coverage({"in-json": BOTH["in-json"]})}
    naming = found["object_naming"]
    missed = [str(edge) for edge, runs in naming.edges.items() if not runs]
    assert len(missed) == 2
    assert "file_format - yaml -> yaml_extension" in missed[0].lower()
    assert not naming.complete
    assert not any(found["configuration"].edges.values())
    lines = list(coverage_lines([naming], details=False))
    assert any(line.startswith("  prime path ") for line in lines)
    assert "    covered by no run" in lines


def test_routes_of_several_runs_count_together() -> None:
    [naming] = [each for each in coverage(BOTH) if each.diagram.name == "object_naming"]
    assert naming.complete
    assert naming.edges[NAMING.leaving(NAMING.begin)[0]] == ("in-json", "in-yaml")
    details = list(coverage_lines([naming], details=True))
    assert "    in-json, in-yaml" in details
    assert "    covered by no run" not in details
