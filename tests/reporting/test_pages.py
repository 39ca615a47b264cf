"""What the pages are made of: labels, requirements that are gone, and runs to be played."""

from dataclasses import replace
from pathlib import Path

import pytest
from making_reports import make_report, make_requirement

from s3_reporter_conformance.reporting.html.gone import gone
from s3_reporter_conformance.reporting.html.labels import labels
from s3_reporter_conformance.reporting.html.overview import groups, tiles
from s3_reporter_conformance.reporting.html.results import verified
from s3_reporter_conformance.reporting.html.runs import SENDING, runs
from s3_reporter_conformance.reporting.html.site import build_site
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.example import Arrow, Evidence, Example, Request
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

RETRIED = next(r for r in all_requirements() if r.id == "ERR-03")


def at(started: str, backend: str = "moto 5", name: str = "mine") -> Report:
    report = make_report(name=name, reporter_version="1.0", backend=backend)
    return replace(report, started=f"{started}+00:00")


def evidence(*attempts: int | None) -> Evidence:
    """A call with a request for each entry, an upload where it has a number."""
    requests = tuple(
        Request(
            seconds=float(number),
            operation="HeadBucket" if attempt is None else "PutObject",
            method="PUT",
            target="/a",
            headers={},
            status=200,
            fault=None,
            refusal=None,
            attempt=attempt,
            wait=None,
        )
        for number, attempt in enumerate(attempts)
    )
    return Evidence(
        requests=requests,
        ready=True,
        returned=None,
        exception=None,
        log=(),
        stdout="",
        stderr="",
        objects=(),
        files=(),
        seconds=9.0,
    )


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        ([at("2026-01-01T10:00:00"), at("2026-01-01T10:00:00", name="theirs")], ["", ""]),
        (
            [at("2026-01-01T10:00:00"), at("2026-02-02T10:00:00", "LocalStack 4")],
            ["moto 5", "LocalStack 4"],
        ),
        (
            [at("2026-01-01T10:00:00"), at("2026-02-02T10:00:00")],
            ["2026-01-01", "2026-02-02"],
        ),
        ([at("2026-01-01T10:00:00"), at("2026-01-01T11:30:00")], ["10:00:00", "11:30:00"]),
        (
            [
                at("2026-01-01T10:00:00"),
                at("2026-01-01T10:00:00", "Ceph"),
                at("2026-02-02T10:00:00"),
            ],
            ["moto 5, 2026-01-01", "Ceph", "moto 5, 2026-02-02"],
        ),
        ([at("2026-01-01T10:00:00"), at("2026-01-01T10:00:00")], ["no. 1", "no. 2"]),
    ],
)
def test_reports_of_one_reporter_are_told_apart(reports: list[Report], told: list[str]) -> None:
    assert labels(reports) == told
    names = [each.name for each in verified(reports)]
    assert len(set(names)) == len(names)


def test_what_only_reports_have_is_gone() -> None:
    old = make_requirement("KEY-99", Status.FAILED, diagram="a_diagram_of_old")
    reports = verified([make_report(KEY_01=Status.PASSED), make_report(old)])
    (found,) = gone(reports, all_requirements())
    assert (found.id, found.name, found.diagram) == ("KEY-99", "x", None)
    assert [each.status(found) for each in reports] == [None, Status.FAILED]
    *_, last = groups(all_requirements(), [found])
    assert (last.name, last.requirements) == ("gone", (found,))


def test_an_old_report_can_be_drawn(tmp_path: Path) -> None:
    left = Arrow(source="a_node_of_old", target="another", number=7)
    old = make_report(
        make_requirement("KEY-99", Status.FAILED, diagram="object_naming", diverged_at=left),
        make_requirement("KEY-01", Status.FAILED, path="a-path-of-old", diverged_at=left),
    )
    build_site([old], tmp_path)
    assert "KEY-99" in (tmp_path / "index.html").read_text()
    assert "KEY-99" in (tmp_path / "diagrams" / "object_naming.html").read_text()
    page = (tmp_path / "requirements" / "KEY-99.html").read_text()
    assert "does not have this requirement any more" in page


def test_every_requirement_is_in_one_group() -> None:
    found = [each.id for group in groups(all_requirements(), []) for each in group.requirements]
    assert sorted(found) == sorted(each.id for each in all_requirements())


def test_a_picture_is_small_and_has_no_text() -> None:
    shown = verified([make_report(KEY_01=Status.FAILED)])
    pictures = list(tiles(all_requirements(), shown))
    assert {each.diagram.name for each in pictures} == set(all_diagrams())
    for each in pictures:
        assert "<text" not in each.svg
        assert len(each.svg) < 20_000
    assert sorted(each.shape for each in pictures).count("tall") == 4


def test_uploads_are_sent_at_nodes_that_exist() -> None:
    for name, nodes in SENDING.items():
        assert nodes <= all_diagrams()[name].nodes.keys()
        routes = [r.route for r in all_requirements() if r.diagram == name]
        assert all(any(node in route for route in routes) for node in nodes)


def test_a_run_tells_when_each_request_is_sent() -> None:
    failed = Example(
        status=Status.FAILED,
        number=2,
        values={"code": "SlowDown"},
        evidence=evidence(None, 1, 2, 3, 4, 5, None),
    )
    passed = Example(status=Status.PASSED, evidence=evidence(1))
    arrow = RETRIED.arrows[5]
    reported = make_requirement(
        RETRIED.id,
        Status.FAILED,
        expected="3 PutObject requests",
        observed="5",
        diverged_at=Arrow(source=arrow.source, target=arrow.target, number=5),
        examples=(passed, failed),
    )
    shown = verified([make_report(reported), make_report(name="theirs")])
    played = runs(all_diagrams()["error_handling"], [RETRIED], shown)["runs"][RETRIED.id]
    assert played["route"] == RETRIED.route
    mine, theirs = played["did"]
    assert (mine["expected"], mine["seen"], mine["left"]) == ("3 PutObject requests", "5", 6)
    assert mine["values"] == "code SlowDown"
    steps = [step for step, _ in mine["requests"]]
    sending = [i for i, n in enumerate(RETRIED.route) if n in SENDING["error_handling"]]
    # More uploads than the path has: the last node that sends has all the rest.
    assert steps == [sending[0], sending[0], *sending[1:], *[sending[-1]] * (6 - len(sending))]
    assert theirs == {"css": "absent", "words": "  absent"}


def test_an_arrow_that_is_no_longer_on_the_path_is_not_played() -> None:
    left = Arrow(source="begin", target="done", number=0)
    reported = make_requirement(RETRIED.id, Status.FAILED, diverged_at=left, examples=())
    example = Example(status=Status.FAILED, evidence=evidence(1))
    shown = verified([make_report(replace(reported, examples=(example,)))])
    played = runs(all_diagrams()["error_handling"], [RETRIED], shown)["runs"][RETRIED.id]
    assert "left" not in played["did"][0]
