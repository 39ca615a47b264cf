"""Rules judge runs by what was given and observed, whoever made them."""

from dataclasses import replace

import pytest
from made_runs import (
    AUDIT,
    BUCKET,
    NO_ANSWER,
    OTHER_BUCKET,
    RESULTS,
    STEM,
    a_run,
    call,
    complaint,
    document,
    nothing_sent,
    options,
    put,
    put_yaml,
    request,
    run_of,
)

from s3_reporter_conformance.judging.waits import UNTIL_TOLD
from s3_reporter_conformance.runner.judge import Judged, Judges
from s3_reporter_conformance.s3.refusal import Refusal
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.spec.gherkin import all_rules, rule_called, scenario_called
from s3_reporter_conformance.words.errors import Nonconformance

A_JSON_REPORT = scenario_called("a-json-report")
YAML = options(file_format="yaml")
WAITS = {"calls": UNTIL_TOLD}


def judges(*features: str) -> Judges:
    return Judges(rule for rule in all_rules() if rule.feature in {None, *features})


EVERY_DIAGRAM = judges()
IN_ANOTHER_ZONE = RESULTS.replaced("metadata.summary_stats.start", "2026-01-15T10:30:00.25-05:00")
LOST = RESULTS.replaced("scanner_results", {})


def judged(run: Run, problem: Nonconformance | None = None, *features: str) -> Judged:
    found = judges(*features) if features else EVERY_DIAGRAM
    return found.judge(run, A_JSON_REPORT, problem)


def broken_in(run: Run, *features: str) -> set[str]:
    return {finding.rule for finding in judged(run, None, *features).findings}


def throttled(times: int, **changes: object) -> Run:
    """A run in which S3 throttles so many attempts, and takes the next one, if any is left."""
    answers = ["SlowDown"] * times + ["success"] * (times <= 3)
    return a_run(*map(put, answers), **changes)


def called_until_told(*times: float) -> Run:
    """A run whose attempts, all of them throttled, come at these times in each call."""
    attempts = [put("SlowDown", time=time) for time in times]
    return run_of(*[call(*attempts)] * 6, facts=WAITS)


def no_profile(name: str) -> Run:
    said = f"ProfileNotFound: the config profile ({name}) could not be found"
    return nothing_sent(
        options=options(aws_profile=name),
        returned=said,
        log=[said],
        files={"reports/report.json": b"{}"},
    )


RIGHT = {
    "JSON": a_run(),
    "YAML": a_run(put_yaml(), options=YAML),
    "throttled once": throttled(1),
    "throttled until the last retry": throttled(3),
    "throttled for ever": throttled(4),
    "access denied": a_run(put("AccessDenied")),
    "no such bucket": a_run(put("NoSuchBucket")),
    "another error": a_run(put("InvalidRequest")),
    "a lost connection": a_run(put(NO_ANSWER)),
    "a failure of S3, retried more often than max_retries": a_run(
        *[put("InternalError")] * 9, put()
    ),
    "not configured": nothing_sent(options=options(bucket_name=None), ready=False),
    "region and bucket from the environment": a_run(
        options=options(aws_region=None, bucket_name=None),
        environment={"AWS_REGION": "eu-west-1", "ASH_S3_BUCKET_NAME": BUCKET},
    ),
    "an option before the environment": a_run(
        environment={"AWS_REGION": "us-west-2", "ASH_S3_BUCKET_NAME": OTHER_BUCKET}
    ),
    "a profile": a_run(put(credentials=AUDIT), options=options(aws_profile="audit")),
    "a profile that does not exist": no_profile("nosuch"),
    "an empty prefix": a_run(put(key=f"{STEM}.json"), options=options(key_prefix="")),
    "no prefix": a_run(put(key=f"of-ash/{STEM}.json"), options=options(key_prefix=None)),
    "no format": a_run(put_yaml(), options=options(file_format=None)),
    "a slash at the end of the prefix": a_run(options=options(key_prefix="scans/")),
    "a start with a fraction, in another zone": a_run(
        put(
            key="scans/ash-report-2026-01-15T103000.25-0500.json",
            body=document("json", IN_ANOTHER_ZONE),
        ),
        results=IN_ANOTHER_ZONE,
        facts={"start": "in another zone, with a fraction"},
    ),
    "other requests that only look": a_run(
        request("HEAD", f"/{BUCKET}"), put(), request("GET", f"/{BUCKET}/scans/{STEM}.json")
    ),
    "a copy of another scan from before": a_run(
        files={"reports/a.json": document("json"), "reports/b.json": b"{}"},
        files_before={"reports/b.json": b"{}"},
    ),
    "doubling waits": called_until_told(0, 0.2, 0.6, 1.4),
}

