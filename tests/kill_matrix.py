"""Runs every mutant through the suite and compares what fails with what must.

Every variant runs through the core, too, and must pass it.  It ends with 1 if a mutant survives,
is killed for another reason, takes bystanders with it or is said to diverge where it does not, if
a variant fails, if a requirement kills no mutant, or if an arrow has none that breaks it.
"""

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
from mutants import CATALOGUE, Mutant
from mutants.catalogue import allowed, named_edges, taken
from one_server import one_server_for_all
from variants import VARIANTS

from s3_reporter_conformance.adapters.finding import OF_TOOLS
from s3_reporter_conformance.backends.registry import open_backend
from s3_reporter_conformance.runner.session import Session
from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.features import extended_features
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.requirements import Level, Requirement
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Result

# How many of the requirements that must not see a mutant a quick run asks.
_QUICK_OTHERS = 1
# How many scenarios of one reporter run side by side.
_WORKERS = 4
# How many of the core a quick run asks of a variant.
_QUICK_CORE = 5


# A mutant with settings of its own may claim fewer features.
_SPARED = {Status.PASSED, Status.NOT_RUN, Status.NOT_CLAIMED}


@dataclass(frozen=True)
class Row:
    """What a run saw of one reporter.

    Attributes:
        name: The mutant or variant.
        kills: The requirements that it must fail.
        statuses: What became of each requirement that was asked.
        told: The arrows at which each requirement that failed says that it diverged.
        allowed: The arrows that may be told of each requirement whose path takes a broken one.
        indistinguishable: The arrows of these that are declared only as such.
        reasons: Why the requirements that did not pass did not.
    """

    name: str
    kills: frozenset[str]
    statuses: Mapping[str, Status]
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    indistinguishable: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def killed_by(self) -> tuple[str, ...]:
        """The requirements that failed, in the order of the suite."""
        return tuple(name for name, status in self.statuses.items() if status is Status.FAILED)

    def complaints(self) -> Iterator[str]:
        """Where it differs from what is declared."""
        for name, status in self.statuses.items():
            if name in self.kills and status not in {Status.FAILED, Status.NOT_RUN}:
                yield f"{name} must fail, and is {status.value}{self._because(name)}"
            if name not in self.kills and status not in _SPARED:
                yield f"{name} must pass, and is {status.value}{self._because(name)}"
        for name, arrows in self.told.items():
            wrong = arrows - self.allowed[name] if self.allowed.get(name) else frozenset()
            for arrow in sorted(wrong):
                yield f"{name} diverges at {arrow}, which is not broken"
        # A sample need not come to each.
        if self.kills <= self.statuses.keys():
            told = frozenset[str]().union(*self.told.values())
            for arrow in sorted(self.indistinguishable - told):
                yield f"no requirement diverges at {arrow}, which is declared indistinguishable"

    def _because(self, name: str) -> str:
        return f": {self.reasons[name]}" if name in self.reasons else ""


def run_mutant(
    mutant: Mutant,
    *,
    quick: bool,
    only: Collection[str] = (),
    backend: str = "moto",
    workers: int = 0,
) -> Row:
    """Run a mutant, which declares every feature, through all requirements, some, or a sample."""
    asked = set(only) or (_sample_for(mutant) if quick else set(_ids()))
    features = {"features": ",".join(extended_features() - OF_TOOLS)}
    settings = Settings(
        f"python:{mutant.module}:{mutant.name}", backend, **(mutant.settings or features)
    )
    results = _run(settings, asked, workers)
    return Row(
        mutant.name,
        mutant.kills,
        _statuses(results),
        _told(results),
        {r.id: allowed(mutant, r) for r in results if r.id in mutant.kills},
        frozenset(mutant.indistinguishable),
        _reasons(results),
    )


def run_variant(
    name: str,
    *,
    quick: bool,
    only: Collection[str] = (),
    backend: str = "moto",
    workers: int = 0,
) -> Row:
    """Run a variant through the core, some requirements, or a sample of the core."""
    core = _ids(Level.CORE)
    asked = set(only) or set(_chance(name).sample(core, _QUICK_CORE) if quick else core)
    settings = Settings(f"python:variants.{name}", backend, **VARIANTS[name])
    return run_right(name, settings, asked, workers)


def run_right(name: str, settings: Settings, asked: Collection[str], workers: int = 0) -> Row:
    """Run a reporter that nothing is wrong with through some requirements."""
    results = _run(settings, asked, workers)
    return Row(name, frozenset(), _statuses(results), reasons=_reasons(results))


