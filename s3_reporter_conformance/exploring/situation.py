"""A situation in the sentences of the features: to write it is to make a scenario of it."""

import textwrap
from dataclasses import dataclass

CONFIGURED = "a configured reporter"
"""The first sentence: everything else has its default."""


@dataclass(frozen=True)
class Situation:
    """The Given sentences and the When sentence of a scenario, without keywords."""

    given: tuple[str, ...] = (CONFIGURED,)
    when: str = "ASH Core runs the reporter"
    is_unusual: bool = False

    def scenario(self, name: str) -> str:
        """A scenario of this name."""
        tags = ["@unusual"] if self.is_unusual else []
        given = "\n  And ".join(self.given)
        return "\n".join([*tags, f"Scenario: {name}", f"  Given {given}", f"  When {self.when}"])

    def feature(self, name: str) -> str:
        """A feature file with the scenario alone."""
        return f"Feature: Explored\n\n{textwrap.indent(self.scenario(name), '  ')}\n"
