"""The diagrams, as Mermaid drew them, with the look of each arrow and node."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from xml.etree import ElementTree as ET

from ...spec.diagrams import Diagram, Edge

_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Look:
    """The look of a part of a diagram.

    Attributes:
        css: Its class in the style sheet.
        title: Its tooltip, which screen readers read, too.
        href: The target of its link; empty for none.
        sign: A sign, so that nothing depends on color alone.
        marks: Its class for each reporter, for the script that switches.
    """

    css: str
    title: str
    href: str = ""
    sign: str = ""
    marks: tuple[str, ...] = ()


def draw(
    diagram: Diagram, arrows: Mapping[Edge, Look], nodes: Mapping[str, Look], title: str
) -> str:
    """Show a diagram.

    Args:
        diagram: The diagram.
        arrows: The looks of its arrows; an arrow without a look stays plain.
        nodes: The looks of its nodes; of a sequence, its messages.
        title: The description of the picture for screen readers.

    Returns:
        SVG to embed in HTML; it needs a marker with the id `arrow` on the page.
    """
    svg = ET.fromstring(_drawn(diagram.name))  # noqa: S314 -- the project's own file
    svg.set("class", "diagram")
    # It shrinks where it does not fit, but stays readable.
    svg.set("style", f"min-width: {0.62 * float(svg.get('width', 0)):.0f}px")
    svg.set("role", "group")
    svg.set("aria-label", title)
    for parent, child, look in _looks(svg, diagram, arrows, nodes):
        _show(parent, child, look)
    return _text_of(svg)


def draw_small(diagram: Diagram, arrows: Mapping[Edge, Look], nodes: Mapping[str, Look]) -> str:
    """Show a diagram without texts, too small to be read.

    Args:
        diagram: The diagram.
        arrows: The looks of its arrows.
        nodes: The looks of its nodes; of a sequence, its messages.

    Returns:
        SVG that is hidden from screen readers.
    """
    svg = ET.fromstring(_drawn(diagram.name))  # noqa: S314 -- the project's own file
    for name in ("width", "height"):
        del svg.attrib[name]
    svg.set("class", "diagram small")
    svg.set("aria-hidden", "true")
    for _, child, look in _looks(svg, diagram, arrows, nodes):
        _color(child, look)
    for parent in list(svg.iter()):
        for child in list(parent):
            if _is(child, "text") or {"edgeLabel", "labelBox"} & set(_classes(child)):
                parent.remove(child)
    # Groups that held only texts.
    while empty := [
        (parent, child)
        for parent in svg.iter()
        for child in parent
        if _is(child, "g") and not len(child)
    ]:
        for parent, child in empty:
            parent.remove(child)
    return re.sub(r">\s+<", "><", _text_of(svg))


def proportions(diagram: Diagram) -> float:
    """The width of a drawing, divided by its height."""
    svg = ET.fromstring(_drawn(diagram.name))  # noqa: S314 -- the project's own file
    return float(svg.get("width", 1)) / float(svg.get("height", 1))


def _looks(
    svg: ET.Element, diagram: Diagram, arrows: Mapping[Edge, Look], nodes: Mapping[str, Look]
) -> Iterator[tuple[ET.Element, ET.Element, Look]]:
    """The parts of a drawing that have a look, each with its parent and the look."""
    looks = {f"L_{edge.source}_{edge.target}_0": look for edge, look in arrows.items()}
    messages = list(diagram.nodes)
    for parent in list(svg.iter()):
        for child in list(parent):
            node = child.get("data-node")
            if number := child.get("data-message"):
                node = messages[int(number)]
            if node:
                child.set("data-at", node)
            if look := nodes.get(node or "") or looks.get(child.get("data-edge", "")):
                yield parent, child, look


def _text_of(svg: ET.Element) -> str:
    ET.register_namespace("", _SVG)
    return ET.tostring(svg, encoding="unicode")


def _classes(element: ET.Element) -> list[str]:
    return element.get("class", "").split()


def _color(child: ET.Element, look: Look) -> None:
    child.set("class", f"{child.get('class', '')} {look.css}".strip())
    if look.marks:
        child.set("data-marks", " ".join(look.marks))


def parts(name: str) -> tuple[set[str], dict[str, str], list[str]]:
    """The arrows of a drawing, its nodes with their texts, and the texts of its messages."""
    svg = ET.fromstring(_drawn(name))  # noqa: S314 -- the project's own file
    found = list(svg.iter())
    return (
        {edge for each in found if (edge := each.get("data-edge")) and _is(each, "path")},
        {node: _text(each) for each in found if (node := each.get("data-node"))},
        [_text(each) for each in found if each.get("data-message")],
    )


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _show(parent: ET.Element, child: ET.Element, look: Look) -> None:
    _color(child, look)
    if _is(child, "path"):
        # A thin line is hard to hit.
        around = ET.Element(f"{{{_SVG}}}g")
        around.append(ET.Element(f"{{{_SVG}}}path", {"d": child.get("d", ""), "class": "hit"}))
        around.append(child)
        _replace(parent, child, around)
        child = around
    if child.get("data-node"):
        child.append(_sign(child, look.sign))
    title = ET.Element(f"{{{_SVG}}}title")
    title.text = look.title
    if look.href and not child.get("data-edge"):
        attributes = {"class": "part", "href": look.href, "aria-label": look.title}
        link = ET.Element(f"{{{_SVG}}}a", attributes)
        link.append(title)
        _replace(parent, child, link)
        link.append(child)
    else:
        child.insert(0, title)


def _sign(node: ET.Element, text: str) -> ET.Element:
    """A sign in the upper left corner of a box, or above the words of a decision."""
    box = node.find(f"{{{_SVG}}}rect")
    at = {"x": "0", "y": "-22"}
    if box is not None:
        corner = [float(box.get(name, 0)) for name in ("x", "y")]
        at = {"x": f"{corner[0] + 9:g}", "y": f"{corner[1] + 15:g}"}
    sign = ET.Element(f"{{{_SVG}}}text", {"class": "sign", "aria-hidden": "true", **at})
    sign.text = text
    return sign


def _replace(parent: ET.Element, old: ET.Element, new: ET.Element) -> None:
    index = list(parent).index(old)
    parent.remove(old)
    parent.insert(index, new)


def _is(element: ET.Element, tag: str) -> bool:
    return element.tag == f"{{{_SVG}}}{tag}"


@cache
def _drawn(name: str) -> str:
    folder = resources.files("s3_reporter_conformance.specification") / "drawn"
    return (folder / f"{name}.svg").read_text(encoding="utf-8")
