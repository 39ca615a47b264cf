"""The data of the feature files: rules, their judgments, and the scenarios that describe runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

MISTAKES = "Often wrong"
"""The heading of common mistakes, in the features and wherever they are shown."""

REASON = "Recommended because"
"""The beginning of the reason why a rule is recommended."""

# The sentences of runs that take seconds, however fast the machine.
_WAITS = re.compile("until its waits|option (time_limit|max_delay)")


def slug_of(name: str) -> str:
    """The id of the run of a name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


class Level(Enum):
    """The obligation of a rule: for every reporter, or for those that declare its feature."""

    CORE = "core"
    RECOMMENDED = "recommended"
    EXTENDED = "extended"


@dataclass(frozen=True)
class Judgment:
    """A scenario with `@every-run`: when a rule applies to a run, and what must hold then.

    Without a node, it is beyond the diagrams.
    """

    name: str
    when: tuple[str, ...]
    then: tuple[str, ...]
    diagram: str | None
    node: str | None


@dataclass(frozen=True)
class _Placed:
    """A part of a feature file, whose name is its area.

    The path is relative to the project root, unless it is a file of the user's.
    The source of a rule does not contain its runs; that of a run contains only its own row.
    """

    area: str
    file: str
    line: int
    feature: str | None
    gherkin: str


@dataclass(frozen=True)
class Rule(_Placed):
    """One thing that a reporter has to do; without a node, it is beyond the diagrams.

    The reason, why it is recommended, is empty for other levels. A run that breaks a rule in
    `after` does not break this one: it is the same fault. If a run breaks a rule in `unless`, no
    run judges this one.
    """

    id: str
    name: str
    level: Level
    diagram: str | None
    node: str | None
    interpretations: tuple[int, ...]
    after: frozenset[str]
    unless: frozenset[str]
    text: str
    reason: str
    mistakes: str
    judgments: tuple[Judgment, ...]


@dataclass(frozen=True)
class Scenario(_Placed):
    """A scenario, or one row of a scenario outline: it describes a run.

    Attributes:
        id: A slug of its name, by which `-k`, `call`, and `serve` find it.
        is_unusual: Whether no diagram draws the situation.
        values: The values of its row, by the columns that the steps use.
        given: The sentences of its situation, those of the background first.
        when: The sentence that makes the run.
    """

    id: str
    name: str
    rule: str | None
    is_unusual: bool
    template: str
    values: Mapping[str, str] = field(hash=False)
    given: tuple[str, ...]
    when: str

    @property
    def waits(self) -> bool:
        """Whether its run takes seconds on any machine, so that it had better begin early."""
        return any(map(_WAITS.search, (*self.given, self.when)))
