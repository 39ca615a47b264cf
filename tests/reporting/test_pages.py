"""The pages of the site: what they show of reports, and that nothing in them leads nowhere."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
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
from s3_reporter_conformance.spec.diagrams import all_diagrams
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Judgment, Level, Rule
from s3_reporter_conformance.verdict.known_deviations import KnownDeviation, KnownDeviations
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

NAMING = all_diagrams()["object_naming"]
HOSTILE = "</script><script>alert(1)</script>"
KEPT = a_written_rule("KEY-01", node="timestamp")
BROKEN = a_written_rule("KEY-02", node="json_extension")
UNMET = a_written_rule("KEY-03", Level.RECOMMENDED, node="prefix")


def test_reports_of_one_reporter_are_told_apart() -> None:
    morning, noon = "2026-01-01T10:00:00", "2026-01-01T12:00:00"
    made = [
        a_report(started=started, backend=backend)
        for started, backend in ((morning, "moto"), (noon, "Ceph"), (noon, "moto"), (noon, "moto"))
    ]
    *found, other = verified([*made, a_report(reporter=a_reporter(name="theirs"))])
    assert [each.label for each in found] == [morning, "Ceph", "no. 3", "no. 4"]
    assert other.label == ""


def mutant(*, strict: bool = False, deviations: KnownDeviations | None = None) -> Report:
    """A report on a reporter that breaks a core rule and a recommended one, each at its node."""
    findings = [a_finding(rule.id, node=rule.node) for rule in (BROKEN, UNMET)]
    runs = [a_run(f"run-{number}", keeps=["KEY-01"], breaks=findings) for number in range(3)]
    rules = [KEPT, BROKEN, UNMET]
    verdict = a_verdict(*runs, rules=rules, strict=strict, deviations=deviations)
    return a_report(verdict.rules, runs, strict=strict)


def marks(report: Report, rules: Sequence[Rule] = (KEPT, BROKEN, UNMET)) -> dict[str, Mark]:
    (shown,) = verified([report])
    drawing = Drawing(NAMING, rules, [shown])
    return {node: drawing.mark(shown, node) for node in drawing.boxes}


def test_a_node_has_the_color_of_the_rules_judged_there() -> None:
    expected = {"timestamp": Mark.PASSED, "json_extension": Mark.FAILED, "prefix": Mark.UNMET}
    assert marks(mutant()) == expected
    assert marks(mutant(strict=True)) == {**expected, "prefix": Mark.FAILED}
    known = KnownDeviation(rule="KEY-02", reason="old", issue="#1", expires=date(2999, 1, 1))
    deviations = KnownDeviations(entries={"KEY-02": known}, today=date(2026, 1, 1))
    assert marks(mutant(deviations=deviations)) == {**expected, "json_extension": Mark.UNMET}
    unjudged = a_report([a_rule("KEY-02", Status.NOT_JUDGED)])
    assert set(marks(unjudged).values()) == {Mark.PLAIN}
    elsewhere = Judgment("x", ("a",), ("b",), "object_naming", "yaml_extension")
    rule = replace(BROKEN, judgments=(elsewhere,))
    result = a_rule("KEY-02", Status.FAILED, broken_at=("object_naming: yaml_extension",))
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


def test_the_headline_is_the_verdict() -> None:
    fails = replace(mutant(), reporter=a_reporter(name="theirs"))
    assert headline(verified([a_report(), fails, mutant()])) == "1 of 3 reporters conforms"
    assert headline(verified([mutant()])) == "mine 1.2.3: does not conform"


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
    mine = verified([a_report(runs=runs)])
    found = played(Drawing(NAMING, [], mine), scenarios)
    assert list(found["runs"]) == [first, again, twice]
    assert found["routes"] == [(long,), (long, short)]
    assert found["runs"][again][0]["route"] == found["runs"][first][0]["route"]
    assert found["runs"][again][0]["broken"] == {"prefix": ["KEY-02", "KEY-03"]}
    theirs = verified([a_report(runs=runs[:1])])
    found = played(Drawing(NAMING, [], [*mine, *theirs]), scenarios)
    assert found["runs"][again][1] is None


class Links(HTMLParser):
    """The links of a page, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {"tag": tag, **dict(attrs)}
        if identifier := given.get("id"):
            assert identifier not in self.anchors, f"{identifier} twice"
            self.anchors.add(identifier)
        self.links += [value for name in ("href", "src") if (value := given.get(name))]


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
        stranger = a_rule("KEY-99", Status.FAILED, runs=("../../a-run-of-old",))
        reporter = a_reporter(name=name, version=version)
        return a_report((*a_verdict(*runs, rules=rules).rules, stranger), runs, reporter=reporter)

    folder = tmp_path_factory.mktemp("site") / "a" / "site"
    reports = [report(own[:3], "1"), report(own[:2], "2"), report([], "1", "theirs")]
    count = len(all_diagrams()) + len(rules) + len(ids) + 3
    assert build_site(reports, folder).startswith(f"Wrote {count} pages to {folder}: open ")
    return folder


def test_every_page_is_written_into_the_folder(site: Path) -> None:
    written = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert written >= {
        *("index.html", "runs.html", "versions.html"),
        *(f"diagrams/{name}.html" for name in all_diagrams()),
        *(f"rules/{rule.id}.html" for rule in all_rules()),
        *(f"runs/{scenario.id}.html" for scenario in all_scenarios()),
    }
    # Also where a report names a run of its own.
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_every_link_leads_somewhere(site: Path) -> None:
    pages = {path.resolve(): Links(path.read_text()) for path in site.rglob("*.html")}
    for path, found in pages.items():
        for link in found.links:
            if re.match(r"https://|data:", link):
                continue
            address, _, anchor = link.partition("#")
            file = address.partition("?")[0]
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path.name}: {link}"
            assert not anchor or anchor in pages[target].anchors, f"{path.name}: {link}"


def test_each_rule_has_a_row_on_the_start_page_and_a_page_with_its_evidence(site: Path) -> None:
    rows = re.findall(
        r'<tr class="rule">.*?rules/([\w-]+)\.html', (site / "index.html").read_text()
    )
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
