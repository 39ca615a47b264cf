"""Asks right reporters again and again what depends on time, on a busy machine.

None of them may ever be blamed.  Loops that never rest keep each core busy, beside what the
reporters do themselves.  It ends with 1 if a requirement did not pass once.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path

import click
from kill_matrix import Row, run_right, run_variant
from variants import VARIANTS

from s3_reporter_conformance.runner.settings import Settings
from s3_reporter_conformance.spec.gherkin import all_requirements

_EXAMPLES = {
    folder.name: folder / "reporter.toml"
    for folder in (Path(__file__).parents[1] / "examples").iterdir()
    if folder.name in {"node", "python-plain", "shell"}
}
# What a wait is (interpretation 3).
_WAITS = 3


def _restless() -> None:
    mine = os.getppid()
    while os.getppid() == mine:
        pass


@contextmanager
def _busy(loops: int) -> Iterator[None]:
    running = [SpawnProcess(target=_restless, daemon=True) for _ in range(loops)]
    for each in running:
        each.start()
    try:
        yield
    finally:
        for each in running:
            each.kill()


def _run(name: str, only: tuple[str, ...]) -> Row:
    if name in _EXAMPLES:
        return run_right(name, Settings(str(_EXAMPLES[name])), only)
    return run_variant(name, quick=False, only=only)


@click.command(help=__doc__)
@click.option("--runs", type=int, default=60, help="How often each reporter is asked.")
@click.option("--only", multiple=True, metavar="ID", help="A requirement to ask; may be repeated.")
@click.option("--workers", type=int, default=8, help="How many reporters run side by side.")
@click.option("--loops", type=int, default=2, help="How many loops keep each core busy.")
@click.argument("names", nargs=-1)
def main(
    *, runs: int, only: tuple[str, ...], workers: int, loops: int, names: tuple[str, ...]
) -> None:
    """Print who was blamed, and for what."""
    asked = only or tuple(r.id for r in all_requirements() if _WAITS in r.interpretations)
    reporters = names or (*VARIANTS, *_EXAMPLES)
    blamed = 0
    with _busy(loops * (os.cpu_count() or 1)), get_context("spawn").Pool(workers) as pool:
        for row in pool.imap_unordered(partial(_run, only=asked), list(reporters) * runs):
            for complaint in row.complaints():
                blamed += 1
                click.echo(f"{row.name}: {complaint}")
    click.echo(f"{len(reporters)} reporters, {runs} runs, {' '.join(asked)}: {blamed} complaints")
    sys.exit(bool(blamed))


if __name__ == "__main__":
    main()
