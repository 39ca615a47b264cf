"""What a run says of a reporter, from the results of its requirements."""

import pytest

from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.spec.requirements import Level
from s3_reporter_conformance.verdict.example import Example
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import ExitCode, Result, Verdict, combine

CORE = [r for r in all_requirements() if r.level is Level.CORE][:2]
EXTENDED = [r for r in all_requirements() if r.level is Level.EXTENDED][:1]
PASSED, FAILED, KNOWN, UNEXPECTED, BROKEN, UNCLAIMED, UNSELECTED = (
    Status.PASSED,
    Status.FAILED,
    Status.KNOWN_DEVIATION,
    Status.UNEXPECTEDLY_PASSED,
    Status.ADAPTER_ERROR,
    Status.NOT_CLAIMED,
    Status.NOT_SELECTED,
)


def example(status: Status, number: int = 1, seconds: float = 1.0) -> Example:
    return Example(status=status, number=number, seconds=seconds)


def verdict(*statuses: Status) -> Verdict:
    """Of two core requirements and an extended one."""
    return Verdict(
        tuple(
            (requirement, Result(requirement.id, status))
            for requirement, status in zip([*CORE, *EXTENDED], statuses, strict=True)
        )
    )


@pytest.mark.parametrize(
    ("statuses", "conformant", "code"),
    [
        ((PASSED, PASSED, PASSED), True, 0),
        ((PASSED, PASSED, UNCLAIMED), True, 0),
        ((PASSED, PASSED, UNSELECTED), False, 0),
        ((PASSED, UNSELECTED, UNCLAIMED), False, 0),
        ((PASSED, UNCLAIMED, PASSED), False, 0),
        ((PASSED, KNOWN, PASSED), False, 0),
        ((KNOWN, KNOWN, UNSELECTED), False, 0),
        ((PASSED, PASSED, KNOWN), False, 0),
        ((PASSED, PASSED, FAILED), False, 1),
        ((PASSED, FAILED, PASSED), False, 1),
        ((PASSED, UNEXPECTED, PASSED), False, 1),
        ((PASSED, PASSED, UNEXPECTED), False, 1),
        ((FAILED, BROKEN, PASSED), False, 1),
        ((UNEXPECTED, BROKEN, PASSED), False, 1),
        ((PASSED, PASSED, BROKEN), False, 3),
        ((BROKEN, BROKEN, BROKEN), False, 3),
        ((UNSELECTED, UNSELECTED, UNSELECTED), False, 5),
        ((UNSELECTED, UNSELECTED, UNCLAIMED), False, 5),
    ],
)
def test_what_a_verdict_says(statuses: tuple[Status, ...], conformant: bool, code: int) -> None:
    found = verdict(*statuses)
    assert (found.conformant, found.exit_code) == (conformant, ExitCode(code))
    assert found.counts == {status: statuses.count(status) for status in statuses}


def test_no_requirements_are_no_conformance() -> None:
    assert not Verdict(()).conformant
    assert Verdict(()).exit_code is ExitCode.NOTHING_RAN
    extended = Verdict(verdict(PASSED, PASSED, PASSED).results[2:])
    assert not extended.conformant


def test_the_exit_codes_are_published() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "CONFORMS": 0,
        "DOES_NOT_CONFORM": 1,
        "ADAPTER_ERROR": 3,
        "USAGE_ERROR": 4,
        "NOTHING_RAN": 5,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize(
    ("statuses", "together"),
    [
        ([PASSED, PASSED], PASSED),
        ([PASSED, FAILED], FAILED),
        ([BROKEN, FAILED, PASSED], FAILED),
        ([PASSED, BROKEN], BROKEN),
        ([UNCLAIMED, UNCLAIMED], UNCLAIMED),
    ],
)
def test_examples_together(statuses: list[Status], together: Status) -> None:
    assert combine("KEY-01", map(example, statuses)).status is together


def test_examples_together_tell_everything() -> None:
    first, second, third = (
        example(FAILED, 1, 1.0),
        example(PASSED, 2, 2.0),
        example(BROKEN, 3, 4.0),
    )
    combined = combine("KEY-01", [third, first, second])
    assert combined == Result("KEY-01", FAILED, examples=(first, second, third))
    assert combined.seconds == 7.0
    assert combined.decisive == first
    assert Result("KEY-01", PASSED).decisive is None


def test_no_examples_are_no_result() -> None:
    with pytest.raises(ValueError, match="without results"):
        combine("KEY-01", [])
