"""The command: measures, prints, writes."""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from .catalogue import BENCHMARKS, Benchmark
from .figures import Figure, figure, table, write
from .measuring import NotMeasuredError, Sample
from .workloads import ROOT, Setting


@click.command()
@click.option(
    "--only",
    metavar="NAME",
    multiple=True,
    help="Measure only what is called so or belongs to this group; may be repeated.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="How often each is measured.",
)
@click.option(
    "--ash",
    default=sys.executable,
    metavar="PYTHON",
    help="The Python where ASH is installed beside the suite.  [default: this one]",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=ROOT / "docs",
    metavar="DIR",
    help="Where performance.json and performance.md are written.  [default: docs]",
)
def main(only: Sequence[str], runs: int, ash: str, output: Path) -> None:
    """Measure how fast the suite and its reference are."""
    chosen = [each for each in BENCHMARKS if not only or {each.name, each.group} & set(only)]
    if not chosen:
        names = ", ".join(each.name for each in BENCHMARKS)
        raise click.UsageError(f"there is no such benchmark; there are {names}")
    # What a chosen one is a ratio to has to be measured beside it.
    needed = {each.to for each in chosen} | {each.name for each in chosen}
    selected = [each for each in BENCHMARKS if each.name in needed]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        setting = Setting(Path(folder), ash)
        (setting.folder / "benchmarks").symlink_to(ROOT / "benchmarks")
        for _, group in groupby(selected, lambda each: each.group):
            measured = list(_in_turns(list(group), setting, runs))
            for each in measured:
                click.echo("  ".join(cell for cell in each.row() if cell))
            figures += measured
            # At once, because the next group may take an hour.
            write(measured, output)
    click.echo("\n" + table(each.row() for each in figures))


def _in_turns(benchmarks: Sequence[Benchmark], setting: Setting, runs: int) -> Iterator[Figure]:
    """Measure what belongs together in turns: one run of each, then the next of each."""
    samples: dict[str, list[Sample]] = defaultdict(list)
    missing: dict[str, str] = {}
    for _ in range(runs):
        for each in benchmarks:
            if each.name in missing:
                continue
            try:
                samples[each.name].append(each.measure(setting))
            except NotMeasuredError as error:
                missing[each.name] = str(error)
    for each in benchmarks:
        other = samples[each.to] if each.to else []
        yield figure(each, samples[each.name], other, missing.get(each.name, ""))


if __name__ == "__main__":
    main()
