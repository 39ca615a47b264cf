"""Runs mutants and variants through the whole suite: all, or those that are named.

The aim of a mutant is the rule that it breaks.  The other rules that it breaks are a snapshot:
`--write` renews `mutants/snapshot.json`, and a reviewer reads the change as a diff.  A variant
breaks no rule, recommended ones among them.

With `--explore`, situations are drawn instead, for the variants if nothing is named.

It ends with 1 if a mutant survives, breaks its rule under other circumstances than it declares, or
if a variant breaks a rule.
"""

import json
import os
import random
import sys
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
from mutants import CATALOGUE, Mutant
from one_server import one_server_for_all
from variants import VARIANTS

from s3_reporter_conformance.adapters.registry import OF_TOOLS
from s3_reporter_conformance.exploring.options import Exploring
from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.feature_files import extended_features
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult

SNAPSHOT = Path(__file__).parent / "mutants" / "snapshot.json"

# The same names of buckets in all runs: two mutants can be compared word by word.
_SEED = "kill-matrix"

Snapshot = Mapping[str, Any]
"""By mutant: the simplest run that breaks its aim, and the rules that it breaks."""


@dataclass(frozen=True)
class Row:
    """The rules that a mutant or variant breaks, by id, and why others were not judged.

    A few runs, unlike all of them, do not tell the circumstances.
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
        """The differences from the declaration."""
        if self.mutant is None:
            return (*(f"breaks {_finding(rule)}" for rule in self.broken.values()), *self.problems)
        aim = self.broken.get(self.mutant.aim)
        if aim is None:
            others = f"breaks {' '.join(self.broken)}, but " if self.broken else ""
            return (f"{others}survives {self.mutant.aim}", *self.problems)
        if self.is_whole and self.mutant.whenever not in {None, aim.whenever}:
            return (f"breaks {_finding(aim)}, not whenever {self.mutant.whenever}",)
        return ()

    def __str__(self) -> str:
        """The row in a line."""
        word = "passes" if self.mutant is None else "killed"
        broken = "; ".join(
            f"{rule.id} {rule.broken}/{rule.judged} {rule.whenever or ''}".strip()
            for rule in self.broken.values()
        )
        return f"{'WRONG' if self.complaints else word:7} {self.name}  {broken}".rstrip()


def _finding(rule: RuleResult) -> str:
    return (
        f"{rule.id} in {rule.broken} of {rule.judged} runs, whenever {rule.whenever}: "
        f"expected {rule.expected}; got {rule.seen}; {rule.repeat}"
    )


def run(
    name: str,
    runs: Collection[str] | None = None,
    backend: str = "moto",
    explore: str | None = None,
) -> Row:
    """Run a mutant, which declares every feature, or a variant through some or all runs."""
    if name in CATALOGUE:
        reporter = CATALOGUE[name].reporter
        settings = CATALOGUE[name].settings or {
            "features": ",".join(extended_features() - OF_TOOLS)
        }
    else:
        reporter, settings = f"python:variants.{name}", VARIANTS[name]
    # Several may make the same run on one server at the same time.
    seed = _SEED if backend == "moto" else f"{_SEED} {name}"
    used = Settings(reporter, backend=backend, strict=True, seed=seed, **settings)
    with one_server_for_all():
        exploring = Exploring(explore=explore, no_narrow=True)
        given = (used, all_rules(), all_scenarios())
        verdict = Session(*given, selected=runs, exploring=exploring).run()
    broken = {rule.id: rule for rule in verdict.rules if rule.status is Status.FAILED}
    # Of a run that is not made, nobody would know that a mutant was not asked.
    missing = {Status.ADAPTER_ERROR, Status.NOT_RUN}
    problems = [f"{x.id}: {x.problem}" for x in verdict.runs if x.status in missing]
    problems += filter(None, [verdict.interrupted, verdict.aborted])
    if name in CATALOGUE and CATALOGUE[name].aim not in broken:
        # Some show only at times: then this is all that tells why.
        problems += [f"{x.id}: {x.observed} {x.kept}" for x in verdict.runs if x.calls]
    if runs is None:
        unjudged = (rule.id for rule in verdict.decisive if rule.status is Status.NOT_JUDGED)
        problems += [f"{rule} was not judged" for rule in unjudged]
    return Row(name, broken, tuple(problems), is_whole=runs is None)


def sample_of(name: str, count: int = 2) -> list[str]:
    """Choose some runs: the same each time, but other ones for each reporter."""
    features = {None, *(VARIANTS[name].get("features", "").split(",") if name in VARIANTS else ())}
    runs = [each.id for each in all_scenarios() if each.feature in features]
    return random.Random(name).sample(runs, count)  # noqa: S311 -- not for cryptography


def read_snapshot() -> Snapshot:
    """Read the rules that the mutants broke."""
    snapshot: Snapshot = json.loads(SNAPSHOT.read_text())
    return snapshot


def _write_snapshot(rows: Iterable[Row]) -> None:
    """Write what the mutants break; those that were not run stay as they were."""
    snapshot = dict(read_snapshot())
    for row in rows:
        if row.mutant:
            aim, found = row.broken.get(row.mutant.aim), row.broken.values()
            snapshot[row.name] = {
                "run": aim.runs[0] if aim else None,
                "breaks": {each.id: [each.broken, each.judged, each.whenever] for each in found},
            }
    # A line for each mutant, so that a diff reads well.
    kept = sorted(snapshot.keys() & CATALOGUE.keys())
    entries = (f"{json.dumps(name)}: {json.dumps(snapshot[name])}" for name in kept)
    SNAPSHOT.write_text("{\n" + ",\n".join(entries) + "\n}\n")


def _quick(name: str, explore: str | None) -> list[str]:
    if explore:
        return ["a-json-report"]
    known = read_snapshot().get(name, {}).get("run")
    return [*([known] if known else []), *sample_of(name)]


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Make a few runs of each only.")
@click.option("--explore", metavar="N|SECONDS", help="Draw situations, beside one run of each.")
@click.option("--backend", default="moto")
@click.option(
    "--workers",
    type=int,
    # Many wait, and more could pass for others that wait.
    default=2 * (os.cpu_count() or 1),
    help="The number of reporters that run side by side.",
)
@click.option("--write", is_flag=True, help="Write the snapshot.")
@click.argument("names", nargs=-1)
def main(  # noqa: PLR0913 -- one parameter for each option
    *,
    quick: bool,
    explore: str | None,
    backend: str,
    workers: int,
    write: bool,
    names: tuple[str, ...],
) -> None:
    """Print a line for each reporter."""
    everything = [*CATALOGUE, *VARIANTS]
    if unknown := set(names) - set(everything):
        raise click.UsageError(f"there is no mutant or variant {', '.join(sorted(unknown))}")
    rows, few = [], quick or explore
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        tasks = [
            pool.submit(run, name, _quick(name, explore) if few else None, backend, explore)
            for name in names or (VARIANTS if explore else everything)
        ]
        for task in as_completed(tasks):
            row = task.result()
            rows.append(row)
            click.echo("\n        ".join([str(row), *row.complaints]))
    if write and not few:
        _write_snapshot(rows)
    wrong = sum(bool(row.complaints) for row in rows)
    click.echo(f"\n{len(rows)} reporters, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
