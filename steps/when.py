"""When: what ASH Core does."""

from pytest_bdd import when

from ..scenario.observation import Observation
from ..scenario.world import World


@when("ASH Core runs the reporter", target_fixture="observation")
def ash_core_runs_the_reporter(world: World) -> Observation:
    return world.run()


@when(
    "another program asks for a report, whether or not the reporter is ready",
    target_fixture="observation",
)
def somebody_asks_anyway(world: World) -> Observation:
    world.report_anyway = True
    return world.run()


@when("the tool scans the folder", target_fixture="observation")
def the_tool_scans(world: World) -> Observation:
    return world.run()
