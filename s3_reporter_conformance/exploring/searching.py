"""Searches for situations that break a rule, and shrinks them, with Hypothesis."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from ..verdict.runs import RunResult
from ..verdict.status import Status
from .drawing import situations
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


Tell = Callable[[Drawn | Found], None]


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

    def explore(self, number: int, count: int, tell: Tell) -> None:
        """Make the runs of a chunk, which the seed and a number determine, and tell of them."""
        self._tell = tell
        while self._find(number, count):
            pass

    def _find(self, number: int, count: int) -> bool:
        """Find a rule that a chunk breaks, and that nobody knew of; what is known costs nothing."""
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

        how = settings(database=None, deadline=None, max_examples=count, phases=_PHASES)
        chance = Random(f"{self.seed} {number}")  # noqa: S311 -- not for secrets
        with suppress(NoSuchExample):
            found = find(situations(self.features), breaks_a_new_rule, settings=how, random=chance)
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


_PHASES = [Phase.generate, Phase.shrink]


def broken_by(run: RunResult) -> frozenset[str]:
    """The rules that a run breaks."""
    if run.status is Status.ADAPTER_ERROR:
        return frozenset({ADAPTER})
    return frozenset(finding.rule for finding in run.findings)
