"""The drawing of what was asked of S3."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from making_reports import make_report, make_requirement

from s3_reporter_conformance.reporting.html.site import build_site
from s3_reporter_conformance.reporting.html.timeline import timeline_of
from s3_reporter_conformance.verdict.example import Evidence, Example, Request
from s3_reporter_conformance.verdict.status import Status


def request(seconds: float, status: int | None, attempt: int | None, **more: Any) -> Request:
    usual = {"operation": "PutObject", "fault": None, "refusal": None, "wait": None, **more}
    return Request(
        seconds=seconds,
        method="PUT",
        target="/a",
        headers={},
        status=status,
        attempt=attempt,
        **usual,
    )


EVIDENCE = Evidence(
    requests=(
        request(0.0, 200, None, operation="Head<Bucket>"),
        request(0.5, 503, 1, fault="injected: SlowDown"),
        request(0.75, None, None, operation="GetObject"),
        request(1.5, None, 2, wait=1.0),
    ),
    ready=True,
    returned=None,
    exception=None,
    log=(),
    stdout="",
    stderr="",
    objects=(),
    files=(),
    seconds=2.0,
)


def test_where_requests_are_drawn() -> None:
    drawn = timeline_of(EVIDENCE)
    length = drawn.right - drawn.left
    assert [(row.x - drawn.left) / length for row in drawn.rows] == [0.0, 0.25, 0.375, 0.75]
    assert [row.attempt_before for row in drawn.rows] == [None, None, None, drawn.rows[1].x]
    assert [row.css for row in drawn.rows] == ["fine", "bad", "bad", "bad"]
    assert [(row.name, row.answer) for row in drawn.rows] == [
        ("Head<Bucket>", "0.000 s: 200"),
        ("attempt 1: PutObject", "0.500 s: 503 SlowDown"),
        ("GetObject", "0.750 s: connection dropped"),
        ("attempt 2: PutObject", "1.500 s: connection dropped"),
    ]
    assert drawn.rows[-1].y < drawn.height


def test_a_drawing_is_on_the_page_of_its_requirement(tmp_path: Path) -> None:
    example = Example(status=Status.PASSED, evidence=EVIDENCE)
    build_site(
        [make_report(make_requirement("KEY-01", Status.PASSED, examples=(example,)))], tmp_path
    )
    page = (tmp_path / "requirements" / "KEY-01.html").read_text()
    found = re.search(r'<svg class="timeline".*?</svg>', page, re.DOTALL)
    assert found
    svg = ET.fromstring(found[0])  # noqa: S314 -- the project's own
    assert svg.get("aria-label") == "4 requests in 2.000 seconds"
    texts = [text.text for text in svg.iter("text")]
    assert texts[:2] == ["Head<Bucket>", "0.000 s: 200"]
    assert texts[-2:] == ["0 s", "2.000 s"]
    assert "1.000 s" in texts
    assert len(list(svg.iter("circle"))) == 4
    absent = (tmp_path / "requirements" / "KEY-02.html").read_text()
    assert 'class="status absent"' in absent
    assert "which does not have this requirement" in absent
