"""Then: the log, and what must not be in it."""

from pytest_bdd import parsers, then

from ...judging.answers import earlier_codes, last_answer
from ...judging.error_wording import names_cause
from ...judging.secrets import disclosures
from ...scenario.run import Run
from ...words.errors import Nonconformance


@then(parsers.re("the (?P<place>message|log) names the cause"))
def the_cause_is_named(run: Run, place: str) -> None:
    last, before = last_answer(run), earlier_codes(run)
    complaints = run.observation.outcome.complaints
    texts = complaints if place == "log" else (run.returned or "",)
    if last and not any(names_cause(text, last.code, before) for text in texts):
        where = "a warning or an error in the log, or output," if place == "log" else "a message"
        raise Nonconformance(
            f"{where} that names {last.code}, and no other cause", "; ".join(texts) or "nothing"
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
