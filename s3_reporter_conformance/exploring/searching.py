"""Searches for situations that break a rule, and shrinks them, with Hypothesis."""

import itertools
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..words.names import count_of
from .situation import Situation, topic_of

CHUNK = 20
"""The number of situations in a chunk, the part of a search that one process makes."""

ADAPTER = "the adapter"
"""Stands for a rule: the run has a verdict."""

# To shrink takes so many calls at most, enough for a dozen sentences; fewer where calls may hang.
_MOST_CALLS, _MOST_OF_ADAPTER = 150, 10
# The seconds that are left for it when all are drawn, and before Hypothesis complains.
_SHRINK, _LONGEST_SHRINK = 10.0, 240.0


class _Enough(BaseException):
    """Ends a search of Hypothesis, which would go on after any exception of another kind."""


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
        differs: The facts in which these parts differ from the default situation, or the parts
            themselves where no fact tells them apart; `None` if the rule does not even apply
            without one of them, which therefore is no cause.
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
        # A part of a situation may make several facts.
        number = max(self.parts, len(self.differs)) if self.parts > 1 else self.parts
        return f"fails {causes}{alone[min(number, 3)]} ({calls})"


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
    _left: int = 0
    _seen: set[Situation] = field(default_factory=set)

    def prepare(self, folder: Path) -> None:
        """Get Hypothesis ready once, before processes are forked; a folder is for what it keeps."""
        from hypothesis import find, settings
        from hypothesis.configuration import set_hypothesis_home_dir
        from hypothesis.errors import NoSuchExample

        set_hypothesis_home_dir(folder)
        how = settings(database=None, max_examples=1)
        with suppress(NoSuchExample):
            find(self._situations, lambda _: False, settings=how)

    @cached_property
    def _situations(self) -> Any:
        from .drawing import situations

        return situations(self.features)

    def explore(self, number: int, count: int, tell: Tell) -> None:
        """Make the runs of a chunk: so many situations, which the seed and a number determine."""
        self._tell, self._left = tell, count
        # Hypothesis begins each search with the default situation.
        self._seen = {Situation()} if number else set()
        for again in itertools.count():
            if not self._left or monotonic() > self.deadline:
                return
            self._run_of(Situation())
            # Half of them are drawn twice.
            most = 5 * self._left
            while self._find(f"{self.seed} {number} {again}", most):
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
                made.append(self._run_of(tried))
            return rule in self._known[tried][1]

        with suppress(TimeoutError):
            breaks(Situation())
            if not breaks(situation):
                return None
            while simpler := next(filter(breaks, situation.simpler()), None):
                situation = simpler
            without = [self._known[each][0] for each in situation.simpler()]
            are_causes = all(rule in each.kept for each in without)
            # The last sentence about something counts.
            said = tuple({topic_of(each): each for each in situation.given[1:]}.values())
            causes = self._differs(self._known[situation][0]) or said
            differs = causes if are_causes else None
            kept = tuple(replace(each, evidence=None) for each in made if rule in each.kept)
            calls = sum(each.calls for each in made)
            return Narrowed(rule, len(without), differs, kept, calls)
        return None

    def _find(self, seed: str, most: int) -> bool:
        """Find a rule that nobody knew to be broken; what was run before costs nothing."""
        from hypothesis import Phase, find, settings
        from hypothesis.errors import NoSuchExample

        target, end, calls = "", 0.0, 0
        found: list[Situation] = []

        def breaks_a_new_rule(situation: Situation) -> bool:
            nonlocal target, end, calls
            if not target and situation not in self._seen:
                if not self._left or monotonic() > self.deadline:
                    raise _Enough
                self._left -= 1
                self._seen.add(situation)
                self._tell(Drawn(situation, self._differs(self._run_of(situation))))
            elif situation not in self._known:
                if not calls or monotonic() > end:
                    raise _Enough
                calls -= 1
            self._run_of(situation)
            _, broken = self._known[situation]
            if not target and (target := next(filter(self._is_new, sorted(broken)), "")):
                now = monotonic()
                end = min(max(self.deadline, now + _SHRINK), now + _LONGEST_SHRINK)
                calls = _MOST_OF_ADAPTER if target == ADAPTER else _MOST_CALLS
            found.extend([situation] if target in broken else [])
            return target in broken

        phases = [Phase.generate, Phase.shrink]
        how = settings(database=None, deadline=None, max_examples=most, phases=phases)
        chance = Random(seed)  # noqa: S311 -- not for secrets
        with suppress(NoSuchExample, _Enough):
            find(self._situations, breaks_a_new_rule, settings=how, random=chance)
        if found:
            simplest = min(found, key=lambda each: (len(each.given), len(str(each))))
            run, _ = self._known[simplest]
            self.told.add(target)
            self._tell(Found(target, simplest, run, self._differs(run)))
        return bool(found)

    def _is_new(self, rule: str) -> bool:
        if rule in self.told:
            return False
        self.told.add(rule)
        return self.claim(rule)

    def _run_of(self, situation: Situation) -> RunResult:
        if situation not in self._known:
            run = self.run(situation)
            broken = broken_by(run)
            if broken - self.told:
                # What is judged differently in a second run of the same is no finding.
                again = broken_by(self.run(situation))
                for rule in filter(self._is_new, broken ^ again):
                    self._tell(Found(rule, situation, run, self._differs(run), is_steady=False))
                broken &= again
            # The default situation is the first of all.
            self._usual = self._usual or run.facts
            self._known[situation] = run, broken
        return self._known[situation][0]

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
