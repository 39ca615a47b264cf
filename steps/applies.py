"""When, in a judgment: the runs to which a rule applies, told by their facts and observations."""

from pytest_bdd import parsers, when

from ..judging.answers import Kind, answers_of, last_answer
from ..judging.documents import is_readable
from ..judging.facts import given_facts, observed_facts
from ..scenario.run import ENVIRONMENT, Run

_KINDS = {kind.value: kind for kind in Kind}
_OTHER = "other than "


@when("the reporter runs")
def reporter_runs(run: Run) -> bool:  # noqa: ARG001 -- it always is
    return True


@when(parsers.re(r"(?:the |(?=AWS_))(?P<name>[\w ]+?) (?:is|are) (?P<values>.+)"))
def the_fact_is(run: Run, name: str, values: str) -> bool:
    value = {**given_facts(run), **observed_facts(run)}[name]
    if values.startswith(_OTHER):
        return value not in values.removeprefix(_OTHER).split(" or ")
    return value in values.split(" or ")


@when("the environment contains the credentials")
def environment_has_the_credentials(run: Run) -> bool:
    return run.owners == {ENVIRONMENT} and run.can_upload


@when("a report can be made")
def a_report_can_be_made(run: Run) -> bool:
    may_lack_start = run.declares("missing-timestamp") and given_facts(run)["start"] != "no time"
    has_start = bool(run.results.start) or may_lack_start
    is_odd = given_facts(run)["results"].startswith("values that cannot be ")
    return run.is_configured and has_start and not is_odd


@when("S3 can be asked")
def s3_can_be_asked(run: Run) -> bool:
    return run.can_upload and a_report_can_be_made(run)


@when("an upload can be made")
def an_upload_can_be_made(run: Run) -> bool:
    facts = given_facts(run)
    is_hindered = facts["bucket"] == "missing" or facts["check"] != "answered"
    return s3_can_be_asked(run) and not is_hindered


@when("the document can be read")
def document_can_be_read(run: Run) -> bool:
    return run.content is not None and is_readable(run.content, run.format_of_the_key)


@when(parsers.re("S3 answers (?P<which>an|the first) attempt with (?P<kind>.+)"))
def s3_answered(run: Run, which: str, kind: str) -> bool:
    answers = answers_of(run) if which == "an" else answers_of(run)[:1]
    return any(answer.kind is _KINDS[kind] for answer in answers)


@when("S3 says what is wrong")
def s3_said_what_is_wrong(run: Run) -> bool:
    last = last_answer(run)
    return last is not None and bool(last.code) and last.kind is not Kind.REDIRECT
