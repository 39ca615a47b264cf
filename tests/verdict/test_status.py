"""The properties of a status; everything that shows statuses asks it."""

import pytest

from s3_reporter_conformance.verdict.status import Status


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("wrong", {"failed", "unexpectedly-passed"}),
        ("deviates", {"failed", "unexpectedly-passed", "known-deviation"}),
        ("ran", {"passed", "failed", "unexpectedly-passed", "known-deviation"}),
    ],
)
def test_what_a_status_answers(asked: str, expected: set[str]) -> None:
    assert {status.value for status in Status if getattr(status, asked)} == expected


def test_no_status_is_told_by_its_color_alone() -> None:
    labels = {status.label for status in Status if status.ran}
    assert labels == {"pass", "FAIL", "known", "PASS!"}
    ran = [status.sign for status in Status if status.ran or status is Status.ADAPTER_ERROR]
    assert len(set(ran)) == len(ran)


def test_what_is_a_noun_has_a_plural() -> None:
    assert Status.ADAPTER_ERROR.counted(2) == "2 adapter errors"
    assert Status.KNOWN_DEVIATION.counted(1) == "1 known deviation"
    assert Status.NOT_RUN.counted(3) == "3 not run"
