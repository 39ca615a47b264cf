"""Given: other files and programs on the disk."""

import os
from collections.abc import Iterator

from pytest_bdd import given, parsers

from ...disk.folders import remove
from ...scenario.watching import watching
from ...scenario.world import World

_FOREIGN_TEXT = "<p>another reporter's report</p>"
_FOREIGN_FILES = (
    "reports/ash.html",
    "reports/ash.csv.tmp",
    "reports/ash.sarif",
    "reports/ash.summary.md",
    "reports/archive/report.json",
    "ash_aggregated_results.json",
    "scanners/bandit/source/bandit.sarif",
)
# 2020-01-01, in seconds since 1970.
_LONG_AGO = 1_577_836_800


@given("a file takes the place of the reports folder")
def a_file_in_the_way(world: World) -> None:
    world.output_dir.mkdir(parents=True, exist_ok=True)
    remove(world.output_dir / "reports")
    (world.output_dir / "reports").write_text("in the way")
    world.facts["output folder"] = "blocked"


@given(parsers.parse("the output folder contains {files}"))
def files_of_other_programs(world: World, files: str) -> None:
    if files == "nothing":
        return
    for name in _FOREIGN_FILES:
        path = world.output_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_FOREIGN_TEXT)
        # A reporter that cleans up finds them old.
        os.utime(path, (_LONG_AGO, _LONG_AGO))
    world.facts["output folder"] = "with files of others"


@given("another program looks at the reports folder")
def another_program_looks(world: World) -> Iterator[None]:
    reports = world.output_dir / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    world.facts["output folder"] = "watched"
    with watching(reports) as world.unsteady:
        yield
