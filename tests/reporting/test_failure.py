"""Why a requirement did not pass: plain text, with color only where it is printed."""

from dataclasses import replace

import pytest

from s3_reporter_conformance.reporting.console import Console
from s3_reporter_conformance.reporting.failure import Line, explain, timeline
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.example import Arrow, Evidence, Example, Request
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Result

REQUIREMENT = next(r for r in all_requirements() if r.id == "KEY-01")
START, END = (REQUIREMENT.arrows[0].source, REQUIREMENT.arrows[0].target)
FAILED = Example(
    values={"code": "SlowDown"},
    status=Status.FAILED,
    sentence="Then x",
    findings={"expected": "an object\nin the bucket", "seen": ""},
    diverged_at=Arrow(source=START, target=END, number=0),
)
BROKEN = Example(number=2, status=Status.ADAPTER_ERROR, findings={"adapter": "it is gone"})


def command(*words: str) -> str:
    return " ".join(words)


def test_all_that_did_not_pass_is_told() -> None:
    passed = Example(number=3, status=Status.PASSED)
    result = Result("KEY-01", Status.FAILED, "it was known", (FAILED, BROKEN, passed))
    first, *rest = "\n".join(map(str, explain(REQUIREMENT, result, command))).splitlines()
    assert first == "it was known"
    assert rest[:5] == [
        "with code 'SlowDown'",
        "Then x",
        "  expected    an object",
        "              in the bucket",
        "  seen        (nothing)",
    ]
    assert f"  path        object_naming: {START} >X< {END}" in "\n".join(rest)
    assert f"  diverged at {REQUIREMENT.arrows[0]}" in rest
    assert rest[-6:] == [
        f"  read        features/object_naming.feature, line {REQUIREMENT.line}",
        "              s3-reporter-conformance explain KEY-01",
        "  repeat      verify REPORTER -k KEY-01",
        "",
        "  adapter     it is gone",
        "  repeat      call REPORTER KEY-01",
    ]


def test_examples_that_fail_at_one_place_are_one_block() -> None:
    same = replace(FAILED, number=2, values={"code": "Throttling"})
    other = replace(same, number=3, findings={"expected": "an object", "seen": "two"})
    result = Result("KEY-01", Status.FAILED, examples=(FAILED, same, other))
    told = "\n".join(map(str, explain(REQUIREMENT, result, command)))
    assert told.count("  diverged at ") == told.count("  repeat ") == 1
    assert (
        "also with code 'Throttling'\n"
        "also with code 'Throttling'\nThen x\n  expected    an object\n  seen        two\n"
    ) in told


@pytest.mark.parametrize("status", [Status.PASSED, Status.NOT_CLAIMED])
def test_of_what_passed_there_is_nothing_to_tell(status: Status) -> None:
    result = Result("KEY-01", status, examples=(Example(status=status),))
    assert list(explain(REQUIREMENT, result, command)) == []


def test_a_line_is_painted_where_it_is_shown() -> None:
    line = Line("one\ntwo", "seen")
    assert str(line) == "  seen        one\n              two"
    assert line.shown(str.upper) == "  SEEN        one\n              two"
    assert Line("a sentence").shown(str.upper) == "a sentence"


def test_the_console_paints() -> None:
    told: list[str] = []
    console = Console(told.append, command)
    console.result(REQUIREMENT, Result("KEY-01", Status.FAILED, examples=(FAILED,)))
    printed = "\n".join(told)
    assert "\x1b[31m\x1b[1mFAIL \x1b[0m KEY-01" in printed
    assert "      \x1b[31m\x1b[1mseen        \x1b[0m(nothing)\n" in printed
    assert "read        features/" in printed


def test_what_broke_before_is_told_once() -> None:
    told: list[str] = []
    others = [r for r in all_requirements() if r.area == REQUIREMENT.area][:3]
    console = Console(told.append, command)
    for requirement in others:
        console.result(
            requirement, Result(requirement.id, Status.ADAPTER_ERROR, examples=(BROKEN,))
        )
    printed = "\n".join(told)
    assert printed.count("it is gone") == 1
    assert printed.count("the same as KEY-01") == 2


def test_each_deviation_is_told_for_itself() -> None:
    told: list[str] = []
    others = [r for r in all_requirements() if r.area == REQUIREMENT.area][:2]
    console = Console(told.append, command)
    for number, requirement in enumerate(others):
        known = Result(requirement.id, Status.KNOWN_DEVIATION, f"reason {number}", (FAILED,))
        console.result(requirement, known)
    printed = "\n".join(told)
    assert all(f"reason {number}" in printed for number in range(2))
    assert "the same as" not in printed


def test_each_attempt_tells_how_much_it_sent_and_what_s3_said() -> None:
    def attempt(number: int, size: str, error: str | None = None) -> Request:
        return Request(
            seconds=number,
            operation="PutObject",
            method="PUT",
            target="/a",
            headers={"content-length": size},
            status=400 if error else 200,
            fault=None,
            refusal=None,
            attempt=number,
            wait=None,
            error=error,
        )

    requests = (attempt(1, "9", "<Code>\n BadDigest</Code>"), attempt(2, "9"), attempt(3, "0"))
    evidence = Evidence(
        requests=requests,
        ready=True,
        returned=None,
        exception=None,
        log=(),
        stdout="",
        stderr="",
        objects=(),
        files=(),
        seconds=3.0,
    )
    assert [" ".join(line.split()) for line in timeline(evidence)] == [
        "PUT /a, 9 B",
        "1.000 s attempt 1 -> 400",
        "S3 said: <Code> BadDigest</Code>",
        "2.000 s attempt 2 -> 200",
        "PUT /a, 0 B",
        "3.000 s attempt 3 -> 200",
    ]
