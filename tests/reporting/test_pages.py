"""The pages of the site: what they show of reports, and that every link leads somewhere."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from results import (
    a_finding,
    a_report,
    a_reporter,
    a_rule,
    a_run,
    a_verdict,
    a_written_rule,
    an_evidence,
)

from s3_reporter_conformance.reporting.html.drawing import Drawing, Mark
from s3_reporter_conformance.reporting.html.playing import played
from s3_reporter_conformance.reporting.html.reporters import headline, verified
from s3_reporter_conformance.reporting.html.site import build_site
from s3_reporter_conformance.reporting.html.versions import changing, gained, histories
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Judgment, Level, Rule
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

PASSED, FAILED, NOT_RUN = Status.PASSED, Status.FAILED, Status.NOT_RUN
NAMING = all_diagrams()["object_naming"]
HOSTILE = "</script><script>alert(1)</script>"
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


def test_versions_of_a_reporter_on_a_backend_are_ordered_by_number_or_as_given() -> None:
    numbers = [of("3.10.0"), of("3.9.1", backend="moto 4"), of("3.10.0rc1")]
    words = [of(each, backend="Ceph 1") for each in ("winter", "autumn", "1.0")]
    found = versions(*numbers, *words, of("4.0", name="theirs"))
    assert found == [["3.9.1", "3.10.0rc1", "3.10.0"], ["winter", "autumn", "1.0"]]


def test_a_step_tells_what_became_better_and_worse() -> None:
    for before, after, found in (
        (
            (FAILED, PASSED),
            (PASSED, FAILED, PASSED),
            [["KEY-01"], ["KEY-02"], ["KEY-01", "KEY-02"]],
        ),
        ((PASSED, NOT_RUN), (Status.NOT_SELECTED, PASSED), [[], [], []]),
    ):
        rules = (KEPT, BROKEN, UNMET)
        old, new = verified([of("1", *before), of("2", *after)])
        changes = (gained(old, new, rules), gained(new, old, rules), changing([old, new], rules))
        assert [[rule.id for rule in each] for each in changes] == found


def test_reports_of_one_reporter_are_told_apart_by_label_and_address() -> None:
    given = verified([of("1"), of("2"), of("2"), of("1", backend="Ceph 1.2"), of("1", name="!")])
    assert [(each.label, each.slug) for each in given] == [
        ("moto 5", "mine"),
        ("no. 1", "mine-2-no-1"),
        ("no. 2", "mine-2-no-2"),
        ("Ceph 1.2", "mine-1-ceph-1-2"),
        ("", "1"),
    ]
    started = [a_report(started=f"2026-01-01T1{hour}:00:00") for hour in range(2)]
    assert [each.label for each in verified(started)] == [each.started for each in started]


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
    scenarios = all_scenarios()[:4]
    first, again, twice, elsewhere = (each.id for each in scenarios)
    long, short = ("begin", "timestamp", "prefix"), ("begin", "timestamp")
    broken = [a_finding(each, node="prefix") for each in ("KEY-02", "KEY-03")]
    runs = [
        a_run(first, paths={"object_naming": (long,)}),
        a_run(again, paths={"object_naming": (long,)}, breaks=broken),
        a_run(twice, paths={"object_naming": (long, short)}),
        a_run(elsewhere, paths={}),
    ]
    shown = verified([a_report(runs=runs), a_report(runs=runs[:1])])
    found = played(Drawing(NAMING, [], shown), scenarios)
    assert found["routes"] == [(long,), (long, short)]
    told = [[each and each["route"] for each in both] for both in found["runs"].values()]
    assert told == [[0, 0], [0, None], [1, None]]
    assert found["runs"][again][0]["broken"] == {"prefix": ["KEY-02", "KEY-03"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two versions of a reporter whose words are hostile, and of another reporter."""
    rules = all_rules()
    ids = [each.id for each in all_scenarios()]
    own = [rule for rule in rules if rule.diagram]
    hostile = an_evidence(returned=HOSTILE, stdout=HOSTILE)

    def report(broken: Sequence[Rule], version: str, name: str = HOSTILE) -> Report:
        findings = [
            a_finding(rule.id, diagram=rule.diagram, node=rule.node, seen=HOSTILE, expected=HOSTILE)
            for rule in broken
        ]
        kept = [rule.id for rule in rules if rule not in broken]
        runs = [
            a_run(each, keeps=kept, breaks=findings, facts={HOSTILE: HOSTILE}, evidence=hostile)
            for each in (*ids[:-1], "../../a-run-of-old")
        ]
        stranger = a_rule("KEY-99", FAILED, runs=("../../a-run-of-old",))
        reporter = a_reporter(name=name, version=version)
        return a_report((*a_verdict(*runs, rules=rules).rules, stranger), runs, reporter=reporter)

    folder = tmp_path_factory.mktemp("site") / "a" / "site"
    reports = [report(own[:3], "1"), report(own[:2], "2"), report([], "1", "theirs")]
    count = len(all_diagrams()) + len(rules) + len(ids) + 3
    assert build_site(reports, folder).startswith(f"Wrote {count} pages to {folder}: open ")
    return folder


def test_every_link_leads_somewhere_within_the_folder(site: Path) -> None:
    pages = {path.resolve(): path.read_text() for path in site.rglob("*.html")}
    anchors = {path: re.findall(r'\sid="([^"]+)"', text) for path, text in pages.items()}
    for path, text in pages.items():
        assert "<script>alert(1)" not in text
        assert len(anchors[path]) == len(set(anchors[path]))
        for link in map(unescape, re.findall(r'\s(?:href|src)="([^"]+)"', text)):
            file, _, anchor = link.partition("#")
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            assert link == "data:," or target.is_file(), f"{path.name}: {link}"
            assert not anchor or anchor in anchors[target], f"{path.name}: {link}"
    # Also where a report names a run of its own.
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_each_rule_has_a_row_on_the_start_page_and_a_page_with_its_evidence(site: Path) -> None:
    start = (site / "index.html").read_text()
    rows = re.findall(r'<tr class="rule">.*?rules/([\w-]+)\.html', start)
    assert sorted(rows) == sorted(rule.id for rule in all_rules())
    rule = next(each for each in all_rules() if each.diagram)
    text = (site / "rules" / f"{rule.id}.html").read_text()
    for words in (
        rule.name,
        "Often wrong:",
        "Broken always",
        "The simplest run that breaks it",
        "s3-reporter-conformance verify reporter.toml -k",
        "0.500 s  attempt 1",
    ):
        assert words in text, words
