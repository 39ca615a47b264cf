"""Then: the answer of `validate`, the return value of `report`, and the log."""

from pytest_bdd import parsers, then

from ...judging.answers import answers_of, causes_of, last_answer
from ...judging.error_wording import another_cause, names_cause
from ...judging.live_scan import other_reports
from ...judging.s3_url import flaw_of, is_url
from ...judging.secrets import disclosures
from ...scenario.run import Run
from ...words.errors import Nonconformance
from . import expect_none

_A_COMPLAINT = "a warning or an error in the log, or output"
# As many complaints tell enough.
_MOST = 3


@then(parsers.re("the reporter is (?P<words>(not )?ready)"))
def reporter_is_ready(run: Run, words: str) -> None:
    if run.is_ready is not (words == "ready"):
        said = "; ".join(run.observation.complaints[:_MOST])
        # Where it is ready, that was said of the report.
        seen = "ready" if run.is_ready else f"not ready{said and f': {said}'}"
        raise Nonconformance(f"validate answers: {words}", seen)


@then("ASH Core gets the S3 URL of the object")
def ash_core_gets_the_url(run: Run) -> None:
    upload = run.uploads[0]
    expected = f"the S3 URL of {upload.bucket}/{upload.key}"
    returned = _text(run, expected)
    regions = {upload.scope.region for upload in run.uploads if upload.scope}
    if flaw := flaw_of(returned, (upload.bucket, upload.key), regions, run.wire_url):
        raise Nonconformance(expected, f"{returned!r}, which {flaw}")


@then("ASH Core gets an error message")
def ash_core_gets_an_error_message(run: Run) -> None:
    message = _text(run, "an error message")
    if not message.strip() or is_url(message):
        raise Nonconformance("an error message", repr(message))


@then("report returns text")
def report_returns_text(run: Run) -> None:
    if not run.observation.outcome.endless:
        _text(run, "a URL or an error message")


@then(parsers.re("the (?P<place>message|log) names the cause"))
def the_cause_is_named(run: Run, place: str) -> None:
    last = last_answer(run)
    before = [answer.code for answer in answers_of(run)[:-1] if answer.code]
    complaints = run.observation.complaints
    texts = complaints if place == "log" else (run.returned or "",)
    if last and not any(names_cause(text, last.code, before) for text in texts):
        where = f"{_A_COMPLAINT}," if place == "log" else "a message"
        said = "; ".join(texts) or "none"
        other = another_cause(said, {last.code, *before})
        seen = f"{other!r} names another, in {said}" if other else said
        raise Nonconformance(f"{where} that names {last.code}, and no other cause", seen)


@then("no cause is named that S3 did not name")
def no_other_cause_is_named(run: Run) -> None:
    causes = causes_of(run)
    texts = (*run.observation.complaints, run.returned or "")
    found = ((text, another_cause(text, causes)) for text in texts)
    wrong = (f"{words!r} names another, in {text}" for text, words in found if words)
    named = " or ".join(sorted(filter(None, causes))) or "none"
    expect_none(wrong, f"no cause in the message and the log but what S3 named: {named}")


@then(parsers.re("(?P<kind>a failure|no error) is logged"))
def it_is_logged(run: Run, kind: str) -> None:
    if kind == "no error":
        expect_none(run.observation.outcome.errors, "no error in the log, or output")
    elif not run.observation.complaints:
        raise Nonconformance(_A_COMPLAINT, "nothing")


@then("no secret appears in anything that the reporter wrote or sent")
def no_secret_appears(run: Run) -> None:
    found = (f"one in {place}" for place in disclosures(run.observation, run.credentials.values()))
    expect_none(found, "no secret key, session token or presigned URL anywhere")


@then("the exit code and the other reports are those of the earlier scan")
def the_tool_ends_as_before(run: Run) -> None:
    if run.before is None:
        return
    before, after = run.before.observation, run.observation
    code = before.outcome.exit_code
    if after.outcome.exit_code != code:
        raise Nonconformance(f"exit code {code}, as before", f"{after.outcome.exit_code}")
    reports, now = other_reports(before), other_reports(after)
    # A new file may be the copy: without a request, there is nothing to compare it with.
    expect_none(
        (f"{name} changed or missing" for name, text in reports.items() if now.get(name) != text),
        f"the reports {', '.join(sorted(reports)) or '(none)'}, apart from times as before",
    )


def _text(run: Run, expected: str) -> str:
    if run.returned is None:
        raise Nonconformance(expected, f"none: {run.observation.outcome.exception}")
    return run.returned
