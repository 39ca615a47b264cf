"""When: what ASH Core does."""

from pytest_bdd import when

from ..observation import Observation
from ..stage import Stage


@when("ASH Core runs the reporter", target_fixture="observation")
def ash_core_runs_the_reporter(stage: Stage) -> Observation:
    return stage.run()
