"""Then: what was logged, and what must not be."""

from pytest_bdd import parsers, then

from ...errors import Nonconformance
from ...judging.divergence import shows
from ...judging.error_wording import names_cause
from ...scenario.observation import Observation
from ...scenario.world import World
from .common import named


@then(parsers.parse("the log names the cause {code:w}"))
@shows("log_permission", "log_error", "error_status")
def log_names_the_cause(observation: Observation, code: str) -> None:
    if not any(names_cause(said, code) for said in observation.outcome.complaints):
        raise Nonconformance(
            f"a warning or an error in the log, or output, that names {code}",
            "; ".join(observation.outcome.complaints) or "nothing",
        )


@then("a warning or an error is logged")
@shows("error_message")
def something_is_logged(observation: Observation) -> None:
    if not observation.outcome.complaints:
        raise Nonconformance("a warning or an error in the log, or output", "nothing")


@then("no secret key appears in anything the reporter wrote")
@shows("log_permission", "error_message", "return_url")
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
        raise Nonconformance("no secret access key anywhere", f"one in {named(leaks)}")
