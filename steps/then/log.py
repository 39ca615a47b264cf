"""Then: what was logged, and what must not be."""

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.error_wording import UNREACHABLE, missing_cause, names_cause
from ...judging.s3_url import is_url
from ...judging.secrets import disclosures
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import CAUSE_UNKNOWN, FAILURE_MISSED, FALSE_ALARM, SECRET_TOLD


@then(parsers.parse("the log names the cause {code:w}"))
def log_names_the_cause(observation: Observation, code: str) -> None:
    outcome = observation.outcome
    before = observation.earlier_errors
    if not any(names_cause(said, code, before) for said in outcome.complaints):
        missed = not outcome.complaints and is_url(outcome.returned or "")
        raise Nonconformance(
            f"a warning or an error in the log, or output, that names {code}, and no other cause",
            "; ".join(outcome.complaints) or "nothing",
            FAILURE_MISSED if missed else missing_cause(outcome.complaints, code),
        )


@then("the log says that S3 cannot be reached")
def log_says_that_s3_is_unreachable(observation: Observation) -> None:
    log_names_the_cause(observation, UNREACHABLE)


@then("a warning or an error is logged")
def something_is_logged(observation: Observation) -> None:
    if not observation.outcome.complaints:
        raise Nonconformance(
            "a warning or an error in the log, or output", "nothing", CAUSE_UNKNOWN
        )


@then("a warning or an error is logged, unless the reporter is not ready")
def failure_of_a_ready_reporter_is_logged(observation: Observation) -> None:
    if observation.outcome.ready:
        something_is_logged(observation)


@then("the failure is logged, unless the reporter is not ready or returns an error message")
def failure_is_not_silent(observation: Observation) -> None:
    if observation.outcome.ready and is_url(observation.outcome.returned or ""):
        something_is_logged(observation)


@then("no error is logged")
def no_error_is_logged(observation: Observation) -> None:
    if found := observation.outcome.errors:
        raise Nonconformance("no error in the log, or output", "; ".join(found), FALSE_ALARM)


@then("no secret appears in anything the reporter wrote or sent")
def no_secret_appears(observation: Observation, world: World) -> None:
    if leaks := list(disclosures(observation, world.credentials.values())):
        raise Nonconformance(
            "no secret key, session token or presigned URL anywhere",
            f"one in {' and in '.join(leaks)}",
            SECRET_TOLD,
        )
