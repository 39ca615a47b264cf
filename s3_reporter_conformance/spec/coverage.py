"""Computes which edges and prime paths of the diagrams the runs cover."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from .diagrams import Diagram, Edge, Path, all_diagrams, is_part

RunRoutes = Mapping[str, Mapping[str, tuple[Path, ...]]]
"""The routes of each run, by its id and the name of the diagram."""


@dataclass(frozen=True)
class Coverage:
    """The ids of the runs that take each arrow and each prime path of a diagram."""

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
    runs: dict[str, dict[str, tuple[Path, ...]]] = defaultdict(dict)
    for diagram, routes in json.loads(file.read_text(encoding="utf-8")).items():
        for route, taking in routes.items():
            for run in taking:
                runs[run][diagram] = (*runs[run].get(diagram, ()), tuple(route.split(" > ")))
    return runs


def coverage(runs: RunRoutes) -> tuple[Coverage, ...]:
    """Compute the coverage of each diagram by the routes that runs took."""
    taken = {
        name: {route for routes in runs.values() for route in routes.get(name, ())}
        for name in all_diagrams()
    }

    def taking(diagram: Diagram, path: Path) -> tuple[str, ...]:
        # Many runs take the same route.
        routes = {route for route in taken[diagram.name] if is_part(path, route)}
        return tuple(run for run in runs if routes.intersection(runs[run].get(diagram.name, ())))

    return tuple(
        Coverage(
            diagram,
            {edge: taking(diagram, (edge.source, edge.target)) for edge in diagram.edges},
            {path: taking(diagram, path) for path in diagram.prime_paths()},
        )
        for diagram in all_diagrams().values()
    )
