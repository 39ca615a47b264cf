"""Then: the attempts that S3 saw."""

from pytest_bdd import parsers, then

from ...judging.answers import Kind, answer_to, answers_of, until_decided
from ...judging.same_request import departures
from ...scenario.run import Run
from ...words.errors import Nonconformance

_KINDS = {kind.value: kind for kind in Kind}


@then(parsers.re("(?P<number>no|an) upload is sent"))
def uploads_are_sent(run: Run, number: str) -> None:
    if bool(run.uploads) is (number == "an"):
        return
    if run.uploads:
        raise Nonconformance("no request that writes an object", f"{len(run.uploads)}")
    outcome = run.observation.outcome
    ready = "" if run.is_ready else "the reporter was not ready: "
    said = outcome.exception or outcome.returned or "; ".join(outcome.complaints) or "nothing"
    raise Nonconformance("a PutObject request, or a multipart upload", f"none: {ready}{said}")


@then(
    parsers.re(
        r"S3 sees (?P<bound>at least |at most |)(?P<count>\d+|max_retries \+ 1|max_retries)"
        r" attempts?"
    )
)
def s3_sees_attempts(run: Run, bound: str, count: str) -> None:
    if not run.attempts:
        return
    counts = {"max_retries": run.max_retries, "max_retries + 1": run.max_retries + 1}
    expected = counts[count] if count in counts else int(count)
    seen = len(run.attempts)
    right = {
        "": seen == expected,
        "at least ": seen >= min(expected, 1 + run.max_retries),
        "at most ": seen <= expected,
    }
    if not right[bound]:
        raise Nonconformance(f"{bound}{expected} PutObject requests", _told(run))


@then("S3 sees no more attempts than max_retries allows")
def s3_sees_no_more_attempts(run: Run) -> None:
    most = 1 + run.max_retries
    attempts = until_decided(run)
    kinds = {answer_to(attempt).kind for attempt in attempts}
    # A reporter may retry failures of S3 and the network more often, but not without end.
    is_counted = not kinds & {Kind.TRANSIENT, Kind.FOREIGN, Kind.REDIRECT}
    if run.observation.outcome.endless or (is_counted and len(attempts) > most):
        raise Nonconformance(f"at most {most} PutObject requests", _told(run))


@then(parsers.parse("no attempt follows {kind}"))
def no_attempt_follows(run: Run, kind: str) -> None:
    kinds = [answer.kind for answer in answers_of(run)]
    number = kinds.index(_KINDS[kind]) + 1
    if len(kinds) > number:
        raise Nonconformance(f"no attempt after {_code(run, number)}", _told(run))


@then(parsers.parse("another attempt follows {kind}, unless no retries are left"))
def another_attempt_follows(run: Run, kind: str) -> None:
    answers = answers_of(run)
    if len(answers) <= run.max_retries and answers[-1].kind is _KINDS[kind]:
        number = len(answers)
        raise Nonconformance(
            f"a retry: attempt {number} got {_code(run, number)}, and max_retries is "
            f"{run.max_retries}",
            _told(run),
        )


@then("every attempt is the same request")
def every_attempt_is_the_same_request(run: Run) -> None:
    if found := list(departures(until_decided(run))):
        raise Nonconformance(
            "the same key, content, content type, and metadata in all attempts", "; ".join(found)
        )


def _told(run: Run) -> str:
    answers = ", ".join(answer.code or answer.kind.value for answer in answers_of(run))
    return f"{len(run.attempts)}, answered with {answers}"


def _code(run: Run, number: int) -> str:
    answer = answers_of(run)[number - 1]
    return answer.code or answer.kind.value
