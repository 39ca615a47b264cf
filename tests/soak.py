"""Asks right reporters again and again, and tells of every verdict that is not the usual one.

Each run has another random order of the scenarios.  The runs take turns: with 1, 2, 4, and 8
workers, and on a machine that is idle, or whose cores are each kept busy by loops that never rest.
It ends with 1 if a requirement did not pass once.

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
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.requirements import Level, Requirement
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Result

_REFERENCE = "reference"
_EXAMPLES = {
    folder.name: folder / "reporter.toml"
    for folder in (Path(__file__).parents[1] / "examples").iterdir()
    if folder.name in {"node", "python-plain", "shell"}
}
_GROUPS = {"variants": tuple(VARIANTS), "examples": tuple(_EXAMPLES)}
# A missing extra is no verdict, nor is a feature that a reporter does not declare.
_USUAL = {Status.PASSED, Status.NOT_RUN, Status.NOT_CLAIMED}


@dataclass(frozen=True)
class Run:
    """One run of one reporter.

    Attributes:
        name: The reporter.
        seed: Decides the order of the scenarios.
        workers: How many scenarios run side by side.
        loops: How many loops keep each core busy.
    """

    name: str
    seed: str
    workers: int
    loops: int

    def __str__(self) -> str:
        """How it ran, which repeats it."""
        return (
            f"{self.name} --workers {self.workers} --loops {self.loops} --seed {self.seed} --runs 1"
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        passed: How many requirements passed.
        differences: Every other verdict, with the example and what was seen.
        seconds: How long it took.
    """

    passed: int
    differences: tuple[str, ...]
    seconds: float


class _Shuffled(Session):
    """A session, and the plugin of pytest that it is, which puts the scenarios into an order."""

    seed = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        random.Random(self.seed).shuffle(items)  # noqa: S311 -- not for cryptography


def ask(asked: Collection[str], run: Run) -> Outcome:
    """Run a reporter once through some requirements."""
    begun = time.monotonic()
    requirements = [each for each in all_requirements() if each.id in asked]
    with one_server_for_all():
        session = _Shuffled(_settings(run.name), requirements)
        session.seed = run.seed
        results = session.run(["-k", " or ".join(asked)], run.workers).results
    differences = [words for pair in results for words in _different(*pair)]
    if session.run_info.aborted:
        differences.append(f"aborted: {session.run_info.aborted}")
    passed = sum(result.status is Status.PASSED for _, result in results)
    return Outcome(passed, tuple(differences), time.monotonic() - begun)


def _settings(name: str) -> Settings:
    if name in VARIANTS:
        return Settings(f"python:variants.{name}", **VARIANTS[name])
    return Settings(str(_EXAMPLES.get(name, name)))


def _different(requirement: Requirement, result: Result) -> Iterator[str]:
    if result.status in _USUAL:
        return
    example = result.decisive
    values = f" with {dict(example.values)}" if example and example.values else ""
    findings = example.findings.items() if example else ()
    seen = " ".join(f"{what}: {words}" for what, words in findings) or result.note
    yield f"{requirement.id}{values} is {result.status.value}: {' '.join(seen.split())}"


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
) -> Iterator[Run]:
    """The runs: each reporter so often, which take turns with all that can differ."""
    for name in names:
        turns = islice(cycle(product(loops, workers)), count)
        for number, (busy, side_by_side) in enumerate(turns):
            yield Run(name, seed if count == 1 else f"{seed}-{number}", side_by_side, busy)


def _named(names: Sequence[str]) -> list[str]:
    everything = (_REFERENCE, *VARIANTS, *_EXAMPLES)
    found = [each for name in names or everything for each in _GROUPS.get(name, (name,))]
    if strangers := set(found) - set(everything):
        raise click.UsageError(f"there is no reporter {', '.join(sorted(strangers))}")
    return found


@click.command(help=__doc__)
@click.option("--runs", type=int, default=8, help="How often each reporter is asked.")
@click.option("--level", type=click.Choice([each.value for each in Level]), help="Ask only these.")
@click.option("--only", multiple=True, metavar="ID", help="Ask only this; may be repeated.")
@click.option("--workers", multiple=True, type=int, default=(1, 2, 4, 8), show_default=True)
@click.option(
    "--loops", multiple=True, type=int, default=(0, 2), show_default=True, help="For each core."
)
@click.option("--seed", default="soak", help="Decides the orders.")
@click.argument("names", nargs=-1)
def main(  # noqa: PLR0913 -- one for each option
    *,
    runs: int,
    level: str | None,
    only: tuple[str, ...],
    workers: tuple[int, ...],
    loops: tuple[int, ...],
    seed: str,
    names: tuple[str, ...],
) -> None:
    """Print each run and every verdict in it that is not the usual one."""
    asked = [
        each.id
        for each in all_requirements()
        if each.id in (only or (each.id,)) and level in (None, each.level.value)
    ]
    if not asked:
        raise click.UsageError("there is no such requirement")
    counts: Counter[str] = Counter()
    # A process for each run: what one leaves in its process cannot reach the next.
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for run in planned(_named(names), seed, workers, loops, runs):
            with _busy(run.loops):
                outcome = pool.apply(ask, (asked, run))
            word = "DIFFERS" if outcome.differences else "same"
            click.echo(f"{word:8}{outcome.passed} passed in {outcome.seconds:5.1f} s  {run}")
            for difference in outcome.differences:
                click.echo(f"        {difference}")
            counts["runs"] += 1
            counts["verdicts"] += outcome.passed + len(outcome.differences)
            counts["different"] += len(outcome.differences)
    click.echo(
        f"{counts['runs']} runs, {counts['verdicts']} verdicts, {counts['different']} different"
    )
    sys.exit(bool(counts["different"]))


if __name__ == "__main__":
    main()
