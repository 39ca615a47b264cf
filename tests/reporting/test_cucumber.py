"""A report in Cucumber Messages."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cucumber_messages import Envelope, message_converter
from making_reports import make_report, make_requirement

from s3_reporter_conformance.reporting.formats.cucumber import messages
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.example import Example
from s3_reporter_conformance.verdict.status import Status


def envelopes(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_cucumber_messages_are_what_the_library_reads(folder: Path) -> None:
    found = {
        name: (folder / f"{name}-messages.ndjson").read_text() for name in ("series", "parallel")
    }
    for each in envelopes(found["series"]):
        assert message_converter.to_dict(message_converter.from_dict(each, Envelope)) == each
    steps = [
        [
            each["testStepFinished"]["testStepResult"]["status"]
            for each in envelopes(text)
            if "testStepFinished" in each
        ]
        for text in found.values()
    ]
    assert steps[0] == steps[1]
    pickles = [each for each in envelopes(found["series"]) if "pickle" in each]
    assert len(pickles) == sum(r.examples for r in all_requirements())
    times = [
        (at["seconds"], at["nanos"])
        for each in envelopes(found["series"])
        for part in each.values()
        if isinstance(part, dict) and (at := part.get("timestamp"))
    ]
    assert all(earlier <= later for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    ("status", "sentence", "steps", "success"),
    [
        (Status.PASSED, "", ["PASSED"] * 7, True),
        (
            Status.FAILED,
            'And the object\'s key ends with ".json"',
            ["PASSED"] * 6 + ["FAILED"],
            False,
        ),
        (
            Status.KNOWN_DEVIATION,
            'Then the object\'s key begins with "scans/ash-report-"',
            ["PASSED"] * 4 + ["PENDING"],
            True,
        ),
        (Status.UNEXPECTEDLY_PASSED, "", ["PASSED"] * 6 + ["FAILED"], False),
        (
            Status.ADAPTER_ERROR,
            "When ASH Core runs the reporter",
            ["PASSED"] * 3 + ["FAILED"],
            False,
        ),
        (Status.ADAPTER_ERROR, "", ["FAILED"], False),
        (Status.NOT_RUN, "", ["SKIPPED"], True),
        (Status.NOT_CLAIMED, "", ["SKIPPED"], True),
        (Status.NOT_SELECTED, None, ["SKIPPED"], True),
        (Status.ADAPTER_ERROR, None, ["FAILED"], False),
    ],
)
def test_the_steps_of_an_example_in_cucumber_messages(
    status: Status, sentence: str | None, steps: list[str], success: bool
) -> None:
    ended = {
        Status.KNOWN_DEVIATION: Status.FAILED,
        Status.UNEXPECTEDLY_PASSED: Status.PASSED,
    }.get(status, status)
    examples = () if sentence is None else (Example(status=ended, sentence=sentence, seconds=0.25),)
    report = make_report(make_requirement("KEY-01", status, examples=examples))
    found = envelopes(messages(report))
    pickle = next(
        each["pickle"]
        for each in found
        if "pickle" in each and each["pickle"]["name"] == "The key of a JSON report"
    )
    results = [each["testStepFinished"] for each in found if "testStepFinished" in each]
    expected = [*steps, *["SKIPPED"] * (len(pickle["steps"]) - len(steps))]
    assert [each["testStepResult"]["status"] for each in results] == expected
    assert found[-1]["testRunFinished"]["success"] is success