def gaps(mutants: Iterable[Mutant]) -> Iterator[str]:
    """What the catalogue lacks, or claims and does not hold."""
    requirements = {requirement.id: requirement for requirement in all_requirements()}
    edges = named_edges()
    given = list(mutants)
    for edge in edges.keys() - {edge for mutant in given for edge in mutant.edges}:
        yield f"no mutant breaks {edge}"
    for name in requirements.keys() - {name for mutant in given for name in mutant.kills}:
        yield f"no mutant is killed by {name}"
    for mutant in given:
        for name in mutant.kills - requirements.keys():
            yield f"{mutant.name} must fail {name}, which is no requirement"
        killing = [requirements[name] for name in mutant.kills & requirements.keys()]
        for edge in mutant.edges:
            if edge not in edges:
                yield f"{mutant.name} breaks {edge}, which is no arrow of a diagram"
            elif not any(edge in taken(requirement) for requirement in killing):
                yield f"{mutant.name} is killed by no requirement that takes {edge}"
        for told in mutant.indistinguishable:
            if not any(_comes_before(told, mutant, requirement) for requirement in killing):
                yield f"{told} comes before no arrow that {mutant.name} breaks"


def _comes_before(told: str, mutant: Mutant, requirement: Requirement) -> bool:
    """Whether an arrow comes before one that a mutant breaks on the way of a requirement."""
    path = taken(requirement)
    return told in path and not set(path[: path.index(told) + 1]) & set(mutant.edges) & set(path)


def data(mutants: Iterable[Mutant]) -> dict[str, Any]:
    """The matrix as data."""
    order = _ids()
    return {
        "mutants": [
            {
                "name": mutant.name,
                "kind": mutant.module.rpartition(".")[2],
                "mistake": mutant.mistake,
                "edges": list(mutant.edges),
                "interpretation": mutant.interpretation,
                "killed_by": sorted(mutant.kills, key=order.index),
                "indistinguishable": dict(mutant.indistinguishable),
            }
            for mutant in mutants
        ],
        "variants": [
            {"name": name.partition(":")[2], "difference": _difference(name)} for name in VARIANTS
        ],
    }


def page(matrix: Mapping[str, Any]) -> Iterator[str]:
    """The matrix as a page in Markdown, line by line."""
    mutants: list[dict[str, Any]] = matrix["mutants"]
    yield from (
        "# What the suite catches",
        "",
        f"{len(mutants)} reporters, each broken in one place on purpose, and the requirements that",
        "fail for it: these and no others. Every arrow of every diagram is broken by one of them,",
        "and every requirement catches one. `tox -e mutants` runs them all and writes this page.",
    )
    for kind in dict.fromkeys(mutant["kind"] for mutant in mutants):
        yield from ("", f"## {kind.replace('_', ' ').capitalize()}", "")
        yield from ("| mutant | its mistake | breaks | killed by |", "|---|---|---|---|")
        for each in (mutant for mutant in mutants if mutant["kind"] == kind):
            broken = [f"`{edge}`" for edge in each["edges"]]
            broken += (
                [f"[interpretation {each['interpretation']}](interpretations.md)"]
                if each["interpretation"]
                else []
            )
            yield (
                f"| {each['name']} | {each['mistake']} | {'<br>'.join(broken)} "
                f"| {_killers(each['killed_by'])} |"
            )
    yield from _indistinguishable(mutants)
    yield from ("", "## What it lets pass", "")
    yield from ("Right reporters, which share nothing with the reference. All pass the core.", "")
    yield from ("| variant | how it differs |", "|---|---|")
    for each in matrix["variants"]:
        yield f"| {each['name']} | {each['difference']} |"
    yield from ("", "## By requirement", "", "| requirement | kills |", "|---|---|")
    for requirement in all_requirements():
        killed = [each["name"] for each in mutants if requirement.id in each["killed_by"]]
        yield f"| {requirement.id} {requirement.name} | {', '.join(killed)} |"


