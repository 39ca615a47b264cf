"""The data of the feature files: rules, their judgments, and the scenarios that describe runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

DIAGRAMS = (
    "architecture",
    "report_sequence",
    "format_conversion",
    "error_handling",
    "object_naming",
    "configuration",
    "local_output",
    "integrations",
)
"""The diagrams in the order in which a report passes through them."""

MISTAKES = "Often wrong"
"""The heading of common mistakes, in the features and wherever they are shown."""

REASON = "Recommended because"
"""The beginning of the reason why a rule is recommended."""


class Level(Enum):
    """How binding a rule is."""

    CORE = "core"
    RECOMMENDED = "recommended"
    EXTENDED = "extended"


@dataclass(frozen=True)
class Judgment:
    """A scenario with the tag `@every-run`: in which runs a rule applies, and what must hold there.

    Attributes:
        name: The name of the scenario.
        when: The sentences that say in which runs it applies; all of them must be true.
        then: The sentences that say what must hold there.
        diagram: The diagram at which it is judged, or `None` if it is beyond the diagrams.
        node: The node of that diagram.
    """

    name: str
    when: tuple[str, ...]
    then: tuple[str, ...]
    diagram: str | None
    node: str | None


@dataclass(frozen=True)
class Rule:
    """One thing that a reporter has to do.

    Attributes:
        id: Such as `KEY-01`.
        name: The rule in a sentence.
        level: How binding it is.
        feature: The feature that a reporter declares, for an extended rule.
        diagram: The diagram of its node, or `None` if it is beyond the diagrams.
        node: The node where it is judged.
        interpretations: The numbers of the interpretations behind it.
        text: What the feature file says about it, without reason and mistakes.
        reason: Why it is recommended; empty for other levels.
        mistakes: Common mistakes of reporters.
        area: The name of the feature file, such as `object_naming`.
        line: The line of the rule in that file.
        judgments: In which runs it applies, and what must hold there.
        gherkin: The source of the rule with its judgments.
    """

    id: str
    name: str
    level: Level
    feature: str | None
    diagram: str | None
    node: str | None
    interpretations: tuple[int, ...]
    text: str
    reason: str
    mistakes: str
    area: str
    line: int
    judgments: tuple[Judgment, ...]
    gherkin: str

    @property
    def file(self) -> str:
        """The path of its feature file, relative to the project root."""
        return file_of(self.area, self.feature)


@dataclass(frozen=True)
class Scenario:
    """A scenario, or one row of a scenario outline: it describes a run.

    Attributes:
        id: A slug of its name, by which `-k`, `call`, and `serve` find it.
        name: Its name, with the values of its row filled in.
        rule: The id of the rule that it stands under, or `None` if it stands under none.
        feature: The feature that a reporter declares, for a scenario of an extended rule.
        is_unusual: Whether no diagram draws the situation.
        area: The name of the feature file.
        line: Its line in that file; of a row, the line of the row.
        template: The name of the scenario as written.
        values: The values of its row, by the columns that the steps use.
        gherkin: Its source, with only its own row.
    """

    id: str
    name: str
    rule: str | None
    feature: str | None
    is_unusual: bool
    area: str
    line: int
    template: str
    values: Mapping[str, str] = field(hash=False)
    gherkin: str

    @property
    def file(self) -> str:
        """The path of its feature file, relative to the project root."""
        return file_of(self.area, self.feature)


def file_of(area: str, feature: str | None) -> str:
    """The path of a feature file, relative to the project root."""
    return f"features/{'extended/' if feature else ''}{area}.feature"
