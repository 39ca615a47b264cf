"""When: what ASH Core does."""

from pytest_bdd import when

from ..observation import Observation
from ..stage import Stage


@when("ASH Core runs the reporter", target_fixture="observation")
def ash_core_runs_the_reporter(stage: Stage) -> Observation:
    return stage.run()


@when(
    "somebody asks the reporter to report whether or not it is ready", target_fixture="observation"
)
def somebody_asks_anyway(stage: Stage) -> Observation:
    stage.report_anyway = True
    return stage.run()
