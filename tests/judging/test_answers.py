"""The answers of S3, injected or real, and what the error handling diagram takes them for."""

import pytest
from made_runs import NO_ANSWER, a_run, nothing_sent, put, request

from s3_reporter_conformance.judging.answers import (
    Answer,
    Kind,
    answer_to,
    answers_of,
    last_answer,
    until_decided,
)
from s3_reporter_conformance.wire.faults import ErrorResponse, GarbledResponse

UPLOAD = "/reports-1/key"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, Kind.SLOW_DOWN) for code in ("SlowDown", "ServiceUnavailable")),
        *((code, Kind.OTHER_THROTTLING) for code in ("ThrottlingException", "TooManyRequests")),
        *(("AccessDenied", Kind.ACCESS_DENIED), ("NoSuchBucket", Kind.NO_SUCH_BUCKET)),
        *((code, Kind.TRANSIENT) for code in ("InternalError", "RequestTimeout")),
        ("PermanentRedirect", Kind.REDIRECT),
        *((code, Kind.OTHER) for code in ("EntityTooLarge", "SomethingNew")),
    ],
)
def test_an_error_code_has_a_kind(code: str, kind: Kind) -> None:
    assert answer_to(put(code)) == Answer(kind, code)
    assert kind.is_throttling is (kind in {Kind.SLOW_DOWN, Kind.OTHER_THROTTLING})


def test_other_answers_have_a_kind_as_well() -> None:
    assert answer_to(put()) == Answer(Kind.SUCCESS)
    injected = put("SlowDown", error=b"", fault=str(ErrorResponse("SlowDown")))
    assert answer_to(injected) == answer_to(put("SlowDown"))
    assert answer_to(put(NO_ANSWER)) == Answer(Kind.TRANSIENT, "a broken connection")
    garbled = put(NO_ANSWER, fault=str(GarbledResponse(b"SSH")))
    html = request("PUT", UPLOAD, status=403, error=b"<html>Blocked</html>")
    assert answer_to(html) == answer_to(garbled) == Answer(Kind.FOREIGN)


def test_only_attempts_are_answered_and_the_last_one_decides() -> None:
    run = a_run(request("HEAD", "/reports-1", "AccessDenied"), put("SlowDown"), put("NoSuchBucket"))
    assert [answer.code for answer in answers_of(run)] == ["SlowDown", "NoSuchBucket"]
    assert last_answer(run) == Answer(Kind.NO_SUCH_BUCKET, "NoSuchBucket")
    assert last_answer(nothing_sent()) is None
    # A report that S3 took stays taken, in several parts, too.
    assert last_answer(a_run(put(), put("AccessDenied"))) == Answer(Kind.SUCCESS)
    parts = request("POST", f"{UPLOAD}?uploads"), request("POST", f"{UPLOAD}?uploadId=1")
    assert last_answer(a_run(*parts)) == Answer(Kind.SUCCESS)


def test_an_attempt_after_a_redirect_or_a_success_is_no_retry() -> None:
    for last in (put("PermanentRedirect"), put()):
        run = a_run(put("SlowDown"), last, put(region="us-west-2"))
        assert until_decided(run) == run.attempts[:2]
