"""A situation in the sentences of the features: to write it is to make a scenario of it."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..spec.rules import Scenario

CONFIGURED = "a configured reporter"
"""The first sentence: everything else has its default."""

RUN = "ASH Core runs the reporter"
"""The sentence of the usual call."""

TOPICS = (
    "the option key_prefix",
    "scan results",
    "a scan whose start",
    "(?i).*(profile|credentials)|S3 answers every request but",
    "(?i).*aws_.*region",
    "(?i).*bucket_name|a bucket ",
    ".*file_format",
    ".*AWS_(MAX|RETRY)",
    ".*max_retries is [01]$",
    ".*(max_retries is|_delay is|until its waits)",
    ".*reported before",
    "the bucket",
    ".*(reports|output) folder",
    "ASH Core logs",
    ".*(time_limit|silence|half of an answer)",
    "S3 answers|nothing answers",
    "another program asks",
)
"""Sentences about the same, in the order in which they can stand: the first that matches counts."""


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
        """The same, each time with another topic set back to its default."""
        if self.when != RUN:
            yield replace(self, when=RUN)
        for topic in dict.fromkeys(map(topic_of, self.given)):
            given = tuple(each for each in self.given if topic_of(each) != topic)
            if topic != CONFIGURED:
                yield replace(self, given=given)

    def scenario(self, name: str) -> str:
        """A scenario of this name."""
        tags = ["@unusual"] if self.is_unusual else []
        given = "\n  And ".join(self.given)
        return "\n".join([*tags, f"Scenario: {name}", f"  Given {given}", f"  When {self.when}"])

    def feature(self, name: str) -> str:
        """A feature file with the scenario alone."""
        return f"Feature: Explored\n\n{textwrap.indent(self.scenario(name), '  ')}\n"


def topic_of(sentence: str) -> str:
    """The topic of a sentence: itself if it has none."""
    return next((topic for topic in TOPICS if re.match(topic, sentence)), sentence)


def without(said: Iterable[str], given: Iterable[str]) -> list[str]:
    """The sentences that are not about the same as what is said."""
    topics = set(map(topic_of, said))
    return [each for each in given if topic_of(each) not in topics]
