"""Rules judge runs by what was given and observed, whoever made them."""

from dataclasses import replace
from typing import Any

import pytest
from made_runs import AUDIT, STEM, a_run, document, nothing_sent, options, put, put_yaml

from s3_reporter_conformance.runner.judge import Judged, Judges
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.spec.gherkin import all_rules, rule_called, scenario_called
from s3_reporter_conformance.words.errors import Nonconformance

A_JSON_REPORT = scenario_called("a-json-report")
YAML = options(file_format="yaml")


def judges(*features: str) -> Judges:
    return Judges(rule for rule in all_rules() if rule.feature in {None, *features})


EVERY_DIAGRAM = judges()


def judged(run: Run, problem: Nonconformance | None = None, *features: str) -> Judged:
    found = judges(*features) if features else EVERY_DIAGRAM
    return found.judge(run, A_JSON_REPORT, problem)


def broken_in(run: Run, *features: str) -> set[str]:
    return {finding.rule for finding in judged(run, None, *features).findings}


# Of rules with judgments at other nodes than their own; mutants break the others.
WRONG = {
    "FMT-01 at to_json": a_run(put(body=document("yaml"))),
    "FMT-01 at to_yaml": a_run(put_yaml(body=document("json")), options=YAML),
    "FMT-02 at json_type": a_run(put(content_type="text/plain")),
    "FMT-02 at yaml_type": a_run(put_yaml(content_type="text/yaml"), options=YAML),
    "KEY-04 at json_extension": a_run(put(key=f"scans/{STEM}.txt")),
    "KEY-04 at yaml_extension": a_run(put_yaml(key=f"scans/{STEM}.yml"), options=YAML),
    "CFG-06 at default_profile": a_run(put(credentials=AUDIT)),
    "ERR-05 at check_permissions": a_run(*[put("AccessDenied")] * 2),
    "ERR-05 at check_bucket": a_run(*[put("NoSuchBucket")] * 2),
    "ERR-05 at log_error": a_run(*[put("UnheardOf", status=409)] * 2),
}


@pytest.mark.parametrize(("about", "run"), WRONG.items())
def test_a_wrong_run_breaks_the_rule_that_it_is_about_at_its_node(about: str, run: Run) -> None:
    name, _, node = about.partition(" at ")
    rule = rule_called(name)
    [finding] = judged(run).findings
    assert (finding.rule, finding.diagram, finding.node) == (name, rule.diagram, node)
    assert finding.sentence in {sentence for each in rule.judgments for sentence in each.then}


def test_a_wrong_run_shows_each_node_at_which_a_rule_has_a_judgment() -> None:
    shown = {about.partition(" at ")[2] for about in WRONG}
    assert shown == {
        judgment.node
        for rule in all_rules()
        for judgment in rule.judgments
        if judgment.node != rule.node
    }


def test_a_rule_that_does_not_apply_is_neither_kept_nor_broken() -> None:
    found = judged(nothing_sent(options=options(bucket_name=None), ready=False))
    applied = {*found.kept, *(finding.rule for finding in found.findings)}
    assert applied >= {"CFG-02", "CFG-03"}
    # Nothing was sent: there is no key, no document, and no attempt to judge.
    assert not {name for name in applied if name.startswith(("KEY", "FMT", "ERR", "INT"))}


def test_a_rule_of_a_feature_judges_those_who_declare_it() -> None:
    run = a_run(features=["hadoop-safe-keys"])
    assert broken_in(run) == set()
    assert broken_in(run, "hadoop-safe-keys") == {"EXT-HADOOP-01"}


def test_what_a_feature_says_of_settings_counts_where_it_is_declared() -> None:
    def signed_for(region: str, *features: str) -> Run:
        return a_run(
            put(region=region),
            options=options(aws_region=None),
            environment={"AWS_DEFAULT_REGION": "sa-east-1"},
            features=features,
            ready=True,
        )

    feature = "default-region-env"
    # Without the feature, there is no region.
    assert "CFG-02" in broken_in(signed_for("sa-east-1"))
    assert broken_in(signed_for("sa-east-1", feature), feature) == set()
    assert "CFG-04" in broken_in(signed_for("us-east-1", feature), feature)


def test_what_is_particular_to_a_run_counts_for_its_rule() -> None:
    problem = Nonconformance("2 PutObject requests", "1")
    found = judged(a_run(), problem)
    [finding] = found.findings
    assert (finding.rule, finding.sentence) == (A_JSON_REPORT.rule, A_JSON_REPORT.name)
    assert (finding.expected, finding.seen) == ("2 PutObject requests", "1")
    assert A_JSON_REPORT.rule not in found.kept
    # A rule that a run breaks anyway is told once.
    silent = nothing_sent(files={"reports/report.json": b"{}"})
    assert [each.rule for each in judged(silent, problem).findings] == ["SEQ-01"]


def test_a_rule_with_a_judgment_that_breaks_is_not_kept() -> None:
    denied = judged(WRONG["ERR-05 at check_permissions"])
    assert "ERR-05" not in denied.kept
    assert len(denied.kept) == len(set(denied.kept))


@pytest.mark.parametrize(("took", "late"), [(1.4, False), (1.6, True)])
def test_a_time_limit_that_a_busy_machine_reaches_is_no_fault(took: float, late: bool) -> None:
    twice = [replace(put(), took=took), put()]
    found = judged(a_run(*twice, options=options(time_limit=3)))
    broken = {finding.rule for finding in found.findings}
    assert ("ERR-01" in broken, "ERR-01" in found.uncertain) == (not late, late)
    assert "ERR-01" not in found.kept
    assert "KEY-01" in found.kept
    assert "ERR-01" in broken_in(a_run(*twice))


def test_what_differs_in_a_retry_alone_is_told_as_a_difference() -> None:
    others: dict[str, dict[str, Any]] = {
        "CFG-06": {"credentials": AUDIT},
        "CFG-04": {"region": "us-east-1"},
    }
    for first, other in others.items():
        told = {first, "ERR-06"}
        assert broken_in(a_run(put("SlowDown"), put(**other))) & told == {"ERR-06"}
        assert broken_in(a_run(put("SlowDown", **other), put())) & told == {first}
