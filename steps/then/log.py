"""Then: the log, and what must not be in it."""

from pytest_bdd import then

from ...errors import Nonconformance
from ...judging.answers import earlier_codes, last_answer
from ...judging.error_wording import names_cause
from ...judging.secrets import disclosures
from ...scenario.run import Run


@then("the log names the cause")
def log_names_the_cause(run: Run) -> None:
    last, complaints = last_answer(run), run.observation.outcome.complaints
    before = earlier_codes(run)
    if last and not any(names_cause(said, last.code, before) for said in complaints):
        raise Nonconformance(
            f"a warning or an error in the log, or output, that names {last.code}, and no other "
            "cause",
            "; ".join(complaints) or "nothing",
        )


@then("a failure is logged")
def a_failure_is_logged(run: Run) -> None:
    if not run.observation.outcome.complaints:
        raise Nonconformance("a warning or an error in the log, or output", "nothing")


@then("no error is logged")
def no_error_is_logged(run: Run) -> None:
    if found := run.observation.outcome.errors:
        raise Nonconformance("no error in the log, or output", "; ".join(found))


@then("no secret appears in anything that the reporter wrote or sent")
def no_secret_appears(run: Run) -> None:
    if leaks := list(disclosures(run.observation, run.credentials.values())):
        raise Nonconformance(
            "no secret key, session token or presigned URL anywhere",
            f"one in {' and in '.join(leaks)}",
        )
