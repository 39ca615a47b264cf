"""A diagram, colored by the rules that are judged at its nodes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from ...spec.diagrams import Diagram, Edge
from ...spec.rules import Judgment, Rule
from ...verdict.status import Status
from .drawing import Look, draw, draw_small
from .reporters import Verified


class Mark(Enum):
    """The result at a node, or of an arrow: its class, its sign, and its words."""

    FAILED = "failed", "✗", "a rule fails here"
    UNMET = "unmet", "≈", "a recommendation is not met here, or a deviation is known"
    PASSED = "passed", "✓", "the rules hold here"
    PLAIN = "plain", "", "nothing was judged here"
    WALKED = "walked", "", "a run came along"
    UNWALKED = "unwalked", "", "no run came along"

    def __init__(self, css: str, sign: str, words: str) -> None:
        """Take the class in the style sheet, the sign, and the words."""
        self.css = css
        self.sign = sign
        self.words = words


@dataclass(frozen=True)
class Box:
    """A node, and the rules that are judged at it."""

    node: str
    text: str
    rules: tuple[Rule, ...]

    @property
    def anchor(self) -> str:
        """The anchor of its rules on the page."""
        return f"node-{self.node}"


@dataclass(frozen=True)
class Colored:
    """A diagram with the results of some reporters.

    Attributes:
        diagram: The diagram.
        rules: The rules of the suite.
        shown: The reporters; the drawings have the colors of the first.
    """

    diagram: Diagram
    rules: Sequence[Rule]
    shown: Sequence[Verified]

    def boxes(self) -> Iterator[Box]:
        """The nodes at which rules are judged, in the order of the diagram."""
        for node, text in self.diagram.nodes.items():
            if rules := tuple(rule for rule in self.rules if self._is_judged(rule, node)):
                yield Box(node, text, rules)

    def mark(self, verified: Verified, box: Box) -> Mark:
        """The result of a reporter at a node."""
        here = self._place(box.node)
        results = [each for rule in box.rules if (each := verified.rules.get(rule.id))]
        broken = [each for each in results if here in each.broken_at]
        if any(verified.fails(each) for each in broken):
            return Mark.FAILED
        if broken:
            return Mark.UNMET
        held = any(each.status in {Status.PASSED, Status.UNEXPECTEDLY_PASSED} for each in results)
        return Mark.PASSED if held else Mark.PLAIN

    def drawing(self, title: str) -> str:
        """The drawing; each node links to its rules."""
        return draw(self.diagram, self._arrows(), self._nodes(), title)

    def small(self) -> str:
        """The drawing without texts."""
        return draw_small(self.diagram, self._arrows(), self._nodes())

    def _place(self, node: str) -> str:
        return f"{self.diagram.name}: {node}"

    def _is_judged(self, rule: Rule, node: str) -> bool:
        places: tuple[Rule | Judgment, ...] = (rule, *rule.judgments)
        results = [each.rules.get(rule.id) for each in self.shown]
        return any(
            (each.diagram, each.node) == (self.diagram.name, node) for each in places
        ) or any(result and self._place(node) in result.broken_at for result in results)

    def _nodes(self) -> Mapping[str, Look]:
        boxes = {box.node: box for box in self.boxes()}
        looks = {}
        for node, text in self.diagram.nodes.items():
            box = boxes.get(node, Box(node, text, ()))
            marks = [self.mark(each, box) for each in self.shown]
            looks[node] = _look(text, marks, f"#{box.anchor}" if box.rules else "")
        return looks

    def _arrows(self) -> Mapping[Edge, Look]:
        walks = [
            {
                step
                for run in each.runs.values()
                for route in run.paths.get(self.diagram.name, ())
                for step in pairwise(route)
            }
            for each in self.shown
        ]
        return {
            edge: _look(
                str(edge),
                [
                    Mark.WALKED if (edge.source, edge.target) in walk else Mark.UNWALKED
                    for walk in walks
                ],
            )
            for edge in self.diagram.edges
        }


def _look(name: str, marks: Sequence[Mark], href: str = "") -> Look:
    # The script puts the words of another mark after the last colon.
    first = marks[0]
    return Look(
        css=first.css,
        title=f"{name}: {first.words}",
        href=href,
        sign=first.sign,
        marks=tuple(mark.css for mark in marks),
    )
