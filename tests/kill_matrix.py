"""Runs every mutant and every variant through the whole suite.

The aim of a mutant is the rule that it breaks.  What else it breaks is a snapshot: `--write` renews
`mutants/snapshot.json` and `docs/kill-matrix.md`, and a reviewer reads the change as a diff.  A
variant breaks no rule, recommended ones among them.

It ends with 1 if a mutant survives, breaks its rule under other circumstances than it declares, or
if a variant breaks a rule.
"""

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median
from typing import Any

import click
from mutants import CATALOGUE, Mutant
from one_server import one_server_for_all
from variants import VARIANTS

from s3_reporter_conformance.adapters.reporters import OF_TOOLS
from s3_reporter_conformance.backends.registry import open_backend
from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.features import extended_features
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Level, Rule
from s3_reporter_conformance.verdict.circumstances import ALWAYS
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult, Verdict

SNAPSHOT = Path(__file__).parent / "mutants" / "snapshot.json"
PAGE = Path(__file__).parents[1] / "docs" / "kill-matrix.md"

# The same names of buckets in all runs: what two mutants do can be compared word by word.
_SEED = "kill-matrix"
_CHANCE_RUNS = 2

Snapshot = Mapping[str, Any]
"""By mutant: the simplest run that breaks its aim, and the rules that it breaks."""


@dataclass(frozen=True)
class Row:
    """The rules that a reporter breaks.

    Attributes:
        name: The mutant or variant.
        broken: The verdict on each rule that it breaks, by id.
        problems: Why runs have no verdict, and which rules that decide were not judged.
        is_whole: Whether all runs were made: of a few, the circumstances cannot be told.
    """

    name: str
    broken: Mapping[str, RuleResult]
    problems: tuple[str, ...] = ()
    is_whole: bool = False

    @property
    def mutant(self) -> Mutant | None:
        """The mutant; `None` for a variant."""
        return CATALOGUE.get(self.name)

    @property
    def complaints(self) -> tuple[str, ...]:
        """The differences from what is declared."""
        if self.mutant is None:
            found = (f"breaks {_told(rule)}" for rule in self.broken.values())
            return (*found, *self.problems)
        aim = self.broken.get(self.mutant.aim)
        if aim is None:
            others = f" breaks {' '.join(self.broken)}, but" if self.broken else ""
            return (f"{others} survives {self.mutant.aim}: {'; '.join(self.problems)}".strip(" :"),)
        if self.is_whole and self.mutant.whenever not in {None, aim.whenever}:
            return (f"breaks {_told(aim)}, not whenever {self.mutant.whenever}",)
        return ()

    def __str__(self) -> str:
        """The row in a line."""
        word = "passes" if self.mutant is None else "killed"
        broken = "; ".join(
            f"{rule.id} {rule.broken}/{rule.judged} {rule.whenever or ''}".strip()
            for rule in self.broken.values()
        )
        return f"{'WRONG' if self.complaints else word:7} {self.name}  {broken}".rstrip()


def run_mutant(mutant: Mutant, runs: Collection[str] | None = None, backend: str = "moto") -> Row:
    """Run a mutant, which declares every feature, through the suite.

    Args:
        mutant: The mutant.
        runs: The runs to make; `None` for all.
        backend: The backend.
    """
    said = mutant.settings or {"features": ",".join(extended_features() - OF_TOOLS)}
    return _row(mutant.name, _verdict(mutant.reporter, runs, backend, said), runs)


def run_variant(name: str, runs: Collection[str] | None = None, backend: str = "moto") -> Row:
    """Run a variant through the suite.

    Args:
        name: The module and class of the variant.
        runs: The runs to make; `None` for all.
        backend: The backend.
    """
    return _row(name, _verdict(f"python:variants.{name}", runs, backend, VARIANTS[name]), runs)


def _verdict(
    reporter: str, runs: Collection[str] | None, backend: str, said: Mapping[str, Any]
) -> Verdict:
    settings = Settings(reporter, backend, strict=True, seed=_SEED, **said)
    with one_server_for_all():
        return Session(settings, all_rules(), all_scenarios(), selected=runs).run()


def _row(name: str, verdict: Verdict, runs: Collection[str] | None) -> Row:
    broken = {rule.id: rule for rule in verdict.rules if rule.status is Status.FAILED}
    problems = [f"{run.id}: {run.problem}" for run in verdict.broken_runs]
    is_whole = runs is None
    if is_whole:
        unjudged = (rule.id for rule in verdict.decisive if rule.status is Status.NOT_JUDGED)
        problems += [f"{rule} was not judged" for rule in unjudged]
    return Row(name, broken, tuple(problems), is_whole)


