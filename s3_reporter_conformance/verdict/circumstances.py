"""Finds the circumstances under which a rule is broken.

A condition is one fact or two that all runs that break the rule share and no run that keeps it has.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from .runs import RunResult

Fact = tuple[str, str]
"""The name of a fact, and its value."""

ALWAYS = "always"
"""The circumstances of a rule that every run breaks."""

# With a dozen facts, some two of them single out any one or two runs.
_LEAST = 3
# All other observed facts are consequences.
_CAUSES = ("last answer", "error", "number of retries")
_AND = " and "


def condition_of(broken: Sequence[RunResult], kept: Sequence[RunResult]) -> str | None:
    """The shortest condition that all broken runs share and no other has, if there is one.

    Facts that were given come before facts that were observed, one fact before two.
    """
    if len(broken) < _LEAST:
        return None
    if not kept:
        return ALWAYS
    others = [_all_facts(run).items() for run in kept]
    for facts in _candidates(broken):
        if not any({*facts} <= other for other in others):
            return _AND.join(map(_in_words, facts))
    return None


def holds_in(condition: str, run: RunResult) -> bool:
    """Whether a run has all facts of a condition in words."""
    if condition == ALWAYS:
        return True
    facts = map(_in_words, _all_facts(run).items())
    # The longest first: a value may contain what separates facts, or begin with another.
    for fact in sorted(facts, key=len, reverse=True):
        condition = condition.replace(fact, "")
    return not condition.replace(_AND, "")


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


def _candidates(broken: Sequence[RunResult]) -> Iterator[tuple[Fact, ...]]:
    given = _shared([_given(run) for run in broken])
    seen = _shared([_causes(run) for run in broken])
    facts = [*given, *seen]
    yield from ((fact,) for fact in facts)
    yield from sorted(combinations(facts, 2), key=lambda pair: len({*pair} & {*seen}))


def _given(run: RunResult) -> Mapping[str, str]:
    """The facts that were given, without an answer that S3 had no occasion to give."""
    is_met = run.observed.get("upload") != "not sent" or run.facts.get("answer") == "nothing"
    return {name: value for name, value in run.facts.items() if is_met or name != "answer"}


def _causes(run: RunResult) -> Mapping[str, str]:
    """The observed facts that can be a cause: the answers of S3, if it was asked."""
    if run.observed.get("upload") == "not sent":
        return {}
    return {name: run.observed[name] for name in _CAUSES if name in run.observed}


def _shared(facts: Sequence[Mapping[str, str]]) -> list[Fact]:
    first, *others = facts
    return [each for each in first.items() if all(each in other.items() for other in others)]


def _in_words(fact: Fact) -> str:
    return " is ".join(fact)


def _all_facts(run: RunResult) -> Mapping[str, str]:
    return {**run.facts, **run.observed}
