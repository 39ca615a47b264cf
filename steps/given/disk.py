"""Given: other files and programs on the disk."""

import os
from collections.abc import Iterator

from pytest_bdd import given

from ...errors import Nonconformance
from ...scenario.watching import Watch, watching
from ...scenario.world import World
from ..props import FOREIGN_FILE, FOREIGN_FILES, FOREIGN_TEXT, OpenCopy

# 2020-01-01, in seconds since 1970.
_LONG_AGO = 1_577_836_800


@given("a file takes the place of the reports folder")
def a_file_in_the_way(world: World) -> None:
    world.output_dir.mkdir(parents=True)
    (world.output_dir / "reports").write_text("in the way")


@given("the reports folder contains another reporter's file")
def a_file_of_another_reporter(world: World) -> None:
    (world.output_dir / "reports").mkdir(parents=True)
    (world.output_dir / FOREIGN_FILE).write_text(FOREIGN_TEXT)


@given("the output folder contains files of other programs")
def files_of_other_programs(world: World) -> None:
    for name in FOREIGN_FILES:
        path = world.output_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FOREIGN_TEXT)
        # Whoever cleans up finds them old.
        os.utime(path, (_LONG_AGO, _LONG_AGO))


@given("another program has its copy open", target_fixture="open_copy")
def somebody_has_its_copy_open(world: World) -> Iterator[OpenCopy]:
    earlier = world.observation.copies if world.observation else ()
    if not earlier:
        raise Nonconformance("a local copy of the earlier scan", "none")
    with (world.output_dir / earlier[0]).open("rb") as file:
        yield OpenCopy(file, (world.output_dir / earlier[0]).read_bytes())


@given("another program watches the reports folder", target_fixture="watch")
def somebody_watches_the_folder(world: World) -> Iterator[Watch]:
    reports = world.output_dir / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    with watching(reports) as watch:
        yield watch
