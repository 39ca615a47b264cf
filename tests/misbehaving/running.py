"""Runs misbehaving reporters through the suite, each in the call of one run."""

import fcntl
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from msgspec import structs

from s3_reporter_conformance.adapters.base import Adapter, Call, Outcome
from s3_reporter_conformance.adapters.registry import connect
from s3_reporter_conformance.disk.folders import remove
from s3_reporter_conformance.reporting.observer import Observer
from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.coverage import walks_of_the_reference
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Scenario
from s3_reporter_conformance.verdict.runs import RunResult

from . import Kind
from .catalogue import HELD, VARIABLE

TESTS = Path(__file__).parents[1]
REPORTERS = {
    "python": f"python:{__package__}.reporter:Misbehaving",
    "command": f"command:{sys.executable} -m {__package__}.reporter",
}
# How long, in seconds, a process that was killed may take to vanish.
FAREWELL = 10
# The runs that look on in each session.
_BYSTANDERS = 3
_NOT_CALM = ("reads the bucket", "20,000", "expired", "not set", "is empty", "unusual numbers")

Batch = Mapping[str, Kind]
"""Kinds that misbehave in one session, by the id of the run of each."""


def calm_runs() -> Mapping[str, list[Scenario]]:
    """The runs in which nothing goes wrong, by their kind."""
    diagrams = all_diagrams()
    at_once = (diagrams["error_handling"].route("yes"),)
    found = defaultdict(list)
    for scenario in all_scenarios():
        walks = walks_of_the_reference().get(scenario.id, {})
        words = scenario.gherkin + str(scenario.values)
        is_calm = not scenario.feature and not any(each in words for each in _NOT_CALM)
        if not is_calm or walks.get("error_handling") != at_once or "local_output" not in walks:
            continue
        [naming] = walks["object_naming"]
        form = "yaml" if "yaml_extension" in naming else "json"
        found["again" if "reported before" in words else form].append(scenario)
    return found


def batches(kinds: Collection[Kind]) -> Iterator[Batch]:
    """Give each kind a run of its own, in as few sessions as there are runs for."""
    runs = calm_runs()
    waiting = {name: [kind for kind in kinds if kind.run == name] for name in runs}
    while any(waiting.values()):
        batch: dict[str, Kind] = {}
        for name, of_name in waiting.items():
            room = runs[name][_BYSTANDERS:] if name == "json" else runs[name]
            batch |= {run.id: of_name.pop() for run in room[: len(of_name)]}
        yield batch


class Prompted(Observer):
    """Tells the reporter how to misbehave, in the calls of some runs."""

    def __init__(self, adapter: Adapter, batch: Batch, held: Path) -> None:
        self._adapter = adapter
        self._batch = batch
        self._held = held
        self._kind: Kind | None = None
        self.open = adapter.open
        self.interrupt = adapter.interrupt
        self.close = adapter.close

    def began(self, scenario: Scenario) -> None:
        self._kind = self._batch.get(scenario.id)

    def run(self, call: Call) -> Outcome:
        prompt = {"PYTHONPATH": str(TESTS), HELD: str(self._held)}
        if self._kind:
            prompt[VARIABLE] = self._kind.name
        return self._adapter.run(replace(call, environment={**call.environment, **prompt}))


@dataclass(frozen=True)
class Ran:
    """The results of some sessions.

    Attributes:
        by_kind: The run in which each kind misbehaved, by the name of the kind.
        bystanders: The runs in which the reporter behaved.
        left: The entries of the temporary folder after the sessions.
        held: The file that a process would still hold.
    """

    by_kind: Mapping[str, RunResult]
    bystanders: Sequence[RunResult]
    left: Sequence[Path]
    held: Path

    def of(self, kind: Kind) -> RunResult:
        """The run in which a kind misbehaved."""
        return self.by_kind[kind.name]

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


def findings_of(run: RunResult) -> str:
    """Everything that a run says of its reporter."""
    found = [f"{each.rule}: expected {each.expected}, seen {each.seen}" for each in run.findings]
    return "\n".join([run.problem, *found])


def run_kinds(
    adapter: str, folder: Path, kinds: Collection[Kind], timeout: float, workers: int
) -> Ran:
    """Run kinds, with bystanders in each session.

    Args:
        adapter: `python` or `command`.
        folder: An empty folder.
        kinds: The kinds.
        timeout: The time limit of a call, in seconds.
        workers: How many processes share the work.
    """
    held = folder / "held"
    held.touch()
    # Not in a folder of pytest, which cannot remove the remains of a run that is killed.
    temporary = Path(tempfile.mkdtemp(prefix="misbehaving-"))
    settings = Settings(REPORTERS[adapter], timeout=timeout)
    by_kind: dict[str, RunResult] = {}
    bystanders: list[RunResult] = []
    for number, batch in enumerate(batches(kinds)):
        scratch = folder / f"scratch-{number}"
        scratch.mkdir()
        prompted = Prompted(
            connect(structs.replace(settings.manifest, folder=TESTS), scratch), batch, held
        )
        beside = [each.id for each in calm_runs()["json"][:_BYSTANDERS]]
        session = Session(
            settings,
            all_rules(),
            all_scenarios(),
            selected=[*batch, *beside],
            observer=prompted,
            adapter=prompted,
        )
        with pytest.MonkeyPatch.context() as changed:
            changed.setattr(tempfile, "tempdir", str(temporary))
            runs = {run.id: run for run in session.run(workers).runs}
        by_kind |= {kind.name: runs[name] for name, kind in batch.items()}
        bystanders += [runs[name] for name in beside]
    left = list(temporary.iterdir())
    remove(temporary)
    return Ran(by_kind, bystanders, left, held)
