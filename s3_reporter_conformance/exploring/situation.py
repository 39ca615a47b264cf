"""A situation in the sentences of the features: to write it is to make a scenario of it."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..spec.rules import Scenario

CONFIGURED = "a configured reporter"
"""The first sentence: everything else has its default."""

RUN = "ASH Core runs the reporter"
"""The sentence of the usual call."""

# Sentences about the same are one part of a situation.
_SAME = ("(?i)aws_.*region", "(?i)bucket_name|a bucket ", "(?i)profile|credentials")


@dataclass(frozen=True)
class Situation:
    """The Given sentences and the When sentence of a scenario, without keywords."""

    given: tuple[str, ...] = (CONFIGURED,)
    when: str = RUN
    is_unusual: bool = False

    @classmethod
    def of(cls, scenario: Scenario) -> "Situation":
        """The situation that a scenario describes."""
        return cls(scenario.given, scenario.when, scenario.is_unusual)

    def simpler(self) -> Iterator["Situation"]:
        """The same, each time with another part set back to its default."""
        if self.when != RUN:
            yield replace(self, when=RUN)
        parts = dict.fromkeys(_part_of(sentence) for sentence in self.given)
        for part in parts:
            given = tuple(each for each in self.given if _part_of(each) != part)
            if part != CONFIGURED:
                yield replace(self, given=given)

    def scenario(self, name: str) -> str:
        """A scenario of this name."""
        tags = ["@unusual"] if self.is_unusual else []
        given = "\n  And ".join(self.given)
        return "\n".join([*tags, f"Scenario: {name}", f"  Given {given}", f"  When {self.when}"])

    def feature(self, name: str) -> str:
        """A feature file with the scenario alone."""
        return f"Feature: Explored\n\n{textwrap.indent(self.scenario(name), '  ')}\n"


def _part_of(sentence: str) -> str:
    return next((part for part in _SAME if re.search(part, sentence)), sentence)