def sample_of(name: str, count: int = _CHANCE_RUNS) -> list[str]:
    """Choose some runs: the same each time, but other ones for each reporter.

    Args:
        name: The name of the reporter.
        count: The number of runs.
    """
    features = {None, *(VARIANTS[name].get("features", "").split(",") if name in VARIANTS else ())}
    runs = [each.id for each in all_scenarios() if each.feature in features]
    return random.Random(name).sample(runs, count)  # noqa: S311 -- not for cryptography


def read_snapshot() -> Snapshot:
    """Read what the mutants were found to break."""
    snapshot: Snapshot = json.loads(SNAPSHOT.read_text()) if SNAPSHOT.exists() else {}
    return snapshot


def snapshot_of(rows: Iterable[Row], before: Snapshot) -> Snapshot:
    """What the mutants break, in the order of their names.

    Args:
        rows: The rows of some mutants.
        before: The snapshot, which has the others.
    """
    found = {
        row.name: {
            "run": row.broken[row.mutant.aim].runs[0] if row.mutant.aim in row.broken else None,
            "breaks": {
                rule.id: [rule.broken, rule.judged, rule.whenever] for rule in row.broken.values()
            },
        }
        for row in rows
        if row.mutant
    }
    return {name: {**before, **found}[name] for name in sorted({*before, *found} & {*CATALOGUE})}


def _lines(snapshot: Snapshot) -> str:
    """A snapshot as JSON with a line for each mutant, so that a diff reads well."""
    entries = (f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in snapshot.items())
    return "{\n" + ",\n".join(entries) + "\n}\n"


def page(snapshot: Snapshot) -> Iterator[str]:
    """The page about mutants and variants in Markdown, line by line.

    Args:
        snapshot: What the mutants break.
    """
    yield from (
        "# What the suite catches",
        "",
        f"{len(CATALOGUE)} reporters, each broken in one place on purpose: its *aim* is the rule",
        "that it breaks. Other rules that the same mistake breaks stand beside it, with the runs.",
        "`tox -e mutants` runs them all and writes this page.",
    )
    for module in dict.fromkeys(mutant.module for mutant in CATALOGUE.values()):
        title = module.rpartition(".")[2].replace("_", " ").capitalize()
        yield from ("", f"## {title}", "", "| mutant | mistake | aim | also breaks |", "|-|-|-|-|")
        for mutant in CATALOGUE.values():
            if mutant.module == module:
                yield _table_row(mutant, snapshot.get(mutant.name, {"breaks": {}})["breaks"])
    yield from ("", "## What it lets pass", "")
    yield from (
        "Correct reporters, which share nothing with the reference. They break no rule.",
        "",
    )
    yield from ("| variant | difference |", "|-|-|")
    for name in VARIANTS:
        module, _, attribute = name.partition(":")
        difference = getattr(import_module(f"variants.{module}"), attribute).__doc__ or ""
        yield f"| {attribute} | {difference.strip()} |"


def _table_row(mutant: Mutant, breaks: Mapping[str, list[Any]]) -> str:
    def told(rule: str) -> str:
        broken, judged, whenever = breaks[rule]
        return f"{rule} ({broken} of {judged}{_circumstances(whenever)})"

    aim = told(mutant.aim) if mutant.aim in breaks else mutant.aim
    others = ", ".join(told(rule) for rule in breaks if rule != mutant.aim)
    return f"| {mutant.name} | {mutant.mistake} | {aim} | {others} |".replace("|  |", "| |")


def summary(rows: Collection[Row]) -> Iterator[str]:
    """What the rows of all mutants say of the suite.

    Args:
        rows: The rows.
    """
    mutants = [row for row in rows if row.mutant]
    if not mutants:
        return
    counts = [len(row.broken) for row in mutants]
    yield f"rules broken by a mutant: median {median(counts):g}, mean {mean(counts):.2f}"
    for title, found in (
        ("survivors", [row.name for row in mutants if not row.broken]),
        ("missed aims", [row.name for row in mutants if row.broken and row.complaints]),
        ("rules that kill no mutant", _idle_rules(mutants)),
        ("nodes of core rules at which no mutant is found", _idle_nodes(mutants)),
        ("exact twins", [" = ".join(names) for names in _twins(mutants)]),
    ):
        yield f"{title}: {', '.join(found) or 'none'}"


def _idle_rules(rows: Iterable[Row]) -> list[str]:
    killing = {rule for row in rows for rule in row.broken}
    return [rule.id for rule in all_rules() if rule.id not in killing]


