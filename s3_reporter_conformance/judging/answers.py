"""The answers of S3 to the attempts of a run, as the error handling diagram tells them apart."""

import re
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from ..s3.error_codes import ERRORS, THROTTLING, said_in
from ..scenario.run import Run
from ..wire.exchange import Exchange
from ..wire.faults import INJECTED, GarbledResponse
from .error_wording import UNREACHABLE

_CODE = re.compile(rb"<Code>(\w+)</Code>")
_NOT_HTTP = str(GarbledResponse(b""))


class Kind(Enum):
    """The kind of an answer, in the words of the rules."""

    SUCCESS = "success"
    SLOW_DOWN = "SlowDown or ServiceUnavailable"
    OTHER_THROTTLING = "another name of throttling"
    ACCESS_DENIED = "access denied"
    NO_SUCH_BUCKET = "no such bucket"
    OTHER = "another error"
    # A reporter may retry these, or not.
    TRANSIENT = "a failure of S3 or the network"
    REDIRECT = "a redirect"
    FOREIGN = "something that is not S3's"

    @property
    def is_throttling(self) -> bool:
        """Whether it asks the reporter to be slower (interpretation 2)."""
        return self in {Kind.SLOW_DOWN, Kind.OTHER_THROTTLING}


_KINDS = dict.fromkeys(THROTTLING, Kind.OTHER_THROTTLING) | {
    # The names that S3 itself uses (Amazon S3 API Reference, "Error responses").
    "SlowDown": Kind.SLOW_DOWN,
    "ServiceUnavailable": Kind.SLOW_DOWN,
    "AccessDenied": Kind.ACCESS_DENIED,
    "NoSuchBucket": Kind.NO_SUCH_BUCKET,
    # A conditional upload, and the report is there already.
    "PreconditionFailed": Kind.SUCCESS,
    "InternalError": Kind.TRANSIENT,
    "RequestTimeout": Kind.TRANSIENT,
    "PermanentRedirect": Kind.REDIRECT,
    "TemporaryRedirect": Kind.REDIRECT,
}


# Whatever the code: the request timed out, came too early, or too often, or the server failed.
_PASSING = frozenset({408, 425, 429, *range(500, 600)})


@dataclass(frozen=True)
class Answer:
    """The answer to an attempt; its code is `UNREACHABLE` for a broken connection, or empty."""

    kind: Kind
    code: str = ""


def answer_to(exchange: Exchange) -> Answer:
    """The answer that a request got, injected or real."""
    if exchange.succeeded:
        return Answer(Kind.SUCCESS)
    code = _code_of(exchange)
    if exchange.status is None:
        is_foreign = (exchange.fault or "").endswith(_NOT_HTTP)
        return Answer(Kind.FOREIGN) if is_foreign else Answer(Kind.TRANSIENT, UNREACHABLE)
    return Answer(_kind_of(code, exchange.status), code)


def answers_of(run: Run) -> tuple[Answer, ...]:
    """The answers to the attempts of a run, in order."""
    return tuple(map(answer_to, run.attempts))


def last_answer(run: Run) -> Answer | None:
    """The answer that decides what ASH Core gets; `None` if nothing was sent."""
    if run.stored:
        return Answer(Kind.SUCCESS)
    return answer_to(run.uploads[-1]) if run.uploads else None


def causes_of(run: Run) -> frozenset[str]:
    """The codes of all errors that S3 answered; where it gave none, all with the same status."""
    failed = [each for each in run.observation.exchanges if not each.succeeded]
    codes = {answer_to(each).code for each in failed}
    # The answer to HEAD has no body.
    bare = {each.status for each in failed if each.method == "HEAD" or not answer_to(each).code}
    return frozenset({*codes, *(code for code in ERRORS if ERRORS[code].status in bare)})


def until_decided(run: Run) -> tuple[Exchange, ...]:
    """The attempts up to the first that S3 takes, or redirects.

    What comes after a success, one rule says; an SDK may follow a redirect to another region.
    """
    last = {Kind.SUCCESS, Kind.REDIRECT}
    ends = (number for number, answer in enumerate(answers_of(run), 1) if answer.kind in last)
    return run.attempts[: next(ends, len(run.attempts))]


def mistake_in(request: Exchange) -> str:
    """What S3 itself says is wrong with a request, not with its time; empty if it says nothing."""
    if request.status != HTTPStatus.BAD_REQUEST or answer_to(request).kind is not Kind.OTHER:
        return ""
    return said_in(request.error.decode(errors="replace"))


def _code_of(exchange: Exchange) -> str:
    if exchange.refusal:
        return exchange.refusal.code
    injected = (exchange.fault or "").removeprefix(INJECTED)
    if injected in ERRORS:
        return injected
    found = _CODE.search(exchange.error)
    return found[1].decode() if found else ""


def _kind_of(code: str, status: int) -> Kind:
    unknown = Kind.TRANSIENT if status in _PASSING and code not in ERRORS else Kind.OTHER
    return _KINDS.get(code, unknown if code else Kind.FOREIGN)
