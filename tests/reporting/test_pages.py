"""The results that the pages of the site show, for one report or for many."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from results import a_finding, a_report, a_reporter, a_rule, a_run, a_verdict, a_written_rule

from s3_reporter_conformance.reporting.html.drawing import Drawing, Mark
from s3_reporter_conformance.reporting.html.playing import played
from s3_reporter_conformance.reporting.html.site import build_site
from s3_reporter_conformance.reporting.html.verified import headline, verified
from s3_reporter_conformance.reporting.html.versions import changing, histories
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.rules import Judgment, Level, Rule
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

PASSED, FAILED, NOT_RUN = Status.PASSED, Status.FAILED, Status.NOT_RUN
NAMING = all_diagrams()["object_naming"]
KEPT = a_written_rule("KEY-01", node="timestamp")
BROKEN = a_written_rule("KEY-02", node="json_extension")
UNMET = a_written_rule("KEY-03", Level.RECOMMENDED, node="prefix")


def of(version: str, *statuses: Status, backend: str = "moto 5", **changes: str) -> Report:
    """A report on a version of a reporter, with the statuses of the first rules."""
    rules = [a_rule(f"KEY-0{number}", each) for number, each in enumerate(statuses, start=1)]
    return a_report(rules, reporter=a_reporter(version=version, **changes), backend=backend)


def versions(*reports: Report) -> list[list[str]]:
    found = histories(verified(reports))
    return [[each.report.reporter.version for each in history] for history in found]


def test_reports_on_a_reporter_at_a_backend_are_ordered_by_number_or_as_given() -> None:
    numbers = [of("3.10.0"), of("3.9.1", backend="moto 4"), of("3.10.0rc1")]
    words = [of(each, backend="Ceph 1") for each in ("winter", "autumn", "1.0")]
    found = versions(*numbers, *words, of("4.0", name="theirs"))
    assert found == [["3.9.1", "3.10.0rc1", "3.10.0"], ["winter", "autumn", "1.0"]]


def test_reports_on_a_reporter_without_a_version_are_ordered_by_time() -> None:
    later, earlier = (replace(of(""), started=f"2026-01-0{day}T10:00:00") for day in (2, 1))
    [found] = histories(verified([later, of("1"), earlier]))
    assert [each.report for each in found] == [earlier, later, of("1")]


def test_a_history_shows_the_rules_whose_result_changed() -> None:
    for before, after, found in (
        ((FAILED, PASSED), (PASSED, FAILED, PASSED), ["KEY-01", "KEY-02"]),
        ((PASSED, NOT_RUN), (Status.NOT_SELECTED, PASSED), []),
    ):
        both = verified([of("1", *before), of("2", *after)])
        assert [rule.id for rule in changing(both, (KEPT, BROKEN, UNMET))] == found


def test_reports_of_one_reporter_are_told_apart_by_label_and_address() -> None:
    given = verified([of("1"), of("1", backend="Ceph 1.2"), of("1", name="!")])
    assert [(each.label, each.slug) for each in given] == [
        ("moto 5", "mine"),
        ("Ceph 1.2", "mine-1-ceph-1-2"),
        ("", "1"),
    ]
    started = [a_report(started=f"2026-01-01T1{hour}:00:00") for hour in range(2)]
    assert [(each.label, each.slug) for each in verified(started)] == [
        (started[0].started, "mine-1-2-3-2026-01-01t10-00-00"),
        (started[1].started, "mine"),
    ]


def mutant(*, strict: bool = False) -> Report:
    """A report on a reporter that breaks a core rule and a recommended one, each at its node."""
    findings = [a_finding(rule.id, node=rule.node) for rule in (BROKEN, UNMET)]
    runs = [a_run(f"run-{number}", keeps=["KEY-01"], breaks=findings) for number in range(3)]
    rules = [KEPT, BROKEN, UNMET]
    return a_report(a_verdict(*runs, rules=rules, strict=strict).rules, runs, strict=strict)


def test_the_headline_is_the_verdict() -> None:
    fails = replace(mutant(), reporter=a_reporter(name="theirs"))
    assert headline(verified([a_report(), fails, mutant()])) == "1 of 3 reporters conforms"
    assert headline(verified([mutant()])) == "mine 1.2.3: does not conform"


def marks(report: Report, rules: Sequence[Rule] = (KEPT, BROKEN, UNMET)) -> dict[str, Mark]:
    (shown,) = verified([report])
    drawing = Drawing(NAMING, rules, [shown])
    return {node: drawing.mark(shown, node) for node in drawing.boxes}


def test_a_node_has_the_color_of_the_rules_judged_there() -> None:
    expected = {"timestamp": Mark.PASSED, "json_extension": Mark.FAILED, "prefix": Mark.UNMET}
    assert marks(mutant()) == expected
    assert marks(mutant(strict=True)) == {**expected, "prefix": Mark.FAILED}
    for status, mark in (
        (Status.KNOWN_DEVIATION, Mark.UNMET),
        (Status.NOT_JUDGED, Mark.PLAIN),
        (Status.UNEXPECTEDLY_PASSED, Mark.PASSED),
    ):
        assert marks(a_report([a_rule("KEY-02", status)]), [BROKEN]) == {"json_extension": mark}
    elsewhere = Judgment("x", ("a",), ("b",), "object_naming", "yaml_extension")
    rule = replace(BROKEN, judgments=(elsewhere,))
    result = a_rule("KEY-02", FAILED, broken_at=("object_naming: yaml_extension",))
    found = marks(a_report([result]), [rule])
    assert found == {"json_extension": Mark.PLAIN, "yaml_extension": Mark.FAILED}


def test_a_drawing_colors_nodes_and_tells_which_arrows_were_walked() -> None:
    drawing = Drawing(NAMING, [KEPT, BROKEN, UNMET], verified([mutant()]))
    large, small = drawing.large("x"), drawing.small()
    for part, css in {
        'data-node="json_extension"': "failed",
        'data-node="timestamp"': "passed",
        'data-node="yaml_extension"': "plain",
        'data-edge="L_timestamp_prefix_0"': "walked",
        'data-edge="L_file_format_yaml_extension_0"': "unwalked",
    }.items():
        for drawn in (large, small):
            [tag, *_] = [tag for tag in re.findall(r"<[^>]+>", drawn) if part in tag]
            assert f' {css}"' in tag
    assert 'href="#node-json_extension"' in large
    assert 'href="#node-yaml_extension"' not in large
    assert "href" not in small


def test_the_routes_of_runs_are_played() -> None:
    names = first, again, twice, elsewhere = "abcd"
    long, short = ("begin", "timestamp", "prefix"), ("begin", "timestamp")
    broken = [a_finding(each, node="prefix") for each in ("KEY-02", "KEY-03")]
    runs = [
        a_run(first, paths={"object_naming": (long,)}),
        a_run(again, paths={"object_naming": (long,)}, breaks=broken),
        a_run(twice, paths={"object_naming": (long, short)}),
        a_run(elsewhere, paths={}),
    ]
    shown = verified([a_report(runs=runs), a_report(runs=runs[:1])])
    found = played(Drawing(NAMING, [], shown), names)
    told = [[each and each["route"] for each in both] for both in found["runs"].values()]
    assert told == [[(long,), (long,)], [(long,), None], [(long, short), None]]
    assert found["runs"][again][0]["broken"] == {"prefix": ["KEY-02", "KEY-03"]}


def test_causes_and_what_exploring_found_are_told(tmp_path: Path) -> None:
    broken = a_rule(narrowed="fails with yaml; not without", status=FAILED, runs=("found-a-fault",))
    run = a_run("found-a-fault", breaks=["KEY-01"], gherkin="Scenario: Found a fault")
    build_site([a_report([broken], [run])], tmp_path)
    pages = [tmp_path / name for name in ("index", "reporters/mine", "rules/KEY-01")]
    texts = [path.with_suffix(".html").read_text("utf-8") for path in pages]
    assert all("fails with yaml; not without" in text for text in texts)
    assert 'href="../reporters/mine.html#found-a-fault"' in texts[2]
    assert "What exploring found: 1" in texts[1]
    assert "<pre>Scenario: Found a fault</pre>" in texts[1]
    assert "✗ mine" in (tmp_path / "share.svg").read_text("utf-8")
