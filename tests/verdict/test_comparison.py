"""Reports side by side, requirement by requirement, with the reasons that are known."""

import re
from pathlib import Path

import pytest
from making_reports import make_report
from running import run_here

from s3_reporter_conformance.reporting.report import dump
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict.comparison import compare
from s3_reporter_conformance.verdict.known_differences import (
    KnownDifference,
    read_known_differences,
)
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status

PASSED, FAILED, NOT_RUN = Status.PASSED, Status.FAILED, Status.NOT_RUN
FIRST = make_report(backend="b", KEY_01=PASSED, KEY_02=FAILED, KEY_03=PASSED)
SECOND = make_report(backend="b", KEY_01=PASSED, KEY_02=PASSED, KEY_04=FAILED)

MOTO = make_report(backend="moto 5.2.5", KEY_01=PASSED, KEY_02=PASSED, KEY_03=PASSED)
CEPH = make_report(backend="Ceph 16.2.15", KEY_01=PASSED, KEY_02=NOT_RUN, KEY_03=PASSED)
WEED = make_report(backend="SeaweedFS", KEY_01=PASSED, KEY_02=PASSED, KEY_03=NOT_RUN)
REASONS = """
[[difference]]
backend = "Ceph"
requirements = ["KEY-02"]
status = "not-run"
reason = "Ceph is shy"

[[difference]]
backend = "SeaweedFS"
requirements = ["KEY-03"]
status = "not-run"
reason = "SeaweedFS is wet"
"""


def write(folder: Path, **reports: Report) -> list[str]:
    """Write reports, and the reasons."""
    (folder / "reasons.toml").write_text(REASONS)
    for name, report in reports.items():
        (folder / f"{name}.json").write_text(dump(report))
    return [f"{name}.json" for name in reports]


def test_reports_are_compared_requirement_by_requirement() -> None:
    compared = compare([FIRST, SECOND], ())
    assert {(row.requirement, *(cell.status for cell in row.cells)) for row in compared.rows} == {
        ("KEY-02", FAILED, PASSED),
        ("KEY-03", PASSED, None),
        ("KEY-04", None, FAILED),
    }
    assert compared.compared == 4


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
    assert make_report(backend=backend).backend_name == name


@pytest.mark.parametrize(("status", "told"), [(PASSED, True), (Status.NOT_CLAIMED, False)])
def test_a_known_difference_that_is_gone_is_told(status: Status, *, told: bool) -> None:
    known = KnownDifference("Ceph", "KEY-09", NOT_RUN, "Ceph was shy")
    other = KnownDifference("SeaweedFS", "KEY-09", NOT_RUN, "not compared")
    reports = [make_report(backend=each, KEY_09=status) for each in ("moto 5.2.5", "Ceph 16.2.15")]
    compared = compare(reports, [known, other])
    assert compared.rows == ()
    assert compared.gone == ((known,) if told else ())


