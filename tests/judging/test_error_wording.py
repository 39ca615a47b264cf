"""A message names the cause that it was, in any style, and no other."""

from pathlib import Path

import pytest
import yaml

from s3_reporter_conformance.judging.error_wording import another_cause, names_cause
from s3_reporter_conformance.s3.error_codes import ERRORS, THROTTLING

OTHERS = {"SlowDown", "AccessDenied", "NoSuchBucket", "InternalError", "EntityTooLarge"}
WORDING = yaml.safe_load(Path(__file__).with_name("wording.yaml").read_text())


@pytest.mark.parametrize("style", WORDING["styles"])
@pytest.mark.parametrize("code", ERRORS)
def test_what_sdks_say_names_the_cause_and_no_other(style: str, code: str) -> None:
    answer = ERRORS[code]
    said = style.format(code=code, status=answer.status, message=answer.message)
    assert names_cause(said, code)
    for other in OTHERS - {code}:
        assert not names_cause(said, other) or {code, other} <= THROTTLING


@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_free_words(kind: str) -> None:
    for code, messages in WORDING[kind].items():
        for said in messages:
            assert names_cause(said, code) is (kind == "right"), (code, said)


def test_what_went_wrong_before_may_be_told() -> None:
    said = "AccessDenied at the 2nd attempt, after the 1st had been throttled"
    assert not names_cause(said, "AccessDenied")
    assert names_cause(said, "AccessDenied", ["SlowDown"])
    assert not names_cause("throttled", "AccessDenied", ["SlowDown"])
    assert not names_cause(f"{said}, or no such bucket", "AccessDenied", ["SlowDown"])


def test_of_a_text_without_end_the_beginning_and_the_end_count() -> None:
    words = "bucket " * (1 << 18)
    for said in (f"AccessDenied {words}", f"{words} AccessDenied"):
        assert names_cause(said, "AccessDenied")
        assert another_cause(said, ["SlowDown"])
    assert not another_cause(f"{words}AccessDenied {words}", ["SlowDown"])
