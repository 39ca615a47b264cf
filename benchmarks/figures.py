"""What was measured, as data and as a page."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from statistics import median
from typing import Any

from .catalogue import Benchmark
from .measuring import Sample

_MEGABYTE = 1e6

_PAGE = """\
# Performance

`python -m benchmarks` in a checkout measures this, prints it, and writes this page and
[`performance.json`](performance.json); `--only NAME` measures some of it. What belongs together is
measured in turns. A ratio is the median of the ratios of the turns, so that a slow machine changes
it little. No test asserts a time.

{machine}

{table}

- *Time* and *CPU* are medians, with the least and the most. CPU is that of the command and of the
  processes that it waited for, which reporters are not; for conversions and reports, of that work
  alone.
- *Memory* is that of the largest process; for conversions, what the work took beyond the results,
  and in parentheses how many times the size of what was made.
- *Ratio* is to the row that is named. `cores` is the time that the reporter's own processes took
  together, divided by the cores.

{profile}"""
# Written by hand, after a look with a profiler.
_PROFILE = Path(__file__).with_name("profile.md")


@dataclass(frozen=True)
class Figure:
    """One benchmark, measured.

    Attributes:
        name: The benchmark's.
        what: What it is.
        goal: What is aimed at.
        samples: The runs.
        ratios: The ratio of each run to the run of the other benchmark beside it.
        ratio_to: What the ratio is to.
        missing: Why it was not measured, if it was not.
        measured: The day, in ISO 8601.
    """

    name: str
    what: str
    goal: str
    samples: tuple[Sample, ...] = ()
    ratios: tuple[float, ...] = ()
    ratio_to: str = ""
    missing: str = ""
    measured: str = field(default_factory=lambda: datetime.now(timezone.utc).date().isoformat())

    def row(self) -> tuple[str, ...]:
        """The cells of a table: name, what, time, CPU, memory, ratio, goal, day."""
        if self.missing:
            missing = f"not measured: {self.missing}"
            return (self.name, self.what, missing, "", "", "", self.goal, self.measured)
        ratio = f"{median(self.ratios):.2f} of {self.ratio_to}" if self.ratios else ""
        return (
            self.name,
            self.what,
            _spread([sample.wall for sample in self.samples]),
            _spread([sample.cpu for sample in self.samples]),
            _memory(self.samples),
            ratio,
            self.goal,
            self.measured,
        )


HEAD = ("name", "what", "time", "CPU", "memory", "ratio", "goal", "day")


def figure(
    benchmark: Benchmark, samples: Sequence[Sample], other: Sequence[Sample], missing: str
) -> Figure:
    """Sum up what was measured.

    Args:
        benchmark: What it was.
        samples: Its runs.
        other: The runs of what it is a ratio to, in the same order.
        missing: Why it was not measured, if it was not.
    """
    if benchmark.ratio_of == "total":
        ratios, ratio_to = [sample.wall / sample.total for sample in samples], "cores"
    else:
        ratios = [
            getattr(mine, benchmark.ratio_of) / getattr(its, benchmark.ratio_of)
            for mine, its in zip(samples, other, strict=False)
        ]
        ratio_to = benchmark.to or ""
    return Figure(
        benchmark.name,
        benchmark.what,
        benchmark.goal,
        tuple(samples),
        tuple(ratios),
        ratio_to,
        missing,
    )


def write(figures: Iterable[Figure], folder: Path) -> None:
    """Write `performance.json` and `performance.md`; what was not asked for stays as it was."""
    data = folder / "performance.json"
    stored = json.loads(data.read_text())["figures"] if data.exists() else []
    fresh = {each.name: asdict(each) for each in figures}
    kept = [fresh.pop(each["name"], each) for each in stored]
    document = {"machine": _machine(), "figures": [*kept, *fresh.values()]}
    data.write_text(json.dumps(document, indent=1) + "\n")
    (folder / "performance.md").write_text(_page(document))


def table(rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [HEAD, ["---"] * len(HEAD), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _page(document: dict[str, Any]) -> str:
    figures = [
        Figure(**{**each, "samples": tuple(Sample(**sample) for sample in each["samples"])})
        for each in document["figures"]
    ]
    rows = table(each.row() for each in figures)
    return _PAGE.format(machine=document["machine"], table=rows, profile=_PROFILE.read_text())


def _spread(values: Sequence[float]) -> str:
    if len(values) == 1:
        return f"{values[0]:.2f} s"
    return f"{median(values):.2f} s ({min(values):.2f} to {max(values):.2f})"


def _memory(samples: Sequence[Sample]) -> str:
    memory, size = (median(getattr(each, name) for each in samples) for name in ("memory", "bytes"))
    times = f" ({memory / size:.1f})" if size > _MEGABYTE else ""
    return f"{memory / _MEGABYTE:.0f} MB{times}"


def _machine() -> str:
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line for line in information.read_text().splitlines() if "model name" in line]
        processor = names[0].partition(": ")[2] if names else processor
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, {python}."
