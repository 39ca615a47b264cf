"""Finds the circumstances under which a rule is broken.

A condition is one fact or two that all runs that break the rule share and no run that keeps it has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .runs import RunResult

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
    """One fact or two.

    Attributes:
        facts: The facts by name; none if the rule is always broken.
    """

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


def condition_of(broken: Sequence[RunResult], kept: Sequence[RunResult]) -> Condition | None:
    """The shortest condition that all broken runs share and no other has.

    Facts that were given come before facts that were observed, one fact before two.

    Args:
        broken: The runs that break the rule.
        kept: The runs that keep it.

    Returns:
        The condition; `None` if there is none, or too few runs to tell.
    """
    if len(broken) < _LEAST:
        return None
    if not kept:
        return Condition({})
    return next(
        (each for each in _candidates(broken) if not any(map(each.holds_in, kept))),
        None,
    )


def simplest(
    runs: Sequence[RunResult], all_runs: Iterable[RunResult], rule: str | None = None
) -> RunResult:
    """The run whose facts are the most usual ones.

    Args:
        runs: The runs to choose from, at least one.
        all_runs: The runs that tell what is usual.
        rule: The id of a rule; of runs that are as simple, one that stands under it is chosen.
    """
    known = list(all_runs)
    given = _usual([run.facts for run in known])
    observed = _usual([run.observed for run in known])
    return min(
        runs,
        key=lambda run: (
            run.unusual,
            run.feature is not None,
            sum(given.get(name) != value for name, value in run.facts.items()),
            sum(observed.get(name) != value for name, value in run.observed.items()),
            run.calls,
            run.rule != rule,
        ),
    )


def nearest(
    run: RunResult, others: Sequence[RunResult]
) -> tuple[RunResult, list[Difference]] | None:
    """The run that differs from another in the fewest facts, and these facts.

    Args:
        run: The run.
        others: The runs to choose from.
    """
    if not others:
        return None
    found = min(others, key=lambda other: len(list(_differences(run, other))))
    return found, list(_differences(run, found))


def _candidates(broken: Sequence[RunResult]) -> Iterator[Condition]:
    given = _shared([run.facts for run in broken])
    seen = _shared([_causes(run) for run in broken])
    for facts in (given, seen):
        yield from (Condition({name: value}) for name, value in facts)
    pairs = [
        *combinations(given, 2),
        *((g, s) for g in given for s in seen),
        *combinations(seen, 2),
    ]
    yield from (Condition(dict(pair)) for pair in pairs)


def _causes(run: RunResult) -> Mapping[str, str]:
    """The observed facts that can be a cause: the answers of S3, if it was asked."""
    if run.observed.get("upload") == "not sent":
        return {}
    return {name: run.observed[name] for name in _ANSWERS if name in run.observed}


def _shared(facts: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    first, *others = facts
    return [each for each in first.items() if all(each in other.items() for other in others)]


def _usual(facts: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """The most frequent value of each fact."""
    counts: dict[str, Counter[str]] = {}
    for each in facts:
        for name, value in each.items():
            counts.setdefault(name, Counter())[value] += 1
    return {name: values.most_common(1)[0][0] for name, values in counts.items()}


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
