"""Exploring a reporter, from the command line to a scenario that can be pasted."""

import textwrap
from pathlib import Path

import pytest
from running import A_JSON_REPORT, broken, run, run_here, run_statuses

from s3_reporter_conformance.backends.moto import MotoBackend
from s3_reporter_conformance.runner.exploration import Exploration
from s3_reporter_conformance.words.errors import BackendError

REPORTER = """
from s3_reporter_conformance.reference import S3Reporter


class Reporter(S3Reporter):
    def __init__(self, options, output_dir):
        super().__init__({"base_delay": 0.02, **options}, output_dir)
        wrong = {"file_format": "yaml", "aws_profile": "audit"}
        self.is_wrong = wrong.items() <= options.items()

    def report(self, results):
        returned = super().report(results)
        return returned.replace(".yaml", ".json") if self.is_wrong else returned
"""
LOGGING = """
from pathlib import Path

from s3_reporter_conformance.reference import S3Reporter

BUCKETS = Path("buckets").absolute()


class Reporter(S3Reporter):
    def __init__(self, options, output_dir):
        super().__init__({"base_delay": 0.02, **options}, output_dir)

    def report(self, results):
        with BUCKETS.open("a") as file:
            print(self.configuration.bucket, repr(self.configuration.prefix), file=file)
        super().report(results)
"""
FOUND = """\
Scenario: Found with file_format yaml, aws_profile set
  Given a configured reporter
  And an AWS profile "audit" with permanent credentials
  And the option aws_profile is "audit"
  And the option file_format is "yaml"
  When ASH Core runs the reporter
"""
FEATURE = f"Feature: Explored\n\n{textwrap.indent(FOUND, '  ')}"
SLUG = "found-with-file-format-yaml-aws-profile-set"
# A seed that draws both of them soon.
EXPLORED = ("-k", A_JSON_REPORT, "--explore", "10", "--seed", "13")


def test_each_situation_has_a_bucket_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(LOGGING)
    asked = ("--seed", "143", "--explore", "15", "-n", "3")
    run("verify", "python:mine:Reporter", "-k", "pair-", *asked, folder=tmp_path)
    lines = {*(tmp_path / "buckets").read_text().splitlines()}
    buckets = [line.split()[0] for line in lines]
    assert len(lines) > len(asked)
    assert len(buckets) == len({*buckets})


def test_angle_brackets_in_a_situation_are_text(tmp_path: Path) -> None:
    changed = FEATURE.replace('file_format is "yaml"', 'key_prefix is "<a>b"')
    (tmp_path / "found.feature").write_text(changed)
    asked = ("-k", SLUG, "--explore-examples", "found.feature", "--report", "report.json")
    run_here("verify", "reference", *asked, folder=tmp_path)
    assert "s3://reports/<a>b/ash-report-" in (tmp_path / "report.json").read_text()
    assert run_statuses(tmp_path / "report.json")[SLUG] == "passed"


def test_a_finding_is_a_scenario_that_is_kept_and_asked_first(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(REPORTER)
    asked = ("verify", "python:mine:Reporter", "--explore-examples", "found.feature")
    done = run(*asked, *EXPLORED, "-n", "2", "--html", "site", folder=tmp_path)
    assert done.returncode == 1
    assert "FAIL  SEQ-02" in done.stdout
    assert textwrap.indent(FOUND, "    ") in done.stdout
    assert (tmp_path / "found.feature").read_text() == FEATURE
    assert "--explore-examples=found.feature --last-failed" in done.stdout
    (page,) = (tmp_path / "site" / "reporters").glob("*.html")
    explored = page.read_text().partition("What exploring found")[2]
    assert "SEQ-02" in explored
    assert "Scenario: Found with" in explored
    assert not (tmp_path / ".hypothesis").exists()
    (repeat,) = (line for line in done.stdout.splitlines() if line.startswith("    repeat"))
    _, *arguments = repeat.split("s3-reporter-conformance ")[1].split()
    done = run_here("verify", *arguments, "--report", "report.json", folder=tmp_path)
    assert broken(tmp_path / "report.json") == {"SEQ-02"}
    (tmp_path / "mine.py").write_text(REPORTER.replace("audit", "nobody"))
    done = run(*asked, "--verbose", "-k", "found", folder=tmp_path)
    assert f"pass  {SLUG}" in done.stdout
    assert f"--explore-examples={tmp_path / 'found.feature'}\n" in done.stdout
    assert (tmp_path / "found.feature").read_text() == FEATURE


def test_the_end_tells_how_much_was_explored(tmp_path: Path) -> None:
    done = run_here("verify", "reference", *EXPLORED, folder=tmp_path)
    assert done.returncode == 0, done.stdout
    told = done.stdout.partition("Explored\n")[2].partition("\n\n")[0]
    assert "situations with --seed=13: " in told
    assert " triples of facts met" in told


def test_nothing_is_explored_without_a_backend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BackendError("no space left")

    def explore_without(exploration: Exploration) -> str:
        monkeypatch.setattr(MotoBackend, "objects", fail)
        return explore(exploration)

    explore = Exploration.explore
    monkeypatch.setattr(Exploration, "explore", explore_without)
    done = run_here("verify", "reference", *EXPLORED, folder=tmp_path)
    assert "ended early: the backend: no space left" in done.stdout
    assert "2 situations with --seed=13" in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize(("how", "code"), [((), 1), (EXPLORED[2:4], 130)])
def test_an_interrupt_while_causes_are_sought_leaves_the_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: tuple[str, ...], code: int
) -> None:
    def interrupt(_: Exploration) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Exploration, "explore", interrupt)
    mutant = "python:mutants:NoSlash"
    done = run_here("verify", mutant, "-k", A_JSON_REPORT, *how, folder=tmp_path)
    assert "FAIL  KEY-03" in done.stdout
    assert ("No verdict: interrupted" in done.stdout) == bool(how)
    assert done.returncode == code


def test_a_suite_that_fails_while_causes_are_sought_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Exploration) -> str:
        raise RuntimeError

    monkeypatch.setattr(Exploration, "explore", fail)
    done = run_here("verify", "reference", "-k", A_JSON_REPORT, folder=tmp_path)
    assert "the suite itself failed; please report this: RuntimeError" in done.stdout
    assert "No verdict: not all runs were judged" in done.stdout
    assert done.returncode == 3


def test_an_odd_amount_is_a_usage_error(tmp_path: Path) -> None:
    done = run_here("verify", "reference", "--explore", "soon", folder=tmp_path)
    assert done.returncode == 4
    assert "--explore is 'soon'; expected a number of situations, such as 300" in done.stderr
