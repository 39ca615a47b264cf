"""When, in a judgment: the runs to which a rule applies, told by what was given and observed."""

from pytest_bdd import parsers, when

from ..judging.answers import Kind, answers_of, last_answer
from ..judging.differences import is_untyped
from ..judging.documents import is_readable
from ..judging.s3_url import is_url
from ..judging.told import has_waits
from ..scenario.run import ENVIRONMENT, Run

_SETTINGS = ("aws_region", "bucket_name", "aws_profile")
_VARIABLES = ("AWS_REGION", "ASH_S3_BUCKET_NAME")
_KINDS = {kind.value: kind for kind in Kind}
# Longer than the call of any reporter takes, in seconds.
_LONG = 10


@when("the reporter is called")
def reporter_is_called(run: Run) -> bool:  # noqa: ARG001 -- it always is
    return True


@when("a region and a bucket are configured")
def is_configured(run: Run) -> bool:
    return run.is_configured


@when(parsers.re("no region or no bucket is configured(?P<at_all> at all)?"))
def is_not_configured(run: Run, at_all: str | None) -> bool:
    return not run.is_configured and (bool(at_all) or not something_is_empty(run))


@when("something that is configured is empty")
def something_is_empty(run: Run) -> bool:
    values = [run.options.get(name) for name in _SETTINGS]
    values += [run.environment.get(name) for name in _VARIABLES]
    return "" in values


@when("nothing that is configured is empty")
def nothing_is_empty(run: Run) -> bool:
    return not something_is_empty(run)


@when("the reporter can work with them")
def reporter_can_work(run: Run) -> bool:
    return run.can_upload and nothing_is_empty(run) and run.facts.get("bucket") != "missing"


@when("the reporter is ready")
def reporter_was_ready(run: Run) -> bool:
    return run.is_ready


@when("the reporter is not ready")
def reporter_was_not_ready(run: Run) -> bool:
    return not run.is_ready and not run.report_anyway


@when("the reporter is ready and can upload")
def reporter_can_upload(run: Run) -> bool:
    return run.is_ready and run.can_upload and not is_missing(run)


@when("nothing can be uploaded")
def nothing_can_be_uploaded(run: Run) -> bool:
    return not run.uploads and run.is_configured and bool(run.owners & run.credentials.keys())


@when("an upload is sent")
def an_upload_was_sent(run: Run) -> bool:
    return bool(run.uploads)


@when("S3 stores the report")
def s3_stored_the_report(run: Run) -> bool:
    return run.stored


@when("S3 stores no report")
def s3_stored_no_report(run: Run) -> bool:
    return run.was_asked and not run.stored


@when("report returns text")
def report_returned_text(run: Run) -> bool:
    return run.returned is not None


@when("ASH Core gets a message")
def ash_core_got_a_message(run: Run) -> bool:
    return bool((run.returned or "").strip()) and not is_url(run.returned or "")


@when(parsers.parse('the file format is "{file_format}"'))
def file_format_is(run: Run, file_format: str) -> bool:
    return run.file_format == file_format


@when(parsers.re("(?P<no>no|a) file format is configured"))
def file_format_is_configured(run: Run, no: str) -> bool:
    return bool(run.file_format) is (no == "a")


@when("its document can be read")
def document_can_be_read(run: Run) -> bool:
    return run.content is not None and is_readable(run.content, run.format_of_the_key)


@when("the results contain values without a JSON type")
def results_are_untyped(run: Run) -> bool:
    return any(map(is_untyped, run.results.data["metadata"].get("untyped", {}).values()))


@when("a prefix is configured")
def a_prefix_is_configured(run: Run) -> bool:
    return bool(run.options.get("key_prefix"))


@when("a prefix without a slash at its end is configured")
def a_prefix_without_a_slash(run: Run) -> bool:
    prefix = run.options.get("key_prefix") or ""
    return bool(prefix) and not prefix.endswith("/") and run.key.startswith(prefix)


@when("the prefix ends with a slash, or is empty")
def a_prefix_with_a_slash(run: Run) -> bool:
    prefix = run.options.get("key_prefix")
    return prefix is not None and (not prefix or prefix.endswith("/"))


@when("no prefix is configured")
def no_prefix_is_configured(run: Run) -> bool:
    return run.options.get("key_prefix") is None


@when("the start is in UTC")
def the_start_is_in_utc(run: Run) -> bool:
    start = run.results.start
    return isinstance(start, str) and start.endswith(("Z", "+00:00"))


@when("the start has a fraction, another zone, or is no text")
def the_start_is_unusual(run: Run) -> bool:
    return (not the_start_is_in_utc(run) and not is_missing(run)) or "." in str(run.results.start)


