"""What became of an example is told to the process that directs the run."""

from dataclasses import replace

import execnet
import pytest

from s3_reporter_conformance.runner.examples import attach, example_of
from s3_reporter_conformance.verdict.example import (
    Arrow,
    Evidence,
    Example,
    FoundFile,
    FoundObject,
    LogLine,
    Request,
)
from s3_reporter_conformance.verdict.status import Status


def test_an_example_travels_as_simple_values() -> None:
    request = Request(
        seconds=0.1,
        operation="PutObject",
        method="PUT",
        target="/reports/a",
        headers={"content-type": "text/plain"},
        status=None,
        fault="dropped",
        refusal=None,
        attempt=1,
        wait=None,
    )
    seen = FoundObject(bucket="reports", key="a", content_type="", size=1, beginning="b")
    given = Example(
        number=2,
        values={"a": "b"},
        status=Status.FAILED,
        seconds=1.5,
        sentence="Then x",
        findings={"seen": "y"},
        diverged_at=Arrow(source="a", target="b", number=3),
        evidence=Evidence(
            requests=(request, replace(request, status=200, wait=0.5)),
            ready=True,
            returned=None,
            exception="it raised",
            log=(LogLine(level="INFO", message="hello"),),
            stdout="",
            stderr="",
            objects=(seen,),
            files=(FoundFile(name="reports/a", size=1),),
            seconds=0.25,
        ),
    )
    for each in (given, Example(status=Status.PASSED)):
        travelling = pytest.TestReport.__new__(pytest.TestReport)
        attach(each, travelling)
        # What execnet lets pass, which pytest-xdist sends reports with.
        sent = execnet.loads(execnet.dumps(vars(travelling)))
        vars(travelling).update(sent)
        assert example_of(travelling) == each
