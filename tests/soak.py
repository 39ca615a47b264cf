"""Runs correct reporters again and again, and tells every finding.

Each turn has another random order of the scenarios.  The turns differ: with 1, 2, 4, and 8
workers, and on a machine that is idle, or whose cores are each kept busy by loops that never rest.
It ends with 1 if a rule was broken once, or if a run once had no verdict.

NAMES are `reference`, variants such as `plain:Plain`, examples such as `node`, or one of the words
`variants` and `examples` for all of them; without any, all there are.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice, product
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path

import click
import pytest
from one_server import one_server_for_all
from variants import VARIANTS

from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status

_REFERENCE = "reference"
_EXAMPLES = {
    folder.name: folder / "reporter.toml"
    for folder in (Path(__file__).parents[1] / "examples").iterdir()
    if folder.name in {"node", "python-plain", "shell"}
}
_GROUPS = {"variants": tuple(VARIANTS), "examples": tuple(_EXAMPLES)}


@dataclass(frozen=True)
class Turn:
    """One run of the suite on one reporter.

    Attributes:
        name: The reporter.
        seed: Determines the order of the scenarios.
        workers: The number of scenarios that run side by side.
        loops: The number of loops that keep each core busy.
    """

    name: str
    seed: str
    workers: int
    loops: int

    def __str__(self) -> str:
        """The arguments that repeat it."""
        return (
            f"{self.name} --workers {self.workers} --loops {self.loops} --seed {self.seed} --runs 1"
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        judgments: The number of judgments.
        differences: Each rule that was broken, and each run without a verdict.
        seconds: The duration, in seconds.
    """

    judgments: int
    differences: tuple[str, ...]
    seconds: float


class _Shuffled(Session):
    """A session, and the plugin of pytest that it is, which puts the scenarios into an order."""

    seed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        super().pytest_collection_modifyitems(items)
        random.Random(self.seed).shuffle(items)  # noqa: S311 -- not for cryptography


def ask(runs: Collection[str] | None, turn: Turn) -> Outcome:
    """Run a reporter once through the suite, or through some of its runs."""
    begun = time.monotonic()
    with one_server_for_all():
        session = _Shuffled(_settings(turn.name), all_rules(), all_scenarios(), selected=runs)
        session.seed = turn.seed
        verdict = session.run(turn.workers)
    differences = [words for result in verdict.runs for words in _different(result)]
    if session.run_info.aborted:
        differences.append(f"aborted: {session.run_info.aborted}")
    judgments = sum(len(result.judged) for result in verdict.runs)
    return Outcome(judgments, tuple(differences), time.monotonic() - begun)


def _settings(name: str) -> Settings:
    if name in VARIANTS:
        return Settings(f"python:variants.{name}", strict=True, **VARIANTS[name])
    return Settings(str(_EXAMPLES.get(name, name)), strict=True)


def _different(run: RunResult) -> Iterator[str]:
    if run.status is Status.ADAPTER_ERROR:
        yield f"{run.id} has no verdict: {' '.join(run.problem.split())}"
    for finding in run.findings:
        seen = " ".join(finding.seen.split())
        yield f"{run.id} breaks {finding.rule}: expected {finding.expected}; got {seen}"


def _restless() -> None:
    mine = os.getppid()
    while os.getppid() == mine:
        pass


@contextmanager
def _busy(loops: int) -> Iterator[None]:
    running = [
        SpawnProcess(target=_restless, daemon=True) for _ in range(loops * (os.cpu_count() or 1))
    ]
    for each in running:
        each.start()
    try:
        yield
    finally:
        for each in running:
            each.kill()


def planned(
    names: Sequence[str], seed: str, workers: Sequence[int], loops: Sequence[int], count: int
) -> Iterator[Turn]:
    """The turns: so many of each reporter, which differ in all that can differ."""
    for name in names:
        turns = islice(cycle(product(loops, workers)), count)
        for number, (busy, side_by_side) in enumerate(turns):
            yield Turn(name, seed if count == 1 else f"{seed}-{number}", side_by_side, busy)


def _named(names: Sequence[str]) -> list[str]:
    everything = (_REFERENCE, *VARIANTS, *_EXAMPLES)
    found = [each for name in names or everything for each in _GROUPS.get(name, (name,))]
    if strangers := set(found) - set(everything):
        raise click.UsageError(f"there is no reporter {', '.join(sorted(strangers))}")
    return found


@click.command(help=__doc__)
@click.option("--runs", type=int, default=8, help="The number of turns of each reporter.")
@click.option("--only", multiple=True, metavar="RUN", help="Make this run; may be repeated.")
@click.option("--workers", multiple=True, type=int, default=(1, 2, 4, 8), show_default=True)
@click.option(
    "--loops", multiple=True, type=int, default=(0, 2), show_default=True, help="For each core."
)
@click.option("--seed", default="soak", help="Determines the orders.")
@click.argument("names", nargs=-1)
def main(  # noqa: PLR0913 -- one for each option
    *,
    runs: int,
    only: tuple[str, ...],
    workers: tuple[int, ...],
    loops: tuple[int, ...],
    seed: str,
    names: tuple[str, ...],
) -> None:
    """Print each turn and everything in it that is not as usual."""
    if unknown := set(only) - {scenario.id for scenario in all_scenarios()}:
        raise click.UsageError(f"there is no run {', '.join(sorted(unknown))}")
    counts: Counter[str] = Counter()
    # A process for each run: what one leaves in its process cannot reach the next.
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for turn in planned(_named(names), seed, workers, loops, runs):
            with _busy(turn.loops):
                outcome = pool.apply(ask, (only or None, turn))
            word = "DIFFERS" if outcome.differences else "same"
            click.echo(f"{word:8}{outcome.judgments} judgments in {outcome.seconds:5.1f} s  {turn}")
            for difference in outcome.differences:
                click.echo(f"        {difference}")
            counts["turns"] += 1
            counts["judgments"] += outcome.judgments
            counts["different"] += len(outcome.differences)
    click.echo(
        f"{counts['turns']} turns, {counts['judgments']} judgments, {counts['different']} different"
    )
    sys.exit(bool(counts["different"]))


if __name__ == "__main__":
    main()