# Mutants break the other rules.  A rule with judgments at other nodes than its own says at which.
WRONG: dict[str, tuple[str, Run]] = {
    "a request that S3 refuses": (
        "ARC-01",
        a_run(
            request(
                "HEAD",
                f"/{BUCKET}",
                "SignatureDoesNotMatch",
                refusal=Refusal("SignatureDoesNotMatch", "it is wrong"),
            ),
            put(),
        ),
    ),
    "a new bucket": ("ARC-03", a_run(request("PUT", f"/{BUCKET}"), put())),
    "not ready": ("CFG-01", nothing_sent(ready=False)),
    "ready without a bucket": ("CFG-02", nothing_sent(options=options(bucket_name=None))),
    "an upload although not ready": (
        "CFG-03",
        a_run(put("NoSuchBucket"), ready=False, facts={"bucket": "missing"}),
    ),
    "another region": ("CFG-04", a_run(put(region="us-east-1"))),
    "no upload": (
        "SEQ-01",
        nothing_sent(files={"reports/report.json": b"{}"}),
    ),
    "no copy of a refused upload": ("SEQ-06", a_run(put("AccessDenied"), files={})),
    "YAML for JSON": ("FMT-01 at to_json", a_run(put(body=document("yaml")))),
    "JSON for YAML": ("FMT-01 at to_yaml", a_run(put_yaml(body=document("json")), options=YAML)),
    "JSON as text": ("FMT-02 at json_type", a_run(put(content_type="text/plain"))),
    "YAML as text": (
        "FMT-02 at yaml_type",
        a_run(put_yaml(content_type="text/yaml"), options=YAML),
    ),
    "JSON as .txt": ("KEY-04 at json_extension", a_run(put(key=f"scans/{STEM}.txt"))),
    "YAML as .yml": (
        "KEY-04 at yaml_extension",
        a_run(put_yaml(key=f"scans/{STEM}.yml"), options=YAML),
    ),
    "the credentials of another profile": (
        "CFG-06 at default_profile",
        a_run(put(credentials=AUDIT)),
    ),
    "the credentials of the default profile": (
        "CFG-06",
        a_run(options=options(aws_profile="audit")),
    ),
    "a content type that does not follow the format": (
        "FMT-05",
        a_run(put_yaml(content_type="application/json"), options=options(file_format=None)),
    ),
    "a success that is repeated": ("ERR-01", a_run(put(), put())),
    "a retry too many": ("ERR-03", a_run(*[put("SlowDown")] * 5)),
    "a retry after access denied": (
        "ERR-05 at check_permissions",
        a_run(*[put("AccessDenied")] * 2),
    ),
    "a retry without a bucket": ("ERR-05 at check_bucket", a_run(*[put("NoSuchBucket")] * 2)),
    "a retry of what is wrong": ("ERR-05 at log_error", a_run(*[put("InvalidRequest")] * 2)),
    "waits that do not grow": ("ERR-07", called_until_told(0, 0.2, 0.4, 0.6)),
    "a wait after the last attempt": (
        "ERR-08",
        run_of(*[replace(RIGHT["access denied"].observation, ended=5.0)] * 6, facts=WAITS),
    ),
    "access denied in silence": ("ERR-09", a_run(put("AccessDenied"), log=[])),
    "the wrong cause": (
        "ERR-12",
        a_run(put("NoSuchBucket"), returned=complaint("AccessDenied")),
    ),
    "a false alarm": ("ERR-13", a_run(log=["something went wrong"])),
    "the time of the upload": ("KEY-01", a_run(put(key="scans/ash-report-20261122T200000Z.json"))),
    "a start without its zone": (
        "KEY-06",
        a_run(
            put(
                key="scans/ash-report-2026-01-15T10:30:00.25.json",
                body=document("json", IN_ANOTHER_ZONE),
            ),
            results=IN_ANOTHER_ZONE,
            facts={"start": "in another zone, with a fraction"},
        ),
    ),
    "no copy": ("LOC-01", a_run(files={})),
    "a second file": (
        "LOC-03",
        a_run(files={"reports/a.json": document("json"), "reports/a.log": b"done"}),
    ),
}


@pytest.mark.parametrize("run", RIGHT.values(), ids=RIGHT)
def test_a_right_run_breaks_no_rule(run: Run) -> None:
    found = judged(run)
    assert [str(finding) for finding in found.findings] == []
    assert "ARC-03" in found.kept


@pytest.mark.parametrize(("about", "run"), WRONG.values(), ids=WRONG)
def test_a_wrong_run_breaks_the_rule_that_it_is_about_at_its_node(about: str, run: Run) -> None:
    name, _, node = about.partition(" at ")
    rule = rule_called(name)
    [finding] = judged(run).findings
    place = (rule.diagram, node or rule.node)
    assert (finding.rule, finding.diagram, finding.node) == (name, *place)
    assert finding.sentence in {sentence for each in rule.judgments for sentence in each.then}


def test_a_wrong_run_shows_each_node_at_which_a_rule_has_a_judgment() -> None:
    shown = {about.partition(" at ")[2] for about, _ in WRONG.values()} - {""}
    assert shown == {
        judgment.node
        for rule in all_rules()
        for judgment in rule.judgments
        if judgment.node != rule.node
    }


def test_a_rule_that_does_not_apply_is_neither_kept_nor_broken() -> None:
    found = judged(RIGHT["not configured"])
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
    denied = judged(WRONG["a retry after access denied"][1])
    assert "ERR-05" not in denied.kept
    assert len(denied.kept) == len(set(denied.kept))
