"""The commands `list`, `explain`, `coverage`, and `init`."""

import re
import textwrap
from pathlib import Path

from running import run_here

from s3_reporter_conformance.adapters.registry import find_reporter
from s3_reporter_conformance.spec.gherkin import all_rules, all_scenarios, rule_called


def test_list_shows_every_rule(tmp_path: Path) -> None:
    done = run_here("list", folder=tmp_path)
    assert done.returncode == 0
    for rule in all_rules():
        line = rf"^  {rule.id} +{rule.level.value} +{re.escape(rule.name)}$"
        assert re.search(line, done.stdout, re.MULTILINE), rule.id
    assert f"\n{len(all_rules())} rules; 'explain ID' explains one\n" in done.stdout
    runs = run_here("list", "--runs", folder=tmp_path).stdout
    assert re.search(r"^  SEQ-01 +a-json-report$", runs, re.MULTILINE)
    assert runs.endswith(f"\n{len(all_scenarios())} runs; 'call REPORTER RUN' makes one\n")


def test_explain_shows_a_rule_as_it_stands(tmp_path: Path) -> None:
    done = run_here("explain", "err-07", folder=tmp_path)
    assert done.returncode == 0
    rule = rule_called("ERR-07")
    for words in (
        f"ERR-07  {rule.name}\ncore\nfeatures/error_handling.feature, line {rule.line}\n",
        textwrap.indent(rule.gherkin, "  "),
        f"Node {rule.node} of diagrams/error_handling.mmd\n",
        "Interpretation 3: Exponential backoff\n",
        "-k ERR-07\n",
        "cenkalti/backoff",
    ):
        assert " ".join(words.split()) in " ".join(done.stdout.split())
    assert "(file|body)|no (data|bytes)\n" in run_here("explain", "ERR-12", folder=tmp_path).stdout
    for scenario in all_scenarios():
        assert (f"\n  {scenario.id}\n" in done.stdout) is (scenario.rule == "ERR-07")


def test_a_sentence_that_goes_on_in_the_next_line_is_wrapped_as_one(tmp_path: Path) -> None:
    said = run_here("explain", "LOC-03", folder=tmp_path).stdout
    assert "\n    in HOME, and in folders of their own under TMPDIR, may appear" in said


def test_explain_shows_the_rules_of_a_feature(tmp_path: Path) -> None:
    done = run_here("explain", "Local-Name", folder=tmp_path)
    for words in (
        "local-name\nFor a reporter whose local copy is called s3-report, whatever the key.\n",
        "\n  Rule: The copy is called s3-report\n",
        "verify REPORTER --features local-name -m local_name\n",
    ):
        assert words in done.stdout


def test_explain_shows_a_run_with_its_values(tmp_path: Path) -> None:
    said = run_here("explain", "Pair-05", folder=tmp_path).stdout
    assert "\n    Given a configured reporter\n      And " in said
    assert said.endswith("Make this run alone: s3-reporter-conformance call REPORTER pair-05\n")


def test_coverage_is_that_of_the_reference(tmp_path: Path) -> None:
    done = run_here("coverage", folder=tmp_path)
    assert done.returncode == 0
    assert re.search(r"^error_handling +22 of 22 +11 of 11$", done.stdout, re.MULTILINE)
    details = run_here("coverage", "--details", folder=tmp_path).stdout
    arrow = r"^  edge Which error\? \(Throttling\) -> Back off exponentially\n    \w"
    assert re.search(arrow, details, re.MULTILINE)


def test_coverage_is_that_of_a_report(tmp_path: Path) -> None:
    asked = ("verify", "-k", "a-json-report", "--report", "report.json")
    run_here(*asked, folder=tmp_path)
    done = run_here("coverage", "report.json", folder=tmp_path)
    assert re.search(r"^local_output +(\d+) of \1 ", done.stdout, re.MULTILINE)
    assert "covered by no run" in done.stdout
    assert done.returncode == 1


def test_init_fills_the_manifest_in(tmp_path: Path) -> None:
    given = ("--name", 'Grüße "S3"', "--adapter", "command:./mine 'a b'")
    done = run_here("init", *given, "mine.toml", folder=tmp_path)
    assert "Wrote mine.toml. Check that the reporter runs:\n" in done.stdout
    manifest = find_reporter(str(tmp_path / "mine.toml"))
    assert (manifest.name, manifest.adapter) == ('Grüße "S3"', "command:./mine 'a b'")
    # Nothing is claimed of the reporter that its user did not say.
    assert (manifest.version, manifest.url, manifest.features) == ("", "", frozenset())


def test_init_writes_a_manifest_and_never_over_another(tmp_path: Path) -> None:
    done = run_here("init", folder=tmp_path)
    assert "s3-reporter-conformance smoke reporter.toml" in done.stdout
    text = (tmp_path / "reporter.toml").read_text()
    (tmp_path / "reporter.toml").write_text(
        text.replace('"command:node reporter.mjs"', '"python:reporters:Broken"')
    )
    again = run_here("init", folder=tmp_path)
    assert "reporter.toml is there already" in again.stderr
    assert again.returncode == 4
    assert "python:reporters:Broken" in (tmp_path / "reporter.toml").read_text()
    assert run_here("init", "nosuch/reporter.toml", folder=tmp_path).returncode == 4
