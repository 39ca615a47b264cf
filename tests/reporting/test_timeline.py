"""The drawing of the requests to S3."""

from results import a_request, an_evidence

from s3_reporter_conformance.reporting.html.timeline import timeline_of


def test_where_requests_are_drawn() -> None:
    evidence = an_evidence(
        requests=(
            a_request(None, 200, seconds=0.0, operation="Head<Bucket>"),
            a_request(1, 503, seconds=0.5, fault="injected: SlowDown"),
            a_request(None, None, seconds=0.75, operation="GetObject"),
            a_request(2, None, seconds=1.5, wait=1.0),
        ),
        seconds=2.0,
    )
    drawn = timeline_of(evidence)
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
