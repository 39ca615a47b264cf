"""Searches for situations that break a rule, and shrinks them, with Hypothesis."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random
from time import monotonic
from typing import Any

from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..words.names import count_of
from .situation import Situation

CHUNK = 20
"""The number of situations in a chunk, the part of a search that one process makes."""

ADAPTER = "the adapter"
"""Stands for a rule: the run has a verdict."""

# To shrink takes so many calls at most, which is enough for a dozen sentences; where the adapter
# breaks, each may take as long as a call may.
_MOST_CALLS, _MOST_OF_ADAPTER = 150, 10
# The seconds that are left for it when all are drawn.
_SHRINK = 10.0


@dataclass(frozen=True)
class Found:
    """The simplest situation that breaks a rule, and its result.

    Attributes:
        differs: The facts in which it differs from the default situation.
        is_steady: Whether a second run of it broke the rule, too.
    """

    rule: str
    situation: Situation
    result: RunResult
    differs: tuple[str, ...]
    is_steady: bool = True


@dataclass(frozen=True)
class Drawn:
    """A situation that was run: the facts in which it differs from the default situation."""

    situation: Situation
    differs: tuple[str, ...]


@dataclass(frozen=True)
class Narrowed:
    """The causes for which a run of the suite breaks a rule.

    Attributes:
        parts: The parts of the situation without any of which the rule is kept.
        differs: The facts in which these parts differ from the default situation; `None` if the
            rule does not even apply without one of them, which therefore is no cause.
        kept: The runs that keep the rule, without their evidence.
        calls: The calls that it took to find out.
    """

    rule: str
    parts: int
    differs: tuple[str, ...] | None
    kept: tuple[RunResult, ...]
    calls: int

    def __str__(self) -> str:
        if self.differs is None:
            return ""
        causes = f"with {' and '.join(self.differs)}" if self.differs else "even with all defaults"
        alone = ("", "; not without", "; not with either alone", "; not without any of them")
        calls = count_of(self.calls, "more call")
        return f"fails {causes}{alone[min(self.parts, 3)]} ({calls})"


Tell = Callable[[Drawn | Found | Narrowed], None]


@dataclass(kw_only=True)
class Search:
    """A search, as one process makes it.

    Attributes:
        run: Makes the run of a situation.
        claim: Tells whether a rule is this process's to shrink: nobody has broken it before.
        deadline: When nothing more is drawn.
        told: The rules that are known to be broken.
    """

    seed: str
    features: Collection[str]
    run: Callable[[Situation], RunResult]
    claim: Callable[[str], bool]
    deadline: float
    told: set[str]
    _known: dict[Situation, tuple[RunResult, frozenset[str]]] = field(default_factory=dict)
    _usual: Mapping[str, str] = field(default_factory=dict)
    _tell: Tell = lambda _: None

    @cached_property
    def situations(self) -> Any:
        """The strategy, for which Hypothesis is imported: once, before processes are forked."""
        from .drawing import situations

        return situations(self.features)

    def explore(self, number: int, count: int, tell: Tell) -> None:
        """Make the runs of a chunk, which the seed and a number determine, and tell of them."""
        self._tell = tell
        while self._find(number, count):
            pass

    def narrow(self, rule: str, situation: Situation, deadline: float) -> Narrowed | None:
        """Set a part after the other back to its default, as long as a rule is broken.

        The result is `None` if there is no time for it, or if a second run keeps the rule.
        """
        made: list[RunResult] = []

        def breaks(tried: Situation) -> bool:
            if tried not in self._known:
                if monotonic() > deadline:
                    raise TimeoutError
                self._make(tried, is_drawn=False)
                made.append(self._known[tried][0])
            return rule in self._known[tried][1]

        with suppress(TimeoutError):
            breaks(Situation())
            if not breaks(situation):
                return None
            while simpler := next(filter(breaks, situation.simpler()), None):
                situation = simpler
            without = [self._known[each][0] for each in situation.simpler()]
            are_causes = all(rule in each.kept for each in without)
            differs = self._differs(self._known[situation][0]) if are_causes else None
            kept = tuple(replace(each, evidence=None) for each in made if rule in each.kept)
            calls = sum(each.calls for each in made)
            return Narrowed(rule, len(without), differs, kept, calls)
        return None

    def _find(self, number: int, count: int) -> bool:
        """Find a rule that a chunk breaks, and that nobody knew of; what is known costs nothing."""
        from hypothesis import Phase, find, settings
        from hypothesis.errors import NoSuchExample

        target = ""
        end, left = self.deadline, count

        def breaks_a_new_rule(situation: Situation) -> bool:
            nonlocal target, end, left
            if situation not in self._known:
                if left <= 0 or monotonic() > end:
                    return False
                left -= 1
                self._make(situation, is_drawn=not target)
            _, broken = self._known[situation]
            if not target and (target := next(filter(self._is_new, sorted(broken)), "")):
                end = max(end, monotonic() + _SHRINK)
                left = _MOST_OF_ADAPTER if target == ADAPTER else _MOST_CALLS
            return target in broken

        phases = [Phase.generate, Phase.shrink]
        how = settings(database=None, deadline=None, max_examples=count, phases=phases)
        chance = Random(f"{self.seed} {number}")  # noqa: S311 -- not for secrets
        with suppress(NoSuchExample):
            found = find(self.situations, breaks_a_new_rule, settings=how, random=chance)
            run, _ = self._known[found]
            self.told.add(target)
            self._tell(Found(target, found, run, self._differs(run)))
            return True
        return False

    def _is_new(self, rule: str) -> bool:
        if rule in self.told:
            return False
        self.told.add(rule)
        return self.claim(rule)

    def _make(self, situation: Situation, *, is_drawn: bool) -> None:
        run = self.run(situation)
        broken = broken_by(run)
        if broken - self.told:
            # What is judged differently in a second run of the same situation is no finding.
            again = broken_by(self.run(situation))
            for rule in filter(self._is_new, broken ^ again):
                self._tell(Found(rule, situation, run, self._differs(run), is_steady=False))
            broken &= again
        # The default situation is the first that is drawn.
        self._usual = self._usual or run.facts
        self._known[situation] = run, broken
        if is_drawn:
            self._tell(Drawn(situation, self._differs(run)))

    def _differs(self, run: RunResult) -> tuple[str, ...]:
        facts = run.facts.items() - self._usual.items()
        return tuple(
            f"{name} {value}" for name, value in run.facts.items() if (name, value) in facts
        )


def broken_by(run: RunResult) -> frozenset[str]:
    """The rules that a run breaks."""
    if run.status is Status.ADAPTER_ERROR:
        return frozenset({ADAPTER})
    return frozenset(finding.rule for finding in run.findings)
