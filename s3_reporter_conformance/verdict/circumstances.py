"""Finds the circumstances under which a rule is broken.

A condition is one fact or two that all runs that break the rule share and no run that keeps it has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .runs import RunResult

Fact = tuple[str, str]
"""The name of a fact, and its value."""

ALWAYS = "always"
"""The circumstances of a rule that every run breaks."""

# With a dozen facts, some two of them single out any one or two runs.
_LEAST = 3
# All other observed facts are consequences.
_ANSWERS = ("last answer", "error", "number of retries")
_IS = " is "
_AND = " and "
# A value may contain the word, too.
_BETWEEN = re.compile(r" and (?=(?:(?!and )\S+ ){1,4}?is )")


@dataclass(frozen=True)
class Condition:
    """One fact or two, by name; none if the rule is always broken."""

    facts: Mapping[str, str]

    def __str__(self) -> str:
        """The condition in words, such as `file_format is yaml and answer is SlowDown`."""
        return _AND.join(f"{name}{_IS}{value}" for name, value in self.facts.items()) or ALWAYS

    @classmethod
    def parse(cls, words: str) -> "Condition":
        """Read a condition in words.

        Raises:
            ValueError: It is not one.
        """
        if words == ALWAYS:
            return cls({})
        facts = dict(part.partition(_IS)[::2] for part in _BETWEEN.split(words))
        if not all(name and value for name, value in facts.items()):
            raise ValueError(
                f"{words!r} is no condition; expected {ALWAYS!r}, or facts such as "
                "'file_format is yaml and answer is SlowDown'"
            )
        return cls(facts)

    def holds_in(self, run: RunResult) -> bool:
        """Whether a run has all of the facts."""
        return all(_all_facts(run).get(name) == value for name, value in self.facts.items())


@dataclass(frozen=True)
class Difference:
    """A fact in which two runs differ: its name, and its value in either."""

    name: str
    here: str
    there: str


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """The nearest run that keeps a rule, for a rule without circumstances.

    Attributes:
        run: The id of the run.
        differs: The facts in which it differs from the simplest run that breaks the rule.
    """

    run: str
    differs: tuple[Difference, ...]


def condition_of(broken: Sequence[RunResult], kept: Sequence[RunResult]) -> Condition | None:
    """The shortest condition that all broken runs share and no other has, if there is one.

    Facts that were given come before facts that were observed, one fact before two.
    """
    if len(broken) < _LEAST:
        return None
    if not kept:
        return Condition({})
    candidates = (Condition(dict(facts)) for facts in _candidates(broken))
    return next((each for each in candidates if not any(map(each.holds_in, kept))), None)


def simplest(
    runs: Sequence[RunResult], all_runs: Iterable[RunResult], rule: str | None = None
) -> RunResult:
    """The run whose facts are the most usual ones; among equals, one that stands under the rule."""
    counts = Counter(fact for run in all_runs for fact in _all_facts(run).items())
    usual: dict[str, str] = {}
    for (name, value), _ in counts.most_common():
        usual.setdefault(name, value)
    return min(
        runs,
        key=lambda run: (
            run.unusual,
            run.feature is not None,
            len(run.facts.items() - usual.items()),
            len(run.observed.items() - usual.items()),
            run.calls,
            run.rule != rule,
        ),
    )


def nearest(run: RunResult, others: Sequence[RunResult]) -> Nearest | None:
    """The run that differs from another in the fewest facts, and these facts."""
    found = [Nearest(run=other.id, differs=tuple(_differences(run, other))) for other in others]
    return min(found, key=lambda each: len(each.differs), default=None)


def _candidates(broken: Sequence[RunResult]) -> Iterator[tuple[Fact, ...]]:
    given = _shared([run.facts for run in broken])
    seen = _shared([_causes(run) for run in broken])
    facts = [*given, *seen]
    yield from ((fact,) for fact in facts)
    yield from sorted(combinations(facts, 2), key=lambda pair: len({*pair} & {*seen}))


def _causes(run: RunResult) -> Mapping[str, str]:
    """The observed facts that can be a cause: the answers of S3, if it was asked."""
    if run.observed.get("upload") == "not sent":
        return {}
    return {name: run.observed[name] for name in _ANSWERS if name in run.observed}


def _shared(facts: Sequence[Mapping[str, str]]) -> list[Fact]:
    first, *others = facts
    return [each for each in first.items() if all(each in other.items() for other in others)]


def _all_facts(run: RunResult) -> Mapping[str, str]:
    return {**run.facts, **run.observed}


def _differences(run: RunResult, other: RunResult) -> Iterator[Difference]:
    """The given facts in which two runs differ; if there is none, the observed ones."""
    here, there = run.facts, other.facts
    if here == there:
        here, there = _causes(run), _causes(other)
    for name in {**here, **there}:
        if here.get(name) != there.get(name):
            yield Difference(name, here.get(name, "absent"), there.get(name, "absent"))
