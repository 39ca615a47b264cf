"""Runs misbehaving reporters through the suite, each in the call of one example."""

import fcntl
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Adapter, Call, Outcome
from s3_reporter_conformance.adapters.registry import connect
from s3_reporter_conformance.folders import remove
from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.requirements import Requirement
from s3_reporter_conformance.verdict.example import Example
from s3_reporter_conformance.verdict.verdict import Verdict
from s3_reporter_conformance.wire.exchange import Exchange

from . import Kind
from .catalogue import HELD, VARIABLE

TESTS = Path(__file__).parents[1]
REPORTERS = {
    "python": f"python:{__package__}.reporter:Misbehaving",
    "command": f"command:{sys.executable} -m {__package__}.reporter",
}
# Where the kinds go that only look at the object; their other examples are bystanders.
_ANYWHERE = ("KEY-06", "CFG-20", "KEY-07", "SEQ-03", "KEY-09", "KEY-03", "FMT-07", "FMT-08")
# How long, in seconds, a process that was killed may take to vanish.
FAREWELL = 10

Place = tuple[str, int]
"""A requirement and the number of an example."""


def places(kinds: Collection[Kind]) -> dict[Place, Kind]:
    """Give each kind an example of its own."""
    examples = {requirement.id: requirement.examples for requirement in all_requirements()}
    taken: Counter[str] = Counter()

    def place(requirements: Sequence[str]) -> Place:
        name = next(each for each in requirements if taken[each] < examples[each])
        taken[name] += 1
        return name, taken[name]

    by_need = sorted(kinds, key=lambda each: not each.requirement)
    return {place([k.requirement] if k.requirement else _ANYWHERE): k for k in by_need}


class Prompted:
    """Tells the reporter how to misbehave, in the calls of one example each."""

    def __init__(self, adapter: Adapter, places: Mapping[Place, Kind], held: Path) -> None:
        self._adapter = adapter
        self._places = places
        self._held = held
        self._kind: Kind | None = None
        self.open = adapter.open
        self.interrupt = adapter.interrupt
        self.close = adapter.close

    def begin(self, requirement: Requirement, number: int, values: Mapping[str, str]) -> None:
        del values
        self._kind = self._places.get((requirement.id, number))

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        """See `Watcher`."""

    def run(self, call: Call) -> Outcome:
        prompt = {"PYTHONPATH": str(TESTS), HELD: str(self._held)}
        if self._kind:
            prompt[VARIABLE] = self._kind.name
        return self._adapter.run(replace(call, environment={**call.environment, **prompt}))


@dataclass(frozen=True)
class Ran:
    """What a run came to.

    Attributes:
        places: Which kind misbehaved in which example.
        verdict: The verdict.
        left: What still lay in the temporary folder when it was over.
        held: The file that a process would still hold.
    """

    places: Mapping[Place, Kind]
    verdict: Verdict
    left: Sequence[Path]
    held: Path

    @property
    def examples(self) -> Iterator[tuple[Place, Example]]:
        """All examples that ran."""
        for requirement, result in self.verdict.results:
            for example in result.examples:
                yield (requirement.id, example.number), example

    def of(self, kind: Kind) -> Example:
        """The example in which a kind misbehaved."""
        found = dict(self.examples)
        return found[next(place for place, each in self.places.items() if each is kind)]

    @property
    def bystanders(self) -> Iterator[tuple[Place, Example]]:
        """The examples in which nobody misbehaved."""
        return ((place, each) for place, each in self.examples if place not in self.places)

    @property
    def is_held(self) -> bool:
        """Whether a process still runs that a reporter left."""
        deadline = time.monotonic() + FAREWELL
        with self.held.open("rb+") as file:
            while True:
                with suppress(BlockingIOError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return False
                if time.monotonic() > deadline:
                    return True
                time.sleep(0.05)


def run_kinds(
    adapter: str, folder: Path, kinds: Collection[Kind], timeout: float, workers: int
) -> Ran:
    """Run kinds and their bystanders in one session.

    Args:
        adapter: `python` or `command`.
        folder: An empty folder.
        kinds: The kinds.
        timeout: The time limit of a call, in seconds.
        workers: How many processes share the work.
    """
    found = places(kinds)
    asked = {name for name, _ in found}
    held = folder / "held"
    held.touch()
    # Not in a folder of pytest, which cannot remove what a run leaves that is killed.
    temporary = Path(tempfile.mkdtemp(prefix="misbehaving-"))
    settings = Settings(REPORTERS[adapter], timeout=timeout)
    scratch = folder / "scratch"
    scratch.mkdir()
    prompted = Prompted(connect(replace(settings.manifest, folder=TESTS), scratch), found, held)
    requirements = [each for each in all_requirements() if each.id in asked]
    session = Session(settings, requirements, watcher=prompted, adapter=prompted)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(tempfile, "tempdir", str(temporary))
        verdict = session.run(["-k", " or ".join(sorted(asked))], workers)
    left = list(temporary.iterdir())
    remove(temporary)
    return Ran(found, verdict, left, held)
