"""The data of a requirement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from .diagrams import Edge, all_diagrams
from .diagrams import Path as Route
from .paths import NamedPath, find_path

PREFIXES: Mapping[str, str] = {
    "architecture": "ARC",
    "report_sequence": "SEQ",
    "format_conversion": "FMT",
    "error_handling": "ERR",
    "object_naming": "KEY",
    "configuration": "CFG",
    "local_output": "LOC",
    "integrations": "INT",
}
"""The id prefix of each diagram's requirements; the feature file has the diagram's name."""

BEYOND = "beyond-the-diagrams"
"""The path tag of an extended requirement that no diagram covers."""

MISTAKES = "Often wrong"
"""The heading of what reporters typically get wrong, in the features and wherever it is shown."""


class Level(Enum):
    """How binding a requirement is."""

    CORE = "core"
    EXTENDED = "extended"


@dataclass(frozen=True)
class Requirement:
    """A scenario, or rows in the table of a scenario outline, with a permanent id.

    Attributes:
        id: Such as `KEY-07`; never reused.
        name: The scenario's name, with the values of its rows filled in.
        level: `core` or `extended`.
        feature: The feature that a reporter declares, for an extended requirement.
        diagram: The name of its diagram, or `None` if it is beyond the diagrams.
        path: The name of its path through the diagram.
        interpretations: The numbers of the interpretations behind it.
        rule: The rule that it belongs to.
        mistakes: Common mistakes of reporters.
        area: The name of the feature file, such as `object_naming`.
        line: The line of the scenario in that file; if the table gives the id, of its first row.
        scenario: The name of the scenario as written.
        rows: The values of its examples, by the columns that the steps use; empty for a plain
            scenario.
        gherkin: The source of the scenario, with only its own rows.
    """

    id: str
    name: str
    level: Level
    feature: str | None
    diagram: str | None
    path: str | None
    interpretations: tuple[int, ...]
    rule: str
    mistakes: str
    area: str
    line: int
    scenario: str
    rows: tuple[Mapping[str, str], ...] = field(hash=False)
    gherkin: str

    @property
    def examples(self) -> int:
        """How many examples it has: 1 for a plain scenario."""
        return len(self.rows) or 1

    @property
    def named_path(self) -> NamedPath | None:
        """The path that it takes; `None` if it is beyond the diagrams."""
        if self.diagram is None or self.path is None:
            return None
        return find_path(self.diagram, self.path)

    @property
    def route(self) -> Route:
        """The nodes on its route; empty if it is beyond the diagrams."""
        return self.named_path.route if self.named_path else ()

    @property
    def arrows(self) -> tuple[Edge, ...]:
        """The arrows of its route."""
        if self.diagram is None:
            return ()
        diagram = all_diagrams()[self.diagram]
        return tuple(diagram.edge(*ends) for ends in pairwise(self.route))

    @property
    def file(self) -> str:
        """The path of its feature file, relative to the project root."""
        folder = "features/extended" if self.level is Level.EXTENDED else "features"
        return f"{folder}/{self.area}.feature"
