"""The rules and the runs that a user selects."""

import re
from pathlib import Path

import pytest
from running import A_JSON_REPORT, BOTH, broken, made, run_here, statuses

from s3_reporter_conformance.runner.selection import JUDGED_UNDER, Selection
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.exit_code import ExitCode

NOTHING = "neither-region-nor-bucket"
# Runs that do not wait.
ASKED = "SEQ-01 or SEQ-04 or SEQ-05 or SEQ-06"
FROM_REFERENCE = "from s3_reporter_conformance.reference import S3Reporter as Mine"


def selected(keyword: str | None = None, marks: str | None = None) -> set[str]:
    return set(Selection(keyword, marks).scenarios())


def under(rule: str) -> set[str]:
    return {each.id for each in all_scenarios() if each.rule == rule}


def test_names_select_runs() -> None:
    assert selected() == {each.id for each in all_scenarios()}
    longer = [each.id for each in all_scenarios() if each.id.startswith(f"{A_JSON_REPORT}-")]
    assert longer
    assert selected("A-JSON-Report") == {A_JSON_REPORT}
    assert selected(longer[0]) == {longer[0]}
    found = selected("json-repor")
    assert len(found) > 1
    assert found == {each.id for each in all_scenarios() if "json-repor" in each.id}


def test_a_rule_selects_the_runs_under_it() -> None:
    for rule in all_rules():
        assert selected(rule.id), rule.id
        its_own = under(rule.id) | under(JUDGED_UNDER.get(rule.id, ""))
        assert selected(rule.id) == (its_own or selected(marks=rule.area))
    assert selected("seq-01 or CFG-03") == under("SEQ-01") | under("CFG-03")
    assert selected("CFG and not CFG-01") == {
        each.id
        for each in all_scenarios()
        if (each.rule or "").startswith("CFG-") and each.rule != "CFG-01"
    }


def test_a_mark_selects_a_feature_file_and_what_a_diagram_draws() -> None:
    naming = {each.id for each in all_scenarios() if each.area == "object_naming"}
    unusual = {each.id for each in all_scenarios() if each.is_unusual}
    assert selected(marks="object_naming") == naming
    assert selected(marks="unusual") == unusual
    assert selected(marks="object_naming and drawn") == naming - unusual


@pytest.mark.parametrize("level", Level)
def test_a_level_selects_the_rules_that_judge(level: Level) -> None:
    selection = Selection(level=level.value)
    assert {rule.level for rule in selection.rules()} == {level}
    extended = {each.id for each in all_scenarios() if each.feature}
    expected = extended if level is Level.EXTENDED else selected() - extended
    assert selection.scenarios() == expected


def test_a_selected_run_is_judged_by_every_rule(tmp_path: Path) -> None:
    done = run_here("verify", "-k", BOTH, "--report", "report.json", folder=tmp_path)
    assert made(tmp_path / "report.json") == {A_JSON_REPORT, NOTHING}
    found = statuses(tmp_path / "report.json")
    assert {found[name] for name in ("CFG-02", "KEY-03", "LOC-01", "SEQ-01")} == {"passed"}
    assert found["KEY-05"] == found["ERR-02"] == "not-selected"
    assert re.search(r"^ +\d+ runs: 2 passed, \d+ not selected$", done.stdout, re.MULTILINE)
    assert "Partial: the rules that were judged hold, but not every rule was selected" in " ".join(
        done.stdout.split()
    )
    assert done.returncode == 0


def test_a_rule_that_its_own_runs_cannot_judge_is_no_pass(tmp_path: Path) -> None:
    # The reference is not ready without a bucket, and so makes no attempt.
    done = run_here("verify", "-k", "ERR-05", "-m", "unusual", folder=tmp_path)
    assert done.returncode == ExitCode.NOTHING_RAN
    assert "No run of these could judge ERR-05: make all runs" in done.stdout


def test_a_recommendation_stops_a_run_only_if_it_decides(tmp_path: Path) -> None:
    asked = ("verify", "python:reporters:FalseAlarm", "-k", ASKED, "--fail-fast")
    report = ("--report", "report.json")
    done = run_here(*asked, *report, folder=tmp_path)
    everything = made(tmp_path / "report.json")
    assert everything <= selected(ASKED)
    assert done.returncode == 0
    done = run_here(*asked, *report, "--strict", "-n", "2", folder=tmp_path)
    assert len(made(tmp_path / "report.json")) < len(everything)
    assert " not run" in done.stdout
    assert "ended early" not in done.stdout
    assert done.returncode == 1


def test_the_runs_that_failed_the_last_time_are_made_alone(tmp_path: Path) -> None:
    asked = ("verify", "python:mine:Mine", "-k", BOTH, "--report", "report.json")

    def again(*arguments: str) -> set[str]:
        run_here(*asked, "--last-failed", *arguments, folder=tmp_path)
        return made(tmp_path / "report.json")

    (tmp_path / "mine.py").write_text("from mutants import NoSlash as Mine")
    assert again() == {A_JSON_REPORT, NOTHING}
    assert broken(tmp_path / "report.json") == {"KEY-03"}
    assert again() == {A_JSON_REPORT}
    other = run_here("verify", "-k", NOTHING, "--last-failed", folder=tmp_path)
    assert "Nothing is known to have failed the last time" in other.stdout
    (tmp_path / "mine.py").write_text(FROM_REFERENCE)
    assert again() == {A_JSON_REPORT}
    assert again() == {A_JSON_REPORT, NOTHING}


def test_a_run_that_a_dead_worker_made_is_told(tmp_path: Path) -> None:
    asked = ("-k", f"{BOTH} or CFG-01", "-n", "2", "--in-process", "--report", "report.json")
    done = run_here("verify", "python:reporters:Exits", *asked, folder=tmp_path)
    said = " ".join(done.stdout.split())
    assert "the process that called the reporter ended: exit code 3" in said
    assert said.count("No verdict") == 1
    assert made(tmp_path / "report.json") <= {NOTHING}
    assert done.returncode == 3
