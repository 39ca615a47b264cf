"""When: how the reporter is called."""

from dataclasses import replace

from pytest_bdd import parsers, when

from ..judging.consumers import read_as
from ..judging.waits import UNTIL_TOLD, waits_are_settled
from ..scenario.world import World


@when("ASH Core runs the reporter")
@when("the tool scans the folder")
def the_reporter_runs(world: World) -> None:
    world.run()


@when("ASH Core runs the reporter until its waits can be measured")
def ash_core_runs_it_until_waits_can_be_told(world: World) -> None:
    world.facts["calls"] = UNTIL_TOLD
    run = world.run()
    while not waits_are_settled(run):
        again = world.run()
        run = replace(again, calls=(*run.calls, again.observation))
    world.last = run


@when(parsers.parse('ASH Core runs the reporter, and "{service}" reads the bucket'))
def ash_core_runs_it_and_a_service_reads(world: World, service: str) -> None:
    run = world.run()
    reading = read_as(service, run, world.backend, world.folder)
    world.last = replace(run, readings={service: reading})


@when("another program asks for a report, whether or not the reporter is ready")
def another_program_asks(world: World) -> None:
    world.report_anyway = True
    world.run()
