"""A diagram, colored by the results of reporters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...spec.diagrams import Diagram, Edge
from ...spec.requirements import Requirement
from .drawing import Look, draw, draw_small
from .results import Mark, Verified


@dataclass(frozen=True)
class Cell:
    """An arrow and one reporter.

    Attributes:
        verified: The reporter.
        mark: What is known of the arrow.
        deviating: The requirements on whose path the arrow is and that it did not pass.
    """

    verified: Verified
    mark: Mark
    deviating: tuple[Requirement, ...]


@dataclass(frozen=True)
class ColoredArrow:
    """An arrow and all reporters.

    Attributes:
        edge: The arrow.
        anchor: How its row is called on the page.
        requirements: The requirements on whose path it is.
        cells: What is known of it, for each reporter.
    """

    edge: Edge
    anchor: str
    requirements: tuple[Requirement, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Colored:
    """A diagram with the results of some reporters.

    Attributes:
        diagram: The diagram.
        following: The requirements whose paths lead through it.
        shown: The reporters; the drawings have the colors of the first.
    """

    diagram: Diagram
    following: Sequence[Requirement]
    shown: Sequence[Verified]

    def arrows(self) -> Iterator[ColoredArrow]:
        """The arrows, in the order of the diagram."""
        for number, edge in enumerate(self.diagram.edges):
            taking = tuple(r for r in self.following if edge in r.arrows)
            cells = tuple(
                Cell(
                    each,
                    each.arrow(edge, taking),
                    tuple(r for r in taking if (s := each.status(r)) and (s.deviates or s.failed)),
                )
                for each in self.shown
            )
            yield ColoredArrow(edge, f"arrow-{number}", taking, cells)

    def drawing(self, title: str) -> str:
        """The drawing, each part of which leads to the row of its arrow."""
        arrows, nodes = self._looks()
        return draw(self.diagram, arrows, nodes, title)

    def small(self) -> str:
        """The drawing without texts."""
        arrows, nodes = self._looks()
        return draw_small(self.diagram, arrows, nodes)

    def _looks(self) -> tuple[Mapping[Edge, Look], Mapping[str, Look]]:
        arrows = {}
        for arrow in self.arrows():
            names = ", ".join(r.id for r in arrow.requirements)
            marks = [cell.mark for cell in arrow.cells]
            arrows[arrow.edge] = _look(f"{arrow.edge} ({names})", marks, arrow.anchor)
        edges = self.diagram.edges
        nodes = {}
        for node, text in self.diagram.nodes.items():
            first = next(i for i, e in enumerate(edges) if node in {e.source, e.target})
            coming = [i for i, e in enumerate(edges) if e.target == node]
            marks = [each.node(node, self.following) for each in self.shown]
            nodes[node] = _look(text, marks, f"arrow-{coming[0] if coming else first}")
        return arrows, nodes


def _look(what: str, marks: Sequence[Mark], anchor: str) -> Look:
    # The script puts the words of another mark behind the last colon.
    first = marks[0]
    return Look(
        css=first.css,
        title=f"{what}: {first.words}",
        href=f"#{anchor}",
        sign=first.sign,
        marks=tuple(mark.css for mark in marks),
    )
