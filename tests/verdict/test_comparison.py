"""Reports side by side, rule by rule."""

from pathlib import Path

import pytest
from results import a_report, a_rule

from s3_reporter_conformance.reporting.side_by_side import lines
from s3_reporter_conformance.verdict.comparison import compare
from s3_reporter_conformance.verdict.report import Report
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import RuleResult

PASSED, FAILED, NOT_RUN = Status.PASSED, Status.FAILED, Status.NOT_RUN


def on(backend: str, *rules: RuleResult) -> Report:
    return a_report(rules, backend=backend)


def rules(**statuses: Status) -> list[RuleResult]:
    """Rules with some statuses, the ids written with `_`."""
    return [a_rule(name.replace("_", "-"), status) for name, status in statuses.items()]


MOTO = on("moto 5.2.5", *rules(KEY_01=PASSED, KEY_02=PASSED, KEY_03=PASSED))
CEPH = on("Ceph 16.2.15", *rules(KEY_01=PASSED, KEY_02=NOT_RUN, KEY_04=FAILED))


def test_reports_are_compared_rule_by_rule() -> None:
    reports = [MOTO, MOTO, CEPH]
    assert list(lines(reports, [Path("moto.json"), Path("again.json"), Path("ceph.json")])) == [
        "1  moto.json: mine 1.2.3 on moto 5.2.5",
        "2  again.json: mine 1.2.3 on moto 5.2.5",
        "3  ceph.json: mine 1.2.3 on Ceph 16.2.15",
        "",
        "          1       2       3",
        "  KEY-02  passed  passed  not run            The name of KEY-02",
        "  KEY-03  passed  passed  absent             The name of KEY-03",
        "  KEY-04  absent  absent  failed in 27 runs  The name of KEY-04",
        "",
        "3 rules differ",
    ]


def test_a_rule_that_other_runs_break_differs() -> None:
    one, same, other = (
        on("a", a_rule("KEY-02", FAILED, runs=runs)) for runs in (("x", "y"), ("y", "x"), ("x",))
    )
    assert len(compare([one, other])) == 1
    assert list(lines([one, same], [Path("a"), Path("b")]))[-1] == "they agree"


@pytest.mark.parametrize("name", ["moto", "Ceph Object Gateway", "http://127.0.0.1:9000"])
def test_a_backend_has_a_name_without_its_version(name: str) -> None:
    for backend in (name, f"{name} 5.2.5", f"{name} v19.2"):
        assert on(backend).backend_name == name
