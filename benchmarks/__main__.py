"""Measures commands of the suite in turns, beside another version of it: `python -m benchmarks`.

The speed of a machine changes by the hour, so only ratios of turns count.
"""

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "verify": "verify reference --quiet",
    "one process": "verify reference --quiet -n 0",
    "one run": "verify reference --quiet -k a-json-report",
    "a program": "verify examples/node/reporter.toml --quiet --level core",
    "help": "--help",
    "list": "list",
    "explain": "explain KEY-01",
    "coverage": "coverage",
}
_SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER` of Linux: orphans of a command become children of this process."""


@dataclass(frozen=True)
class Sample:
    """The cost of a command: seconds, and seconds of CPU of all its processes."""

    wall: float
    cpu: float


def measure(python: str, arguments: str) -> Sample:
    """Run a command of the suite that is installed for a Python.

    Raises:
        click.ClickException: It ends with another exit code than 0.
    """
    # Not `-m`, which would take the suite of the current folder.
    command = [str(Path(python).with_name("s3-reporter-conformance")), *arguments.split()]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    try:
        while True:
            os.wait()
    except ChildProcessError:
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)} failed: {done.stdout}{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(wall, cpu)


def row(name: str, mine: Sequence[Sample], others: Sequence[Sample]) -> str:
    """A row of the table: medians, and medians of the ratios of turns."""
    costs = [median(getattr(each, cost) for each in mine) for cost in ("wall", "cpu")]
    cells = [name, *(f"{cost:.2f} s" for cost in costs)]
    for cost in ("wall", "cpu") if others else ():
        pairs = zip(mine, others, strict=True)
        cells.append(f"{median(getattr(one, cost) / getattr(two, cost) for one, two in pairs):.2f}")
    return f"| {' | '.join(cells)} |"


@click.command()
@click.option("--only", type=click.Choice([*COMMANDS]), multiple=True, help="Measure only this.")
@click.option("--turns", default=3, show_default=True, type=click.IntRange(1))
@click.option("--against", metavar="PYTHON", help="The Python of another version of the suite.")
def main(only: Sequence[str], turns: int, against: str | None) -> None:
    """Print a table of what the suite's commands cost, and its ratio to another version."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    heads = ["command", "time", "CPU", *(("time, ratio", "CPU, ratio") if against else ())]
    click.echo(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name in only or COMMANDS:
        mine, others = [], []
        for _ in range(turns):
            mine.append(measure(sys.executable, COMMANDS[name]))
            if against:
                others.append(measure(against, COMMANDS[name]))
        click.echo(row(name, mine, others))


if __name__ == "__main__":
    main()