@when("the start is missing")
def is_missing(run: Run) -> bool:
    return not run.results.start


@when(parsers.re("a profile is configured"))
def a_profile_is_configured(run: Run) -> bool:
    return bool(run.options.get("aws_profile")) and run.profile in run.profiles


@when("no profile is configured")
def no_profile_is_configured(run: Run) -> bool:
    return run.options.get("aws_profile") is None


@when(parsers.parse("S3 answers an attempt with {kind}"))
def s3_answered_an_attempt(run: Run, kind: str) -> bool:
    return any(answer.kind is _KINDS[kind] for answer in answers_of(run))


@when(parsers.parse("S3 answers the first attempt with {kind}"))
def s3_answered_the_first_attempt(run: Run, kind: str) -> bool:
    return [answer.kind for answer in answers_of(run)[:1]] == [_KINDS[kind]]


@when(parsers.re("the last answer is (?P<neither>neither |not )?(?P<kinds>.+)"))
def the_last_answer_is(run: Run, neither: str | None, kinds: str) -> bool:
    last = last_answer(run)
    named = {_KINDS[kind] for kind in kinds.split(" nor ")}
    return (last is not None and last.kind in named) is not bool(neither)


@when("the cause of a failure is known")
def the_cause_is_known(run: Run) -> bool:
    last = last_answer(run)
    return last is not None and bool(last.code) and last.kind is not Kind.REDIRECT


@when("a failure is in the log")
def a_failure_was_logged(run: Run) -> bool:
    return bool(run.observation.outcome.complaints)


@when("several attempts are made")
def several_attempts_were_made(run: Run) -> bool:
    return len(run.attempts) > 1


@when("the answer to an attempt is lost")
def an_answer_was_lost(run: Run) -> bool:
    return run.facts.get("S3 answers") == "a lost answer, then success" and bool(run.attempts)


@when("the waits between the attempts can be told")
def waits_can_be_told(run: Run) -> bool:
    return has_waits(run)


@when(parsers.parse("the option {name:w} is configured"))
def the_option_is_configured(run: Run, name: str) -> bool:
    return name in run.options and run.is_ready


@when("the option base_delay is longer than a call")
def base_delay_is_long(run: Run) -> bool:
    return float(run.options.get("base_delay", 0)) > _LONG and bool(run.attempts)


@when(parsers.re("the reports folder can(?P<cannot>not)? be written"))
def the_folder_can_be_written(run: Run, cannot: str | None) -> bool:
    return ("reports" not in run.observation.files_before) is not bool(cannot)


@when("ASH Core gets a URL although the reports folder cannot be written")
def a_url_without_a_copy(run: Run) -> bool:
    return "reports" in run.observation.files_before and is_url(run.returned or "")


@when("the output folder contains a copy of the report")
def a_copy_is_there(run: Run) -> bool:
    return bool(run.copies)


@when("another program looks at the copy")
def another_program_looked(run: Run) -> bool:
    return run.observation.unsteady is not None and bool(run.copies)


@when(parsers.parse('"{service}" reads the bucket'))
def a_service_read_the_bucket(run: Run, service: str) -> bool:
    return service in run.readings


@when("one event was sent")
def one_event_was_sent(run: Run) -> bool:
    return len(run.observation.events) == 1


@when(parsers.re("a tool scans a folder(?P<again> again)?"))
def a_tool_scanned(run: Run, again: str | None) -> bool:
    return run.is_scan and (run.before is not None or not again)


@when("another program asked for a report")
def another_program_asked(run: Run) -> bool:
    return run.report_anyway


@when("the environment sets AWS_DEFAULT_REGION")
def default_region_is_set(run: Run) -> bool:
    named = run.environment.get("AWS_DEFAULT_REGION")
    return bool(named) and not run.options.get("aws_region") and run.is_configured


@when("the environment has the credentials")
def environment_has_the_credentials(run: Run) -> bool:
    return run.owners == {ENVIRONMENT} and run.can_upload


@when("the environment names the profile")
def environment_names_the_profile(run: Run) -> bool:
    return bool(run.environment.get("AWS_PROFILE")) and not run.options.get("aws_profile")


@when("the bucket does not exist")
def the_bucket_is_missing(run: Run) -> bool:
    return run.facts.get("bucket") == "missing"


@when("S3 refuses every request but uploads")
def checks_are_refused(run: Run) -> bool:
    return "checks" in run.facts


@when("the SDK is told to retry")
def the_sdk_is_told_to_retry(run: Run) -> bool:
    return "AWS_MAX_ATTEMPTS" in run.environment and bool(run.attempts)