def _idle_nodes(rows: Iterable[Row]) -> list[str]:
    found = {
        (rule.id, node) for row in rows for rule in row.broken.values() for node in rule.broken_at
    }
    return [
        f"{rule.id} at {node}"
        for rule in all_rules()
        if rule.level is Level.CORE
        for node in _nodes(rule)
        if (rule.id, node) not in found
    ]


def _nodes(rule: Rule) -> list[str]:
    nodes = ((each.diagram, each.node) for each in rule.judgments if each.node)
    return [f"{diagram}: {node}" for diagram, node in dict.fromkeys(nodes)]


def _twins(rows: Iterable[Row]) -> list[list[str]]:
    alike: dict[object, list[str]] = {}
    for row in rows:
        behavior = tuple(
            (rule.id, tuple(sorted(rule.runs)), rule.expected, rule.seen)
            for rule in row.broken.values()
        )
        alike.setdefault(behavior, []).append(row.name)
    return [names for names in alike.values() if len(names) > 1]


def _told(rule: RuleResult) -> str:
    return (
        f"{rule.id} in {rule.broken} of {rule.judged} runs{_circumstances(rule.whenever)}: "
        f"expected {rule.expected}; got {rule.seen}; {rule.repeat}"
    )


def _circumstances(whenever: str | None) -> str:
    if whenever in {None, ALWAYS}:
        return f", {whenever}" if whenever else ""
    return f", whenever {whenever}"


def _quick(name: str) -> list[str]:
    snapshot = read_snapshot().get(name)
    own = [snapshot["run"]] if snapshot and snapshot["run"] else []
    return [*own, *sample_of(name)]


@contextmanager
def _one_for_all(backend: str) -> Iterator[None]:
    """Start a LocalStack for all runs, which take the one that the environment names."""
    if backend != "localstack":
        yield
        return
    opened = open_backend(backend)
    os.environ["LOCALSTACK_HOST"] = opened.endpoint.address.netloc
    try:
        yield
    finally:
        opened.close()


def _task(name: str, runs: Collection[str] | None, backend: str) -> Row:
    if name in CATALOGUE:
        return run_mutant(CATALOGUE[name], runs, backend)
    return run_variant(name, runs, backend)


def rows_of(names: Iterable[str], *, quick: bool, backend: str, workers: int) -> Iterator[Row]:
    """Run mutants and variants side by side.

    Args:
        names: The names.
        quick: Whether to make a few runs of each only.
        backend: The backend.
        workers: How many run side by side.

    Yields:
        The rows, in the order in which they end.
    """
    with _one_for_all(backend), get_context("spawn").Pool(workers) as pool:
        run: Callable[[tuple[str, Any, str]], Row] = _Spread(_task)
        tasks = [(name, _quick(name) if quick else None, backend) for name in names]
        yield from pool.imap_unordered(run, tasks)


@dataclass(frozen=True)
class _Spread:
    """Calls a function with a tuple of arguments, in another process."""

    function: Callable[..., Row]

    def __call__(self, arguments: tuple[Any, ...]) -> Row:
        return self.function(*arguments)


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Make a few runs of each only.")
@click.option("--backend", type=click.Choice(["moto", "localstack"]), default="moto")
@click.option(
    "--workers",
    type=int,
    # Many wait, and more could pass for others that wait.
    default=2 * (os.cpu_count() or 1),
    help="How many reporters run side by side.",
)
@click.option("--write", is_flag=True, help="Write the snapshot and the page.")
@click.argument("names", nargs=-1)
def main(*, quick: bool, backend: str, workers: int, write: bool, names: tuple[str, ...]) -> None:
    """Print a line for each reporter, and what they say of the suite."""
    everything = [*CATALOGUE, *VARIANTS]
    if unknown := set(names) - set(everything):
        raise click.UsageError(f"there is no mutant or variant {', '.join(sorted(unknown))}")
    rows = []
    for row in rows_of(names or everything, quick=quick, backend=backend, workers=workers):
        rows.append(row)
        click.echo("\n        ".join([str(row), *row.complaints]))
    if not names and not quick:
        click.echo("\n".join(["", *summary(rows)]))
    if write and not quick:
        snapshot = snapshot_of(rows, read_snapshot())
        SNAPSHOT.write_text(_lines(snapshot))
        PAGE.write_text("\n".join(page(snapshot)) + "\n")
    wrong = Counter(bool(row.complaints) for row in rows)[True]
    click.echo(f"\n{len(rows)} reporters, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
