"""When: how the reporter is called."""

from dataclasses import replace

from pytest_bdd import parsers, when

from ..judging.consumers import read_as
from ..judging.waits import UNTIL_TOLD, waits_are_settled
from ..scenario.run import Run
from ..scenario.world import World


@when("ASH Core runs the reporter", target_fixture="run")
@when("the tool scans the folder", target_fixture="run")
def the_reporter_runs(world: World) -> Run:
    return world.run()


@when("ASH Core runs the reporter until its waits can be told", target_fixture="run")
def ash_core_runs_it_until_waits_can_be_told(world: World) -> Run:
    world.facts["calls"] = UNTIL_TOLD
    run = world.run()
    while not waits_are_settled(run):
        again = world.run()
        run = replace(again, calls=(*run.calls, again.observation))
    world.last = run
    return run


@when(
    parsers.parse('ASH Core runs the reporter, and "{service}" reads the bucket'),
    target_fixture="run",
)
def ash_core_runs_it_and_a_service_reads(world: World, service: str) -> Run:
    run = world.run()
    reading = read_as(service, run, world.backend, world.folder)
    world.last = replace(run, readings={service: reading})
    return world.last


@when(
    "another program asks for a report, whether or not the reporter is ready",
    target_fixture="run",
)
def another_program_asks(world: World) -> Run:
    world.report_anyway = True
    return world.run()
