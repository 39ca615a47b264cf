"""Given: the output folder, and other programs at it."""

from collections.abc import Iterator

from pytest_bdd import given

from ...disk.folders import remove
from ...scenario.watching import watching
from ...scenario.world import World


@given("a file takes the place of the reports folder")
def a_file_in_the_way(world: World) -> None:
    remove(world.output_dir / "reports")
    (world.output_dir / "reports").write_text("in the way")
    world.facts["output folder"] = "blocked"


@given("the output folder is empty")
def the_output_folder_is_empty(world: World) -> None:
    remove(world.output_dir)
    world.facts["output folder"] = "empty"


@given("another program looks at the reports folder")
def another_program_looks(world: World) -> Iterator[None]:
    reports = world.output_dir / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    world.facts["output folder"] = "watched"
    with watching(reports) as world.unsteady:
        yield
