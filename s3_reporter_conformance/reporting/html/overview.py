"""The parts of the start page: the headline, the diagrams as small pictures, and the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ...spec.diagrams import Diagram, all_diagrams
from ...spec.rules import DIAGRAMS, Rule
from .colored import Colored
from .drawing import proportions
from .reporters import Verified


@dataclass(frozen=True)
class Tile:
    """A diagram as a small picture.

    Attributes:
        diagram: The diagram.
        proportions: Its width, divided by its height.
        svg: The picture.
        passed: The number of rules that passed, in words, for each reporter.
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
    """The rules of a diagram, or those beyond the diagrams: the name is `None` then."""

    name: str | None
    rules: tuple[Rule, ...]


def headline(shown: Sequence[Verified]) -> str:
    """The verdict in one line."""
    if len(shown) == 1:
        return f"{shown[0].name}: {shown[0].conclusion.lower()}"
    conforming = sum(each.report.conformant for each in shown)
    verb = "conforms" if conforming == 1 else "conform"
    return f"{conforming} of {len(shown)} reporters {verb}"


def tiles(rules: Sequence[Rule], shown: Sequence[Verified]) -> Iterator[Tile]:
    """Make a small picture of every diagram, in the order in which a report passes them."""
    for name in DIAGRAMS:
        diagram = all_diagrams()[name]
        own = [rule for rule in rules if rule.diagram == name]
        yield Tile(
            diagram,
            proportions(diagram),
            # The project's own drawing.
            Markup(Colored(diagram, rules, shown).small()),  # noqa: S704
            tuple(each.passed(own) for each in shown),
        )


def groups(rules: Sequence[Rule]) -> Iterator[Group]:
    """Group rules by diagram."""
    for name in (*DIAGRAMS, None):
        if found := tuple(rule for rule in rules if rule.diagram == name):
            yield Group(name, found)
