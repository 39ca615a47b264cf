"""The diagrams as graphs: nodes, edges, routes, and prime paths.

A sequence diagram becomes a graph, too: its messages are the nodes, and `alt` branches.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

Path = tuple[str, ...]
"""The ids of the nodes on a route, in order."""

# In the order in which a report passes through them.
_NAMES = (
    *("architecture", "report_sequence", "format_conversion", "error_handling", "object_naming"),
    *("configuration", "local_output", "integrations"),
)

_NODE = r"(?P<{0}>\w+)(?P<{0}_shape>\[[^\]]*\]|\{{[^}}]*\}})?"
_EDGE = re.compile(
    _NODE.format("source") + r"\s*-->\s*(?:\|(?P<label>[^|]*)\|\s*)?" + _NODE.format("target")
)
_MESSAGE = re.compile(r"(?P<source>\w+)-{1,2}>>(?P<target>\w+): (?P<text>.+)")
_PARTICIPANT = re.compile(r"participant (?P<id>\w+) as (?P<label>.+)")
_ALTERNATIVE = re.compile(r"(?P<word>alt|else) (?P<label>\w+)")


@dataclass(frozen=True)
class Edge:
    """An arrow between two nodes; its label may be empty."""

    source: str
    target: str
    label: str


@dataclass(frozen=True)
class Diagram:
    """One diagram: the text of each node by its id, and the arrows in the order of the file."""

    name: str
    nodes: Mapping[str, str]
    edges: tuple[Edge, ...]

    @property
    def begin(self) -> str:
        """The only node to which no arrow leads."""
        [begin] = self.nodes.keys() - {edge.target for edge in self.edges}
        return begin

    def leaving(self, node: str) -> tuple[Edge, ...]:
        """The arrows that leave a node."""
        return tuple(edge for edge in self.edges if edge.source == node)

    def told(self, edge: Edge) -> str:
        """An arrow, in the words of the diagram."""
        label = f" ({edge.label})" if edge.label else ""
        return f"{self.nodes[edge.source]}{label} -> {self.nodes[edge.target]}"

    def route(self, *decisions: str) -> Path:
        """Follow decisions from the start, as far as they lead: one for each node with a choice."""
        choices = iter(decisions)
        route = [self.begin]
        while leaving := self.leaving(route[-1]):
            targets = {e.label.lower().replace(" ", "_") or e.target: e.target for e in leaving}
            choice = next(choices, None) if len(targets) > 1 else min(targets)
            if choice is None:
                break
            route.append(targets[choice])
        return tuple(route)

    def prime_paths(self) -> tuple[Path, ...]:
        """The longest simple paths and cycles (Ammann & Offutt, Introduction to Software Testing).

        A path is simple if no node occurs twice, except that it may end where it began.  It is
        prime if it is not part of another simple path.
        """
        simple = [path for node in self.nodes for path in self._simple_paths((node,))]
        parts = {part for path in simple for part in (path[1:], path[:-1])}
        return tuple(path for path in simple if path not in parts)

    def _simple_paths(self, path: Path) -> Iterator[Path]:
        """A simple path and all its continuations."""
        yield path
        for edge in self.leaving(path[-1]):
            if edge.target not in path:
                yield from self._simple_paths((*path, edge.target))
            elif edge.target == path[0]:
                yield (*path, edge.target)


def is_part(part: Path, whole: Path) -> bool:
    """Whether a path contains another as a contiguous part."""
    return any(
        whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1)
    )


@cache
def all_diagrams() -> Mapping[str, Diagram]:
    """The eight diagrams, by name, in the order in which a report passes through them."""
    folder = resources.files("s3_reporter_conformance.specification")
    texts = {name: (folder / f"{name}.mmd").read_text(encoding="utf-8") for name in _NAMES}
    return {name: parse(name, text) for name, text in texts.items()}


def parse(name: str, text: str) -> Diagram:
    """Parse a Mermaid diagram, in the subset used here.

    Whether all of it was understood, a test tells: Mermaid itself drew the same nodes and arrows.
    """
    lines = [line.strip() for line in text.splitlines()]
    if lines[:1] == ["sequenceDiagram"]:
        return _parse_sequence(name, lines)
    nodes: dict[str, str] = {}
    edges: list[Edge] = []
    for match in filter(None, map(_EDGE.fullmatch, lines)):
        for end in ("source", "target"):
            if shape := match[f"{end}_shape"]:
                nodes[match[end]] = shape[1:-1]
        edges.append(Edge(match["source"], match["target"], match["label"] or ""))
    return Diagram(name, nodes, tuple(edges))


def _parse_sequence(name: str, lines: list[str]) -> Diagram:
    people: dict[str, str] = {}
    nodes: dict[str, str] = {}
    edges: list[Edge] = []
    # The messages that the next one follows, and what is written between them.
    ends: list[tuple[str, str]] = []
    fork: list[tuple[str, str]] = []
    joined: list[tuple[str, str]] = []
    for line in lines:
        if match := _PARTICIPANT.fullmatch(line):
            people[match["id"]] = match["label"]
        elif match := _ALTERNATIVE.fullmatch(line):
            if match["word"] == "alt":
                fork, joined = ends, []
            else:
                joined += ends
            ends = [(message, match["label"]) for message, _ in fork]
        elif line == "end":
            ends = [*joined, *ends]
        elif match := _MESSAGE.fullmatch(line):
            source, target = (people.get(match[end], match[end]) for end in ("source", "target"))
            message = re.sub(r"\W+", "_", match["text"].lower()).strip("_")
            nodes[message] = f"{source} to {target}: {match['text']}"
            edges += [Edge(before, message, label) for before, label in ends]
            ends = [(message, "")]
    return Diagram(name, nodes, tuple(edges))
