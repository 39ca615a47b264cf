"""Then: the attempts that S3 saw, and the waits between them."""

from itertools import groupby

from pytest_bdd import parsers, then

from ...judging import waits
from ...judging.answers import Kind, answer_to, answers_of, until_decided
from ...judging.same_request import changes_between
from ...scenario.run import Run
from ...wire.faults import INJECTED
from ...words.errors import Nonconformance, UncertainError
from . import expect_none

# Longer than the call of any reporter takes, in seconds.
_LONG = 10


@then(parsers.re("(?P<number>no|an) upload is sent"))
def uploads_are_sent(run: Run, number: str) -> None:
    if number == "no":
        if written := run.observation.written:
            raise Nonconformance("no request that writes an object", f"{len(written)}")
        return
    if run.uploads:
        return
    outcome = run.observation.outcome
    ready = "" if run.is_ready else "the reporter was not ready: "
    told = outcome.exception or outcome.returned or "; ".join(outcome.complaints)
    seen = f"none: {ready}{told or 'it said nothing'}"
    raise Nonconformance("a PutObject request, or a multipart upload", seen)


@then(parsers.re(r"S3 sees (?P<least>at least )?(?P<count>\d+|max_retries \+ 1) attempts"))
def s3_sees_attempts(run: Run, least: str | None, count: str) -> None:
    seen, most = len(run.attempts), 1 + run.max_retries
    expected = int(count) if count.isdigit() else most
    is_right = seen >= min(expected, most) if least else seen == expected
    if seen and not is_right and not waits.endless(run):
        raise Nonconformance(f"{least or ''}{expected} attempts to upload", _attempts(run))


@then("S3 sees no more attempts than max_retries allows")
def s3_sees_no_more_attempts(run: Run) -> None:
    most = 1 + run.max_retries
    attempts = until_decided(run)
    kinds = {answer_to(attempt).kind for attempt in attempts}
    # A reporter may retry failures of S3 and the network more often, but not without end.
    is_counted = not kinds & {Kind.TRANSIENT, Kind.FOREIGN, Kind.REDIRECT}
    is_endless = run.observation.outcome.endless == "retries"
    if is_endless or (is_counted and len(attempts) > most):
        raise Nonconformance(f"at most {most} attempts to upload", _attempts(run))


@then(parsers.parse("no attempt follows {kind}"))
def no_attempt_follows(run: Run, kind: str) -> None:
    kinds = [answer.kind for answer in answers_of(run)]
    number = kinds.index(Kind(kind)) + 1
    if len(kinds) > number:
        raise Nonconformance(f"no attempt after {_words(run)[number - 1]}", _attempts(run))


@then(parsers.parse("another attempt follows {kind}, unless no retries are left"))
def another_attempt_follows(run: Run, kind: str) -> None:
    number = len(run.attempts)
    if waits.endless(run):
        return
    if number <= run.max_retries and answers_of(run)[-1].kind is Kind(kind):
        last = _words(run)[-1]
        raise Nonconformance(
            f"a retry of attempt {number}: max_retries is {run.max_retries}",
            f"none: attempt {number} got {last}, which is throttling, and was not retried",
        )


@then("every attempt is the same request")
def every_attempt_is_the_same_request(run: Run) -> None:
    expected = "the same key, content, content type, and metadata in all attempts"
    expect_none(changes_between(until_decided(run)), expected)


@then("the reporter gives up on a silent S3")
def reporter_gives_up(run: Run) -> None:
    limit = run.options.get("time_limit")
    for attempt in run.attempts:
        if attempt.outwaited:
            met = (attempt.fault or "").removeprefix(INJECTED)
            raise Nonconformance(
                f"after {limit} s in which S3 neither reads nor answers, the attempt ends",
                f"the reporter waited until S3 hung up, in {met}",
            )


@then("the waits between the attempts grow")
def waits_grow(run: Run) -> None:
    _raise(waits.not_growing(run))


@then("the reporter ends without another wait")
def reporter_ends_at_once(run: Run) -> None:
    delay = float(run.options.get("base_delay", 0))
    if delay > _LONG and run.observation.ended >= delay:
        raise Nonconformance(f"an end within {delay:g} s", f"after {run.observation.ended:.3f} s")
    _raise_late(run, waits.late_end(run))


@then("the waits between the attempts follow base_delay and max_delay")
def waits_are_those_of_the_options(run: Run) -> None:
    _raise(waits.endless(run) or waits.too_short(run))
    if waits.has_waits(run) and "max_delay" in run.options:
        _raise_late(run, waits.too_long(run))


def _raise_late(run: Run, problem: Nonconformance | None) -> None:
    """Leave it uncertain whether a reporter or the other runs beside it made something late."""
    if problem and not run.is_alone:
        raise UncertainError
    _raise(problem)


def _raise(problem: Nonconformance | None) -> None:
    if problem:
        raise problem


def _attempts(run: Run) -> str:
    alike = ((word, len(list(each))) for word, each in groupby(_words(run)))
    words = (f"{word} ({count} times)" if count > 1 else word for word, count in alike)
    return f"{len(run.attempts)}, answered with {', '.join(words)}"


def _words(run: Run) -> list[str]:
    return [answer.code or answer.kind.value for answer in answers_of(run)]
