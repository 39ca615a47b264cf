"""Makes runs of other situations: of simpler ones than what broke a rule, and of drawn ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from itertools import chain, combinations, count
from math import inf
from time import monotonic

import pytest

from ..disk.folders import remove
from ..exploring.options import KEPT, Exploring
from ..exploring.searching import CHUNK, Drawn, Found, Narrowed, Search
from ..exploring.situation import Situation
from ..reporting.failure import BACKEND, PATIENCE
from ..spec.rules import slug_of
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..words.names import count_of
from .collecting import FeatureFile
from .resources import RESOURCES, SCENARIO, WORLD
from .results import without_run
from .workers import Made, make_run, perform

# As many differences as a name has room for.
_MOST_IN_A_NAME = 3
# Of the time of the fixed runs.
_FIFTH = 0.2


class Exploration:
    """Explores when the fixed runs of a session are made, and finds the causes of what they broke.

    Attributes:
        found: The results of the simplest situations that break a rule.
        narrowed: By rules that the fixed runs broke, the causes in words, as far as there was time
            to find them, and simpler runs that keep the rule.
    """

    def __init__(
        self,
        wanted: Exploring,
        session: pytest.Session,
        broken: Mapping[str, Situation],
        workers: int,
        seconds: float,
    ) -> None:
        """Take the simplest situations known to break a rule, and how long these runs took."""
        self._wanted, self._session, self._workers = wanted, session, workers
        resources = session.config.stash[RESOURCES]
        self._observer, self._folder = resources.observer, resources.folder / "explored"
        # A tool that scans takes too long.
        narrowed = {} if wanted.no_narrow else broken
        self._broken = [each for each in narrowed.items() if "the tool" not in each[1].when]
        self._until = monotonic() + _FIFTH * seconds
        self._most, to_explore = wanted.budget
        self._search = Search(
            seed=resources.seed,
            features=resources.settings.manifest.features,
            told={*broken},
            run=self._run,
            claim=self._claim,
            deadline=self._until + to_explore,
        )
        self._number, self._names = 0, count()
        self._stopped = ""
        self._without_backend = 0
        self.found: dict[Situation, RunResult] = {}
        self.narrowed: dict[str, tuple[str, Sequence[RunResult]]] = {}
        self._flaky: list[Found] = []
        self._taken = {example.name for example in wanted.examples}
        self._drawn: list[tuple[str, ...]] = []

    def explore(self) -> str:
        """Go on until enough is drawn; the result is why it ended early, if it did."""
        self._folder.mkdir()
        if self._most:
            # Made before processes are forked, which share it.
            self._search.prepare(self._folder)
        if self._broken:
            self._observer.selected(len(self._broken), "seeking causes: {} rules")
        # Below 0 is what is narrowed.
        parts = chain(range(-len(self._broken), 0), self._chunks())
        with closing(perform(self._session, self, parts, self._workers)) as told:
            for each in told:
                match each:
                    case Drawn():
                        self._drew(each)
                    case Narrowed():
                        self.narrowed[each.rule] = str(each), each.kept
                    case int():
                        self._observer.explored()
                    case Found():
                        self._add(each)
                    case Made():
                        return each.stop
                    case None:
                        self._observer.ticked()
        return ""

    def make(self, number: int, tell: Callable[[object], None]) -> None:
        """Narrow what is broken, or make the runs of a chunk, in any process."""
        self._number = number
        if number < 0:
            if narrowed := self._search.narrow(*self._broken[number], self._until):
                tell(narrowed)
            tell(number)
        else:
            self._search.explore(number, int(min(CHUNK, self._most - number * CHUNK)), tell)
        if self._stopped:
            tell(Made(None, self._stopped))

    def lost(self, number: int, problem: str) -> Made:
        """Nothing more is made if a process dies."""
        return Made(None, f"while part {number} was explored, {problem}")

    def summary(self) -> Iterator[str]:
        """Tell what was drawn, and what flakes."""
        if not self._most:
            return
        pairs, triples = (
            {met for differs in self._drawn for met in combinations(differs, size)}
            for size in (2, 3)
        )
        met = f"{count_of(len(pairs), 'pair')} and {count_of(len(triples), 'triple')} of facts met"
        yield f"{count_of(len(self._drawn), 'situation')} with --seed={self._search.seed}: {met}"
        for flaky in self._flaky:
            yield f"not counted, since a second run of the same situation differed: {flaky.rule} in"
            yield flaky.situation.scenario(_name_of(flaky))

    def _chunks(self) -> Iterator[int]:
        for number in count():
            if number * CHUNK >= self._most or monotonic() > self._search.deadline:
                return
            yield number

    def _drew(self, drawn: Drawn) -> None:
        if not self._drawn:
            most = int(self._most) if self._most < inf else None
            self._observer.selected(most, "{} situations")
        self._drawn.append(drawn.differs)
        self._observer.explored()

    def _claim(self, rule: str) -> bool:
        """Whether this is the first process in which a rule is broken."""
        try:
            (self._folder / rule).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _run(self, situation: Situation) -> RunResult:
        # Each has another name, and so other buckets; a name has no sign.
        number = f"{self._number + len(self._broken)}-{next(self._names)}"
        path = self._folder / number / KEPT.name
        path.parent.mkdir()
        path.write_text(situation.feature(f"Situation {number}"), encoding="utf-8")
        file: FeatureFile = FeatureFile.from_parent(self._session, path=path)
        (item,) = file.collect()
        assert isinstance(item, pytest.Item)  # noqa: S101 -- there is nothing else
        made: Made = make_run(self._session, item)
        result = made.result or without_run(
            item.stash[SCENARIO], Status.ADAPTER_ERROR, made.stop or "no result"
        )
        is_lost = result.problem.startswith(BACKEND)
        self._without_backend = is_lost * (self._without_backend + 1)
        if made.stop or self._without_backend == PATIENCE:
            self._stopped, self._search.deadline = made.stop or result.problem, 0
        # Pytest keeps each item until the session ends, and the session each folder.
        with suppress(KeyError):
            del item.stash[WORLD]
        remove(self._folder.parent / item.name)
        return result

    def _add(self, found: Found) -> None:
        if not found.is_steady:
            self._flaky.append(found)
            return
        if found.situation in self.found:
            # Its run has the findings of all rules.
            return
        name = _name_of(found)
        if name in self._taken:
            name += f" ({len(self._taken)})"
        self._taken.add(name)
        self.found[found.situation] = replace(
            found.result,
            id=slug_of(name),
            name=name,
            file=str(self._wanted.explore_examples or KEPT),
            line=0,
            gherkin=found.situation.scenario(name),
        )


def _name_of(found: Found) -> str:
    # A run that broke has no facts.
    told = found.differs or found.situation.given[1:] or ("every default",)
    return f"Found with {', '.join(told[:_MOST_IN_A_NAME])}"
