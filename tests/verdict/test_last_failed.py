"""The runs that did not pass are remembered, for each reporter."""

from pathlib import Path

import pytest
from results import a_rule, a_run

from s3_reporter_conformance.verdict.last_failed import last_failed, remember_failed
from s3_reporter_conformance.verdict.runs import RunResult
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Verdict

RULES = (
    a_rule("KEY-01", Status.FAILED),
    a_rule("KEY-02", Status.KNOWN_DEVIATION),
    a_rule("KEY-03"),
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def remembered(*runs: RunResult) -> list[str]:
    remember_failed("mine", Verdict(RULES, runs))
    return list(last_failed("mine"))


def test_what_did_not_pass_is_remembered() -> None:
    runs = (
        a_run("a", breaks=["KEY-01"]),
        a_run("b", breaks=["KEY-02"]),
        a_run("c", keeps=["KEY-03"]),
        a_run("d", status=Status.ADAPTER_ERROR),
    )
    assert remembered(*runs) == ["a", "d"]
    assert last_failed("another") == []


def test_what_was_not_run_now_is_as_it_was_before() -> None:
    assert remembered(*(a_run(name, breaks=["KEY-01"]) for name in ("a", "b"))) == ["a", "b"]
    left_out = a_run("b", status=Status.NOT_SELECTED)
    assert remembered(a_run("a", keeps=["KEY-01"]), left_out) == ["b"]