def _indistinguishable(mutants: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield from (
        "",
        "## What cannot be told apart",
        "",
        "Where a requirement's path takes an arrow that a mutant breaks, the failure names it.",
        "Of these mutants it also names an earlier arrow, which looks the same from outside.",
        "",
        "| mutant | named | why |",
        "|---|---|---|",
    )
    for each in mutants:
        by_reason: dict[str, list[str]] = {}
        for arrow, why in each["indistinguishable"].items():
            by_reason.setdefault(why, []).append(f"`{arrow}`")
        for why, arrows in by_reason.items():
            yield f"| {each['name']} | {'<br>'.join(arrows)} | {why} |"


def _difference(variant: str) -> str:
    module, _, name = variant.partition(":")
    return (getattr(import_module(f"variants.{module}"), name).__doc__ or "").strip()


def _killers(names: Sequence[str]) -> str:
    spared = [name for name in _ids() if name not in names]
    if len(spared) < len(names):
        return f"all but {' '.join(spared)}"
    return " ".join(names)


def _run(settings: Settings, asked: Collection[str], workers: int) -> dict[Requirement, Result]:
    with one_server_for_all():
        requirements = [each for each in all_requirements() if each.id in asked]
        verdict = Session(settings, requirements).run(["-k", " or ".join(asked)], workers)
    return dict(verdict.results)


def _statuses(results: Mapping[Requirement, Result]) -> dict[str, Status]:
    return {requirement.id: result.status for requirement, result in results.items()}


def _reasons(results: Mapping[Requirement, Result]) -> dict[str, str]:
    return {
        requirement.id: " ".join([result.note, *result.decisive.findings.values()]).strip()
        if result.decisive
        else result.note
        for requirement, result in results.items()
        if result.status is not Status.PASSED
    }


def _told(results: Mapping[Requirement, Result]) -> dict[str, frozenset[str]]:
    return {
        requirement.id: frozenset(
            "no arrow"
            if example.diverged_at is None
            else f"{requirement.diagram}: {requirement.arrows[example.diverged_at.number]}"
            for example in result.examples
            if example.status is Status.FAILED
        )
        for requirement, result in results.items()
    }


def _sample_for(mutant: Mutant) -> set[str]:
    killed = Counter(name for each in CATALOGUE.values() for name in each.kills)
    # The one which fewest are killed by: nobody else would miss its assertions.
    rarest = min(mutant.kills, key=lambda name: (killed[name], name))
    others = [r.id for r in all_requirements() if r.examples == 1 and r.id not in mutant.kills]
    mine = {name for name, its in _narrowest().items() if its == mutant.name}
    return {rarest, *mine, *_chance(mutant.name).sample(others, _QUICK_OTHERS)}


@cache
def _narrowest() -> Mapping[str, str]:
    """Of those killed by each requirement, the one that fewest others kill: so each is asked."""
    widest_first = sorted(CATALOGUE.values(), key=lambda mutant: -len(mutant.kills))
    return {name: mutant.name for mutant in widest_first for name in mutant.kills}


def _chance(name: str) -> random.Random:
    """The same sample each time, but another one for each reporter."""
    return random.Random(name)  # noqa: S311


def _ids(*levels: Level) -> list[str]:
    return [r.id for r in all_requirements() if r.level in (levels or Level)]


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


def _rows(
    backend: str, quick: bool, only: Collection[str], names: Collection[str], workers: int
) -> Iterator[Row]:
    tasks: list[tuple[Callable[..., Row], Any]] = [
        *((run_mutant, mutant) for name, mutant in CATALOGUE.items() if name in names or not names),
        *((run_variant, name) for name in VARIANTS if name in names or not names),
    ]
    # A reporter often waits; so each of our processes shares its work among some of its own, unless
    # there is little of it.
    asked = {"quick": quick, "only": only, "backend": backend, "workers": 0 if quick else _WORKERS}
    with _one_for_all(backend), get_context("spawn").Pool(workers) as pool:
        pending = [pool.apply_async(task, (what,), asked) for task, what in tasks]
        for row in pending:
            yield row.get()


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Ask only a sample of the requirements.")
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    help="Ask only these requirements, as after a change; may be repeated.",
)
@click.option("--backend", type=click.Choice(["moto", "localstack"]), default="moto")
@click.option(
    "--workers", type=int, default=os.cpu_count(), help="How many reporters run side by side."
)
@click.option(
    "--write",
    type=click.Path(path_type=Path),
    help="A folder for the table, as data and as a page.",
)
@click.argument("names", nargs=-1)
def main(  # noqa: PLR0913 -- one for each option
    *,
    quick: bool,
    only: tuple[str, ...],
    backend: str,
    workers: int,
    write: Path | None,
    names: tuple[str, ...],
) -> None:
    """Print a line for each reporter and what is wrong with it."""
    if unknown := set(only) - set(_ids()):
        raise click.UsageError(f"there is no requirement {', '.join(sorted(unknown))}")
    if unknown := set(names) - CATALOGUE.keys() - VARIANTS.keys():
        raise click.UsageError(f"there is no mutant or variant {', '.join(sorted(unknown))}")
    wrong = [] if names or only else list(gaps(CATALOGUE.values()))
    for row in _rows(backend, quick, only, names, workers):
        complaints = [f"{row.name}: {complaint}" for complaint in row.complaints()]
        wrong += complaints
        word = "WRONG" if complaints else "killed" if row.kills else "passed"
        click.echo(f"{word:8}{row.name}  {_killers(row.killed_by)}")
    if write and not wrong and not only:
        matrix = data(CATALOGUE.values())
        (write / "kill-matrix.json").write_text(json.dumps(matrix, indent=1) + "\n")
        (write / "kill-matrix.md").write_text("\n".join(page(matrix)) + "\n")
    click.echo("\n".join(["", *wrong, f"{len(wrong)} complaints"]))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