def test_many_reports_are_a_table_with_reasons(tmp_path: Path) -> None:
    paths = write(tmp_path, moto=MOTO, ceph=CEPH, weed=WEED)
    known = ("--known-differences", "reasons.toml")
    done = run_here("compare", *paths, *known, "--markdown", "table.md", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout == (
        "1  moto.json: mine on moto 5.2.5\n"
        "2  ceph.json: mine on Ceph 16.2.15\n"
        "3  weed.json: mine on SeaweedFS\n"
        "\n"
        "          1       2        3\n"
        "  KEY-02  passed  not run  passed   x\n"
        "          2: Ceph is shy\n"
        "  KEY-03  passed  passed   not run  x\n"
        "          3: SeaweedFS is wet\n"
        "\n"
        "2 of 3 requirements differ; the reasons are known\n"
    )
    assert (tmp_path / "table.md").read_text() == (
        "| requirement | moto 5.2.5 | Ceph 16.2.15 | SeaweedFS |\n"
        "|---|---|---|---|\n"
        "| KEY-02 | passed | not run | passed |\n"
        "| KEY-03 | passed | passed | not run |\n"
        "\n"
        "- Ceph, KEY-02: Ceph is shy\n"
        "- SeaweedFS, KEY-03: SeaweedFS is wet\n"
        "\n"
        "2 of 3 requirements differ; the reasons are known.\n"
    )


def test_a_backend_is_no_markup(tmp_path: Path) -> None:
    paths = write(tmp_path, a=make_report(backend="a | <b>", KEY_01=PASSED), b=CEPH)
    run_here("compare", *paths, "--markdown", "table.md", folder=tmp_path)
    table = (tmp_path / "table.md").read_text()
    assert table.startswith("| requirement | a \\| &lt;b&gt; | Ceph 16.2.15 |\n")


def test_a_difference_without_a_reason_fails(tmp_path: Path) -> None:
    paths = write(tmp_path, moto=MOTO, ceph=WEED, weed=WEED, again=MOTO)
    done = run_here("compare", *paths, folder=tmp_path)
    assert "  KEY-03  passed  not run (?)  not run (?)  passed  x\n" in done.stdout
    assert "1 of 3 requirements differs; no reason is known for KEY-03\n" in done.stdout
    assert done.returncode == 1


def test_two_reports_are_compared_from_outside(tmp_path: Path) -> None:
    paths = write(tmp_path, a=FIRST, b=SECOND)
    done = run_here("compare", *paths, folder=tmp_path)
    assert "1  a.json: mine on b\n" in done.stdout
    assert "  KEY-02  failed  passed (?)  x\n" in done.stdout
    assert "  KEY-03  passed  absent (?)  x\n" in done.stdout
    assert done.returncode == 1
    same = run_here("compare", "a.json", "a.json", folder=tmp_path)
    assert "they agree" in same.stdout
    assert same.returncode == 0
    alone = run_here("compare", "a.json", folder=tmp_path)
    assert "a.json is the only report: name at least two" in alone.stderr
    assert alone.returncode == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (REASONS.replace("KEY-02", "KEY-99"), "Ceph: there is no requirement KEY-99"),
        (REASONS.replace("SeaweedFS", "Ceph").replace("KEY-03", "KEY-02"), "KEY-02 is listed twic"),
        (REASONS.replace("not-run", "shy"), 'difference[0].status is "shy": expected one of'),
        (REASONS.replace('reason = "Ceph is shy"', ""), "difference[0].reason is missing"),
        ("difference = 1", "difference is 1: expected a list"),
    ],
)
def test_what_is_wrong_with_known_differences_is_told(tmp_path: Path, text: str, told: str) -> None:
    paths = write(tmp_path, moto=MOTO, ceph=CEPH)
    (tmp_path / "reasons.toml").write_text(text)
    done = run_here("compare", *paths, "--known-differences", "reasons.toml", folder=tmp_path)
    assert "reasons.toml is not a valid file of known differences" in done.stderr
    assert told in done.stderr
    assert done.returncode == 4


def test_the_page_on_backends_shows_the_known_differences() -> None:
    page = (Path(__file__).parents[2] / "docs" / "backends.md").read_text()
    head, *rows = re.findall(r"^\| ((?:requirement|[A-Z]+-).*) \|$", page, re.MULTILINE)
    names = [make_report(backend=each).backend_name for each in head.split(" | ")[1:]]
    shown = {
        (name, requirement, status)
        for requirement, *statuses in (row.split(" | ") for row in rows)
        for name, status in zip(names, statuses, strict=True)
        if status != PASSED.words
    }
    known = read_known_differences(None, all_requirements())
    assert names[0] == "moto"
    assert shown == {(each.backend, each.requirement, each.status.words) for each in known}
    for each in known:
        assert re.search(rf"^- {each.backend}, .*{each.requirement}.*: ", page, re.MULTILINE)
        assert each.reason in page


@pytest.mark.parametrize("text", ["{", "[]", '{"schema_version": 1, "requirements": []}'])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    done = run_here("compare", "a.json", "nosuch.json", folder=tmp_path)
    assert done.stderr.startswith("Error: a.json is ")
    assert done.returncode == 4
