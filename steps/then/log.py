"""Then: what was logged, and what must not be."""

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.error_wording import UNREACHABLE, missing_cause, names_cause
from ...judging.s3_url import is_url
from ...scenario.observation import Observation
from ...scenario.world import World
from ...spec.symptoms import CAUSE_UNKNOWN, FAILURE_MISSED, SECRET_TOLD
from .common import named


@then(parsers.parse("the log names the cause {code:w}"))
def log_names_the_cause(observation: Observation, code: str) -> None:
    outcome = observation.outcome
    if not any(names_cause(said, code) for said in outcome.complaints):
        missed = not outcome.complaints and is_url(outcome.returned or "")
        raise Nonconformance(
            f"a warning or an error in the log, or output, that names {code}",
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


@then("no secret key appears in anything the reporter wrote")
def no_secret_appears(observation: Observation, world: World) -> None:
    outcome = observation.outcome
    written = {
        "the log": "\n".join(record.message for record in outcome.log),
        "standard output": outcome.stdout,
        "standard error": outcome.stderr,
        "what was returned": outcome.returned or "",
        **{f"the object {o.key}": o.content.decode(errors="replace") for o in observation.objects},
        **{name: text.decode(errors="replace") for name, text in observation.files.items()},
    }
    given = world.credentials.values()
    secrets = [secret for c in given for secret in (c.secret_access_key, c.session_token) if secret]
    leaks = [place for place, text in written.items() if any(secret in text for secret in secrets)]
    if leaks:
        raise Nonconformance("no secret access key anywhere", f"one in {named(leaks)}", SECRET_TOLD)
