"""The edges and prime paths that the routes of runs cover."""

import pytest

from s3_reporter_conformance.spec.coverage import coverage, walks_of_the_reference
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.explain import coverage_lines


@pytest.mark.parametrize("diagram", sorted(all_diagrams()))
def test_the_reference_covers_every_edge_and_every_prime_path(diagram: str) -> None:
    [each] = [e for e in coverage(walks_of_the_reference()) if e.diagram.name == diagram]
    assert [edge for edge, runs in each.edges.items() if not runs] == []
    assert [path for path, runs in each.prime_paths.items() if not runs] == []
    assert each.complete


def test_runs_count_together_and_what_no_run_takes_is_missed() -> None:
    naming = all_diagrams()["object_naming"]
    runs = {f"in-{each}": {"object_naming": (naming.route(each),)} for each in ("json", "yaml")}
    [whole] = [each for each in coverage(runs) if each.diagram is naming]
    assert whole.complete
    assert whole.edges[naming.leaving(naming.begin)[0]] == ("in-json", "in-yaml")
    del runs["in-yaml"]
    [half] = [each for each in coverage(runs) if each.diagram is naming]
    missed = [naming.told(edge) for edge, taking in half.edges.items() if not taking]
    assert missed[0] == "Which file format? (YAML) -> Extension .yaml"
    assert not half.complete
    assert "    covered by no run" in list(coverage_lines([half], details=False))
