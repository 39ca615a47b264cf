"""The diagrams, as Mermaid drew them, colored by the rules that are judged at their nodes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from importlib import resources
from itertools import pairwise
from xml.etree import ElementTree as ET

from markupsafe import Markup

from ...spec.diagrams import Diagram
from ...spec.rules import Judgment, Rule
from .verified import Look, Verified

_SVG = "{http://www.w3.org/2000/svg}"


class Mark(Look, Enum):
    """The result at a node, or of an arrow: its class, its sign, and its words."""

    FAILED = "failed", "✗", "a rule fails here"
    UNMET = "unmet", "≈", "a recommendation is not met here, or a deviation is known"
    PASSED = "passed", "✓", "the rules hold here"
    PLAIN = "plain", "", "nothing was judged here"
    WALKED = "walked", "", "a run came along"
    UNWALKED = "unwalked", "", "no run came along"


# The mark of a box that has rules of some looks; the first that fits.
_TOLD = {
    Mark.FAILED: {"failed"},
    Mark.UNMET: {"unmet", "known-deviation"},
    Mark.PASSED: {"passed", "unexpectedly-passed"},
}


@dataclass(frozen=True)
class Drawing:
    """A diagram with the results of some reporters, in the colors of the first."""

    diagram: Diagram
    rules: Sequence[Rule]
    shown: Sequence[Verified]

    @cached_property
    def boxes(self) -> Mapping[str, Sequence[Rule]]:
        """The nodes at which rules are judged, in the order of the diagram, and these rules."""
        found: dict[str, list[Rule]] = {node: [] for node in self.diagram.nodes}
        for rule in self.rules:
            places: tuple[Rule | Judgment, ...] = (rule, *rule.judgments)
            for node in dict.fromkeys(e.node for e in places if e.diagram == self.diagram.name):
                found[node or ""].append(rule)
        return {node: rules for node, rules in found.items() if rules}

    def mark(self, verified: Verified, node: str) -> Mark:
        """The result of a reporter at a node."""
        place = f"{self.diagram.name}: {node}"
        looks = {verified.look(rule, place).css for rule in self.boxes.get(node, ())}
        return next((mark for mark, told in _TOLD.items() if looks & told), Mark.PLAIN)

    def large(self, title: str) -> Markup:
        """The drawing; each box links to its rules. It needs a marker `arrow` on the page."""
        svg = self._colored()
        for parent in list(svg.iter()):
            for index, part in enumerate(parent):
                if (node := part.get("data-node", "")) in self.boxes:
                    parent[index] = self._linked(part, node)
        # It shrinks where it does not fit, but stays readable.
        style = f"min-width: {0.82 * float(svg.get('width', 0)):.0f}px"
        svg.attrib |= {"class": "diagram", "role": "group", "aria-label": title, "style": style}
        return _markup(svg)

    def small(self) -> Markup:
        """The drawing, too small to be read: the style sheet and screen readers hide its texts."""
        svg = self._colored()
        svg.attrib |= {"class": "diagram small", "aria-hidden": "true"}
        return _markup(svg)

    def _colored(self) -> ET.Element:
        svg = read_drawing(self.diagram.name)
        edges = {f"L_{edge.source}_{edge.target}_0": edge for edge in self.diagram.edges}
        walks = [set(self._steps(each)) for each in self.shown]
        for part in svg.iter():
            if node := part.get("data-node"):
                marks = [self.mark(each, node) for each in self.shown]
            elif edge := edges.get(part.get("data-edge", "")):
                step = (edge.source, edge.target)
                marks = [Mark.WALKED if step in walk else Mark.UNWALKED for walk in walks]
            else:
                continue
            part.set("class", f"{part.get('class', '')} {marks[0].css}".strip())
            part.set("data-marks", " ".join(mark.css for mark in marks))
        return svg

    def _steps(self, verified: Verified) -> Iterator[tuple[str, str]]:
        for run in verified.runs.values():
            for route in run.paths.get(self.diagram.name, ()):
                yield from pairwise(route)

    def _linked(self, part: ET.Element, node: str) -> ET.Element:
        """A box with its sign and a tooltip, in a link to its rules."""
        mark = self.mark(self.shown[0], node)
        _add_sign(part, mark.sign)
        # The script puts the words of another mark after the last colon.
        title = f"{self.diagram.nodes[node]}: {mark.words}"
        link = ET.Element(f"{_SVG}a", {"href": f"#node-{node}", "aria-label": title})
        ET.SubElement(link, f"{_SVG}title").text = title
        link.append(part)
        return link


def read_drawing(name: str) -> ET.Element:
    """The drawing of a diagram, without results."""
    folder = resources.files("s3_reporter_conformance.specification") / "drawn"
    text = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return ET.fromstring(text)  # noqa: S314 -- the project's own file


def _add_sign(part: ET.Element, text: str) -> None:
    """Add a sign: before the words of a message, or beside a box, where the drawing has a place."""
    look = {"class": "sign", "aria-hidden": "true"}
    if (words := part.find(f"{_SVG}text")) is not None:
        sign = ET.SubElement(words, f"{_SVG}tspan", look)
        sign.tail, words.text = f" {words.text}", ""
    else:
        x, y = part.get("data-sign", "").split()
        sign = ET.SubElement(part, f"{_SVG}text", {**look, "x": x, "y": y})
    sign.text = text


def _markup(svg: ET.Element) -> Markup:
    ET.register_namespace("", _SVG[1:-1])
    return Markup(ET.tostring(svg, encoding="unicode"))  # noqa: S704 -- the project's own drawing
