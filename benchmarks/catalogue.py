"""What is measured, against what, and what is aimed at."""

from collections.abc import Iterable
from dataclasses import dataclass

from .workloads import (
    Measure,
    ash_reports,
    bare_calls,
    python,
    script,
    suite,
    verify_ash,
    verify_program,
    with_ash,
)


@dataclass(frozen=True)
class Benchmark:
    """One thing to measure.

    Attributes:
        name: What `--only` calls it; what precedes the slash is its group.
        what: What it is, for people.
        measure: Measures it once.
        to: The benchmark that it is a ratio to; the same group measures both, in turns.
        ratio_of: What it is a ratio of: `wall`, `cpu`, or `total`, the wall to the sample's own.
        goal: What is aimed at.
    """

    name: str
    what: str
    measure: Measure
    to: str | None = None
    ratio_of: str = "wall"
    goal: str = ""

    @property
    def group(self) -> str:
        """The benchmarks that are measured in turns."""
        return self.name.partition("/")[0]


def _conversions() -> Iterable[Benchmark]:
    for form, findings, words, goal in (
        ("json", 212_000, "91 MB of JSON", "at most 1/3 of ASH's CPU, 1.3 times the body"),
        ("yaml", 17_000, "8.4 MB of YAML", "at most 1/4 of ASH's CPU"),
    ):
        asked = (form, str(findings))
        name = f"reference-{form}"
        ash = script("convert", "ash", *asked)
        mine = script("convert", "reference", *asked)
        yield Benchmark(f"{name}/ash", f"{words}, converted as ASH does it", ash)
        yield Benchmark(
            f"{name}/reference", f"{words}, converted", mine, f"{name}/ash", "cpu", goal
        )


_HALF = "at most 1/2 of ASH's CPU"
_QUICK = "at most 0.3 s"

BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("verify/floor", "the requests of `verify`, sent to a bare moto", bare_calls),
    Benchmark(
        "verify/default",
        "`verify`, the reference",
        suite("verify"),
        "verify/floor",
        "wall",
        "at most 7 s, 120 MB",
    ),
    Benchmark(
        "verify/one-process",
        "`verify -n 0`, the reference",
        suite("verify", "-n", "0"),
        "verify/floor",
        "wall",
        "at most 13 s, 12 s of CPU",
    ),
    Benchmark(
        "verify-ash/default",
        "`verify`, ASH",
        with_ash(verify_ash),
        None,
        "wall",
        "at most 40 s",
    ),
    Benchmark(
        "programs/core",
        "`verify --level core`, Node, no feature declared",
        verify_program("node", "--level", "core", "--features", ""),
        None,
        "total",
        "at most 15 s",
    ),
    Benchmark(
        "programs/node",
        "`verify`, Node",
        verify_program("node"),
        None,
        "total",
        "at most 1.1 times its processes by cores",
    ),
    Benchmark(
        "programs/shell",
        "`verify`, shell",
        verify_program("shell"),
        None,
        "total",
        "at most 1.1 times its processes by cores",
    ),
    Benchmark(
        "quick/python",
        "`python -c pass`",
        python,
    ),
    Benchmark("quick/help", "`--help`", suite("--help"), "quick/python", "wall", _QUICK),
    Benchmark("quick/list", "`list`", suite("list"), "quick/python", "wall", _QUICK),
    Benchmark(
        "quick/explain",
        "`explain KEY-01`",
        suite("explain", "KEY-01"),
        "quick/python",
        "wall",
        _QUICK,
    ),
    Benchmark("quick/coverage", "`coverage`", suite("coverage"), "quick/python", "wall", _QUICK),
    Benchmark("quick/schema", "`schema`", suite("schema"), "quick/python", "wall", _QUICK),
    *_conversions(),
    Benchmark("reference-report/ash", "a report of 0.9 MB by ASH", with_ash(ash_reports)),
    Benchmark(
        "reference-report/reference",
        "a report of 0.9 MB",
        script("report", "reference"),
        "reference-report/ash",
        "cpu",
        _HALF,
    ),
)
