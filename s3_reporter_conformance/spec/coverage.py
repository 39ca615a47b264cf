"""Computes which edges and prime paths of the diagrams the runs cover."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from .diagrams import Diagram, Edge, Path, all_diagrams, is_part

RunRoutes = Mapping[str, Mapping[str, tuple[Path, ...]]]
"""The routes of each run, by its id and the name of the diagram."""


@dataclass(frozen=True)
class Coverage:
    """The coverage of one diagram.

    Attributes:
        diagram: The diagram.
        edges: For each arrow, the ids of the runs that take it.
        prime_paths: For each prime path, the ids of the runs whose routes contain it.
    """

    diagram: Diagram
    edges: Mapping[Edge, tuple[str, ...]]
    prime_paths: Mapping[Path, tuple[str, ...]]

    @property
    def complete(self) -> bool:
        """Whether every arrow and every prime path is covered."""
        return all(self.edges.values()) and all(self.prime_paths.values())


def walks_of_the_reference() -> RunRoutes:
    """The routes of the runs of the reference, as `docs/walks.json` has them."""
    file = resources.files("s3_reporter_conformance.docs") / "walks.json"
    runs: dict[str, dict[str, tuple[Path, ...]]] = {}
    for diagram, routes in json.loads(file.read_text(encoding="utf-8")).items():
        for route, taking in routes.items():
            for run in taking:
                found = runs.setdefault(run, {})
                found[diagram] = (*found.get(diagram, ()), tuple(route.split(" > ")))
    return runs


def coverage(runs: RunRoutes) -> tuple[Coverage, ...]:
    """Compute the coverage of each diagram.

    Args:
        runs: The routes that runs took.
    """
    return tuple(
        _of_diagram(
            diagram,
            {run: routes[diagram.name] for run, routes in runs.items() if diagram.name in routes},
        )
        for diagram in all_diagrams().values()
    )


def _of_diagram(diagram: Diagram, runs: Mapping[str, tuple[Path, ...]]) -> Coverage:
    def passing(path: Path) -> tuple[str, ...]:
        return tuple(
            run for run, routes in runs.items() if any(is_part(path, tuple(r)) for r in routes)
        )

    return Coverage(
        diagram,
        {edge: passing((edge.source, edge.target)) for edge in diagram.edges},
        {path: passing(path) for path in diagram.prime_paths()},
    )
