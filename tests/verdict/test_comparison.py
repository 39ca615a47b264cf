"""Reports side by side, rule by rule, with the reasons that are known."""

import re
from pathlib import Path

import pytest
from results import a_report, a_rule, a_written_rule

from s3_reporter_conformance.reporting.side_by_side import lines, markdown
from s3_reporter_conformance.spec.gherkin import all_rules
from s3_reporter_conformance.verdict.comparison import compare
from s3_reporter_conformance.verdict.known_differences import (
    KnownDifference,
    read_known_differences,
)
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult
from s3_reporter_conformance.words.errors import UsageError

PASSED, FAILED, NOT_RUN = Status.PASSED, Status.FAILED, Status.NOT_RUN
RULES = [a_written_rule("KEY-02"), a_written_rule("KEY-03")]
REASONS = """
[[difference]]
backend = "Ceph"
rules = ["KEY-02"]
status = "not-run"
reason = "Ceph is shy"

[[difference]]
backend = "SeaweedFS"
rules = ["KEY-03"]
status = "not-run"
reason = "SeaweedFS is wet"
"""


def on(backend: str, *rules: RuleResult) -> Report:
    return a_report(rules, backend=backend)


def rules(**statuses: Status) -> list[RuleResult]:
    """Rules with some statuses, the ids written with `_`."""
    return [a_rule(name.replace("_", "-"), status) for name, status in statuses.items()]


MOTO = on("moto 5.2.5", *rules(KEY_01=PASSED, KEY_02=PASSED, KEY_03=PASSED))
CEPH = on("Ceph 16.2.15", *rules(KEY_01=PASSED, KEY_02=NOT_RUN, KEY_03=PASSED))
WEED = on("SeaweedFS", *rules(KEY_01=PASSED, KEY_02=PASSED, KEY_03=NOT_RUN))


@pytest.fixture
def known(tmp_path: Path) -> tuple[KnownDifference, ...]:
    (tmp_path / "reasons.toml").write_text(REASONS)
    return read_known_differences(tmp_path / "reasons.toml", RULES)


def test_reports_are_compared_rule_by_rule() -> None:
    first = on("b", *rules(KEY_01=PASSED, KEY_02=FAILED, KEY_03=PASSED))
    second = on("b", *rules(KEY_01=PASSED, KEY_02=PASSED, KEY_04=FAILED))
    compared = compare([first, second], ())
    found = {
        (row.rule, *(cell.rule.status if cell.rule else None for cell in row.cells))
        for row in compared.rows
    }
    assert found == {
        ("KEY-02", FAILED, PASSED),
        ("KEY-03", PASSED, None),
        ("KEY-04", None, FAILED),
    }
    assert compared.compared == 4


def test_a_rule_that_other_runs_break_differs() -> None:
    one = on("a", a_rule("KEY-02", FAILED, runs=("x", "y"), broken=2))
    other = on("b", a_rule("KEY-02", FAILED, runs=("x",), broken=1))
    told = list(lines(compare([one, other], ()), [Path("a"), Path("b")]))
    assert "  KEY-02  failed in 2 runs  failed in 1 run (?)  The name of KEY-02" in told
    same = on("b", a_rule("KEY-02", FAILED, runs=("y", "x"), broken=2))
    assert compare([one, same], ()).rows == ()


@pytest.mark.parametrize(
    ("backend", "status", "explained"),
    [
        ("Ceph", NOT_RUN, True),
        ("Ceph 16.2.15", NOT_RUN, False),
        ("SeaweedFS", NOT_RUN, False),
        ("Ceph", FAILED, False),
    ],
)
def test_a_reason_is_of_one_backend_and_one_status(
    backend: str, status: Status, *, explained: bool
) -> None:
    known = KnownDifference(backend, "KEY-02", status, "Ceph is shy")
    compared = compare([MOTO, CEPH], [known])
    [row] = compared.rows
    assert [cell.reason for cell in row.cells] == ["", "Ceph is shy" if explained else ""]
    assert compared.unexplained == (() if explained else ("KEY-02",))


