"""What every mutant declares: what it breaks, and which requirements must see it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from s3_reporter_conformance.spec.diagrams import Edge, all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.requirements import Requirement


@dataclass(frozen=True)
class Mutant:
    """A reporter that is broken in one place on purpose.

    Attributes:
        name: The name of its class.
        module: The module that the class is in.
        mistake: What it does wrong, in a sentence.
        edges: The arrows of the diagrams that it breaks, as `diagram: source --> target`.
        interpretation: The number of the interpretation that it breaks, where it breaks no arrow.
        kills: The ids of the requirements that it must fail: these and no others.
    """

    name: str
    module: str
    mistake: str
    edges: tuple[str, ...]
    interpretation: int | None
    kills: frozenset[str]

    @property
    def reporter(self) -> str:
        """How the command line names it."""
        return f"python:{self.module}:{self.name}"


CATALOGUE: dict[str, Mutant] = {}


def mutant(
    *edges: str, interpretation: int | None = None, kills: str = "", spares: str = ""
) -> Callable[[type], type]:
    """Put a reporter into the catalogue.

    Args:
        edges: The arrows that it breaks.
        interpretation: The interpretation that it breaks.
        kills: The requirements that must fail, separated by spaces.
        spares: Instead of `kills`, for one that breaks nearly everything: those that must pass.
    """

    def enter(reporter: type) -> type:
        mistake = (reporter.__doc__ or "").strip()
        killed = set(kills.split()) or _all_ids() - set(spares.split())
        CATALOGUE[reporter.__name__] = Mutant(
            reporter.__name__,
            reporter.__module__,
            mistake,
            edges,
            interpretation,
            frozenset(killed),
        )
        return reporter

    return enter


def named_edges() -> dict[str, Edge]:
    """Every arrow of every diagram, by the name that mutants have for it."""
    return {
        f"{diagram.name}: {edge}": edge
        for diagram in all_diagrams().values()
        for edge in diagram.edges
    }


def takes(requirement: Requirement, edge: str) -> bool:
    """Whether a requirement's route takes an arrow."""
    diagram, _, _ = edge.partition(": ")
    arrow = named_edges()[edge]
    steps = pairwise(requirement.route)
    return requirement.diagram == diagram and (arrow.source, arrow.target) in steps


def _all_ids() -> set[str]:
    return {requirement.id for requirement in all_requirements()}
