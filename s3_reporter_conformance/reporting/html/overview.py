"""The start page: the diagrams as small pictures, and the requirements in groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ...spec.diagrams import Diagram, all_diagrams
from ...spec.requirements import PREFIXES, Requirement
from .colored import Colored
from .drawing import proportions
from .results import Verified


@dataclass(frozen=True)
class Tile:
    """A diagram as a small picture.

    Attributes:
        diagram: The diagram.
        proportions: How many times as wide as high it is.
        svg: The picture.
        passed: How many requirements passed, in words, for each reporter.
    """

    diagram: Diagram
    proportions: float
    svg: Markup
    passed: tuple[str, ...]

    @property
    def shape(self) -> str:
        """The class that gives it its place: `strip`, `wide`, `square`, or `tall`."""
        limits = {"strip": 4.0, "wide": 2.0, "square": 0.7}
        return next((name for name, least in limits.items() if self.proportions > least), "tall")


@dataclass(frozen=True)
class Group:
    """The requirements of a diagram, or those beyond the diagrams, or those that are gone.

    Attributes:
        name: The name of the diagram, `none`, or `gone`.
        rules: The requirements of each rule.
    """

    name: str
    rules: tuple[tuple[str, tuple[Requirement, ...]], ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All of its requirements."""
        return tuple(each for _, members in self.rules for each in members)


def tiles(requirements: Sequence[Requirement], shown: Sequence[Verified]) -> Iterator[Tile]:
    """Make a small picture of every diagram, in the order in which a report comes by."""
    for name in PREFIXES:
        diagram = all_diagrams()[name]
        following = [r for r in requirements if r.diagram == name]
        yield Tile(
            diagram,
            proportions(diagram),
            # The project's own drawing.
            Markup(Colored(diagram, following, shown).small()),  # noqa: S704
            tuple(each.passed(following) for each in shown),
        )


def groups(requirements: Sequence[Requirement], gone: Sequence[Requirement]) -> Iterator[Group]:
    """Group requirements by diagram and rule.

    Args:
        requirements: The requirements of the suite.
        gone: The requirements that only reports have.
    """
    for name in (*PREFIXES, None):
        of_diagram = [r for r in requirements if r.diagram == name]
        rules = groupby(of_diagram, key=lambda r: r.rule)
        yield Group(name or "none", tuple((rule, tuple(members)) for rule, members in rules))
    if gone:
        yield Group("gone", (("", tuple(gone)),))
