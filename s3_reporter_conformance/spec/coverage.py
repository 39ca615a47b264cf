"""Computes which edges and prime paths of the diagrams the requirements cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .diagrams import Diagram, Edge, Path, all_diagrams, is_part
from .paths import all_paths
from .requirements import Requirement


@dataclass(frozen=True)
class Coverage:
    """The coverage of one diagram.

    Attributes:
        diagram: The diagram.
        edges: For each arrow, the requirements whose routes contain it.
        prime_paths: For each prime path, the requirements whose routes contain it.
        named_paths: For each named path, the requirements that name it.
    """

    diagram: Diagram
    edges: Mapping[Edge, tuple[str, ...]]
    prime_paths: Mapping[Path, tuple[str, ...]]
    named_paths: Mapping[str, tuple[str, ...]]

    @property
    def complete(self) -> bool:
        """Whether every arrow and every prime path is covered, and every named path in use."""
        covered = (self.edges, self.prime_paths, self.named_paths)
        return all(all(parts.values()) for parts in covered)


def coverage(requirements: Iterable[Requirement]) -> tuple[Coverage, ...]:
    """Compute the coverage of each diagram.

    Extended requirements count too: a path with exactly one retry needs a reporter whose number of
    retries can be configured.
    """
    given = list(requirements)
    return tuple(
        _of_diagram(diagram, [r for r in given if r.diagram == diagram.name])
        for diagram in all_diagrams().values()
    )


def _of_diagram(diagram: Diagram, requirements: list[Requirement]) -> Coverage:
    def passing(path: Path) -> tuple[str, ...]:
        return tuple(r.id for r in requirements if is_part(path, r.route))

    return Coverage(
        diagram,
        {edge: passing((edge.source, edge.target)) for edge in diagram.edges},
        {path: passing(path) for path in diagram.prime_paths()},
        {
            name: tuple(r.id for r in requirements if r.path == name)
            for name in all_paths()[diagram.name]
        },
    )
