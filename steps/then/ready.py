"""Then: what `validate` answers."""

from pytest_bdd import then

from ...errors import Nonconformance
from ...scenario.observation import Observation
from ...spec.symptoms import READY_WITHOUT_SETTINGS


@then("the reporter is ready")
def reporter_is_ready(observation: Observation) -> None:
    if not observation.outcome.ready:
        said = "; ".join(observation.outcome.complaints[-1:])
        raise Nonconformance(
            "validate answers: ready", f"not ready{said and f': {said}'}", *observation.unready
        )


@then("the reporter is not ready")
def reporter_is_not_ready(observation: Observation) -> None:
    if observation.outcome.ready:
        raise Nonconformance("validate answers: not ready", "ready", READY_WITHOUT_SETTINGS)
