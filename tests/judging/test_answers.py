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
from s3_reporter_conformance.s3.refusal import Refusal
from s3_reporter_conformance.wire.faults import ErrorResponse

UPLOAD = "/reports-1/key"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("success", Kind.SUCCESS),
        ("SlowDown", Kind.SLOW_DOWN),
        ("ServiceUnavailable", Kind.SLOW_DOWN),
        ("ThrottlingException", Kind.THROTTLING),
        ("TooManyRequests", Kind.THROTTLING),
        ("AccessDenied", Kind.ACCESS_DENIED),
        ("NoSuchBucket", Kind.NO_SUCH_BUCKET),
        ("InternalError", Kind.TRANSIENT),
        ("RequestTimeout", Kind.TRANSIENT),
        ("PermanentRedirect", Kind.REDIRECT),
        ("EntityTooLarge", Kind.OTHER),
        ("SomethingNew", Kind.OTHER),
    ],
)
def test_an_error_code_has_a_kind(code: str, kind: Kind) -> None:
    expected = "" if code == "success" else code
    assert answer_to(put(code)) == Answer(kind, expected)
    assert kind.is_throttling is (kind in {Kind.SLOW_DOWN, Kind.THROTTLING})


def test_what_the_wire_injects_counts_like_what_s3_answers() -> None:
    injected = str(ErrorResponse("SlowDown"))
    assert answer_to(put("SlowDown", error=b"", fault=injected)) == answer_to(put("SlowDown"))


def test_what_s3_would_refuse_is_refused() -> None:
    refusal = Refusal("BadDigest", "it is another one")
    answer = answer_to(put("BadDigest", error=b"", refusal=refusal))
    assert answer == Answer(Kind.OTHER, "BadDigest")


def test_a_lost_connection_and_a_foreign_answer_have_no_code_of_s3() -> None:
    lost = answer_to(put(NO_ANSWER))
    assert (lost.kind, lost.code) == (Kind.TRANSIENT, "Unreachable")
    html = request("PUT", UPLOAD, status=403, error=b"<html>Blocked</html>")
    assert answer_to(html) == Answer(Kind.FOREIGN)


def test_only_attempts_are_answered_and_the_last_one_decides() -> None:
    run = a_run(request("HEAD", "/reports-1", "AccessDenied"), put("SlowDown"), put("NoSuchBucket"))
    assert [answer.code for answer in answers_of(run)] == ["SlowDown", "NoSuchBucket"]
    assert last_answer(run) == Answer(Kind.NO_SUCH_BUCKET, "NoSuchBucket")
    assert last_answer(nothing_sent()) is None


def test_a_report_that_s3_took_stays_taken() -> None:
    run = a_run(put(), put("AccessDenied"))
    assert last_answer(run) == Answer(Kind.SUCCESS)


def test_a_multipart_upload_is_stored_when_it_is_completed() -> None:
    begun = request("POST", f"{UPLOAD}?uploads")
    part = request("PUT", f"{UPLOAD}?partNumber=1&uploadId=1")
    done = request("POST", f"{UPLOAD}?uploadId=1")
    assert last_answer(a_run(begun, part, done)) == Answer(Kind.SUCCESS)
    denied = last_answer(a_run(begun, request("PUT", part.target, "AccessDenied")))
    assert denied == Answer(Kind.ACCESS_DENIED, "AccessDenied")


def test_an_sdk_may_follow_a_redirect() -> None:
    elsewhere = put(region="us-west-2")
    run = a_run(put("SlowDown"), put("PermanentRedirect"), elsewhere)
    assert until_decided(run) == run.attempts[:2]
    assert until_decided(a_run(elsewhere)) == (elsewhere,)


def test_an_attempt_after_a_success_is_no_retry() -> None:
    run = a_run(put("SlowDown"), put(), put())
    assert until_decided(run) == run.attempts[:2]