@pytest.mark.parametrize(
    ("backend", "name"),
    [
        ("moto 5.2.5", "moto"),
        ("Ceph Object Gateway v19.2", "Ceph Object Gateway"),
        ("MinIO", "MinIO"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ],
)
def test_a_reason_holds_for_every_version_of_a_backend(backend: str, name: str) -> None:
    assert on(backend).backend_name == name


@pytest.mark.parametrize(("status", "told"), [(PASSED, True), (Status.NOT_CLAIMED, False)])
def test_a_known_difference_that_is_gone_is_told(status: Status, *, told: bool) -> None:
    known = KnownDifference("Ceph", "KEY-09", NOT_RUN, "Ceph was shy")
    other = KnownDifference("SeaweedFS", "KEY-09", NOT_RUN, "not compared")
    reports = [on(each, *rules(KEY_09=status)) for each in ("moto 5.2.5", "Ceph 16.2.15")]
    compared = compare(reports, [known, other])
    assert compared.rows == ()
    assert compared.gone == ((known,) if told else ())


def test_many_reports_are_a_table_with_reasons(known: tuple[KnownDifference, ...]) -> None:
    compared = compare([MOTO, CEPH, WEED], known)
    assert compared.unexplained == ()
    assert list(lines(compared, [Path("moto.json"), Path("ceph.json"), Path("weed.json")])) == [
        "1  moto.json: mine 1.2.3 on moto 5.2.5",
        "2  ceph.json: mine 1.2.3 on Ceph 16.2.15",
        "3  weed.json: mine 1.2.3 on SeaweedFS",
        "",
        "          1       2        3",
        "  KEY-02  passed  not run  passed   The name of KEY-02",
        "          2: Ceph is shy",
        "  KEY-03  passed  passed   not run  The name of KEY-03",
        "          3: SeaweedFS is wet",
        "",
        "2 of 3 rules differ; the reasons are known",
    ]
    assert markdown(compared) == (
        "| rule | moto 5.2.5 | Ceph 16.2.15 | SeaweedFS |\n"
        "|---|---|---|---|\n"
        "| KEY-02 | passed | not run | passed |\n"
        "| KEY-03 | passed | passed | not run |\n"
        "\n"
        "- Ceph, KEY-02: Ceph is shy\n"
        "- SeaweedFS, KEY-03: SeaweedFS is wet\n"
        "\n"
        "2 of 3 rules differ; the reasons are known.\n"
    )


def test_a_backend_is_no_markup() -> None:
    table = markdown(compare([on("a | <b>", *rules(KEY_01=PASSED)), CEPH], ()))
    assert table.startswith("| rule | a \\| &lt;b&gt; | Ceph 16.2.15 |\n")


def test_a_difference_without_a_reason_is_told() -> None:
    compared = compare([MOTO, WEED, WEED, MOTO], ())
    *_, row, _, last = lines(compared, [Path(name) for name in "abcd"])
    assert row == "  KEY-03  passed  not run (?)  not run (?)  passed  The name of KEY-03"
    assert last == "1 of 3 rules differs; no reason is known for KEY-03"
    assert compared.unexplained == ("KEY-03",)


def test_equal_reports_agree() -> None:
    assert list(lines(compare([MOTO, MOTO], ()), [Path("a"), Path("b")]))[-1] == "they agree"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (REASONS.replace("KEY-02", "KEY-99"), "Ceph: there is no rule KEY-99"),
        (REASONS.replace("SeaweedFS", "Ceph").replace("KEY-03", "KEY-02"), "KEY-02 is listed twic"),
        (REASONS.replace("not-run", "shy"), 'difference[0].status is "shy": expected one of'),
        (REASONS.replace('reason = "Ceph is shy"', ""), "difference[0].reason is missing"),
        ("difference = 1", "difference is 1: expected a list"),
    ],
)
def test_what_is_wrong_with_known_differences_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "reasons.toml").write_text(text)
    with pytest.raises(UsageError) as refused:
        read_known_differences(tmp_path / "reasons.toml", RULES)
    assert "reasons.toml is not a valid file of known differences" in str(refused.value)
    assert told in str(refused.value)


def test_the_page_on_backends_shows_the_known_differences() -> None:
    page = (Path(__file__).parents[2] / "docs" / "backends.md").read_text()
    known = read_known_differences(None, all_rules())
    _, _, table = page.partition("\n| rule |")
    head, *rows = (line.strip("| ") for line in f"rule |{table}".split("\n\n")[0].splitlines())
    rows = rows[1:]
    names = [on(each).backend_name for each in head.split(" | ")[1:]]
    shown = {
        (name, rule, status)
        for rule, *statuses in (row.split(" | ") for row in rows)
        for name, status in zip(names, statuses, strict=True)
        if status != PASSED.words
    }
    assert shown == {(each.backend, each.rule, each.status.words) for each in known}
    for each in known:
        assert re.search(rf"^- {each.backend}, .*{each.rule}.*: ", page, re.MULTILINE)
        assert each.reason in page
