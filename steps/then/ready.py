"""Then: what `validate` answers."""

from pytest_bdd import then

from ...errors import Nonconformance
from ...judging.divergence import shows
from ...scenario.observation import Observation


@then("the reporter is ready")
@shows("valid")
def reporter_is_ready(observation: Observation) -> None:
    if not observation.outcome.ready:
        said = "; ".join(observation.outcome.complaints[-1:])
        raise Nonconformance("validate answers: ready", f"not ready{said and f': {said}'}")


@then("the reporter is not ready")
@shows("invalid")
def reporter_is_not_ready(observation: Observation) -> None:
    if observation.outcome.ready:
        raise Nonconformance("validate answers: not ready", "ready")
