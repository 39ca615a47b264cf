"""What every mutant declares: what it breaks, and which requirements must see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from s3_reporter_conformance.adapters.finding import OF_TOOLS
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
        indistinguishable: The earlier arrows that are told instead of one that it breaks, and why
            from outside the two cannot be told apart.
        settings: How it is run, if not with all features and the defaults.
    """

    name: str
    module: str
    mistake: str
    edges: tuple[str, ...]
    interpretation: int | None
    kills: frozenset[str]
    indistinguishable: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reporter(self) -> str:
        """How the command line names it."""
        return f"python:{self.module}:{self.name}"


CATALOGUE: dict[str, Mutant] = {}


def mutant(
    *edges: str,
    interpretation: int | None = None,
    kills: str = "",
    spares: str = "",
    indistinguishable: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Callable[[type], type]:
    """Put a reporter into the catalogue.

    Args:
        edges: The arrows that it breaks.
        interpretation: The interpretation that it breaks.
        kills: The requirements that must fail, separated by spaces.
        spares: Instead of `kills`, for one that breaks nearly everything: those that must pass.
        indistinguishable: The earlier arrows that are told instead, and why.
        settings: How it is run, if not with all features and the defaults.
    """

    def enter(reporter: type) -> type:
        if reporter.__name__ in CATALOGUE:
            message = f"there are two mutants {reporter.__name__}"
            raise ValueError(message)
        mistake = (reporter.__doc__ or "").strip()
        killed = set(kills.split()) or _all_ids() - set(spares.split())
        CATALOGUE[reporter.__name__] = Mutant(
            reporter.__name__,
            reporter.__module__,
            mistake,
            edges,
            interpretation,
            frozenset(killed),
            indistinguishable or {},
            settings or {},
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


def taken(requirement: Requirement) -> tuple[str, ...]:
    """The arrows of a requirement's route in order, by the names that mutants have for them."""
    return tuple(f"{requirement.diagram}: {arrow}" for arrow in requirement.arrows)


def allowed(mutant: Mutant, requirement: Requirement) -> frozenset[str]:
    """The arrows that may be told where a requirement kills a mutant.

    They are those on its path that the mutant breaks, and what cannot be told apart from them; any
    arrow, so none is listed, where its path takes no arrow that the mutant breaks.
    """
    path = set(taken(requirement))
    broken = path & set(mutant.edges)
    return frozenset(broken | (path & mutant.indistinguishable.keys()) if broken else ())


def _all_ids() -> set[str]:
    """Those of reporters: tools have requirements of their own."""
    return {each.id for each in all_requirements() if each.feature not in OF_TOOLS}
