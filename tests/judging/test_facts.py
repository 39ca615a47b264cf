"""The facts of a run: those that were given, and those that were observed."""

import pytest
from made_runs import AUDIT, BUCKET, a_run, nothing_sent, options, put

from s3_reporter_conformance.judging.facts import FACTS, given_facts, observed_facts
from s3_reporter_conformance.scenario.run import Run


def test_every_fact_has_a_name_that_rules_can_use() -> None:
    for run in (a_run(), nothing_sent(options=options(aws_region=None), ready=False)):
        assert {*given_facts(run), *observed_facts(run)} <= {*FACTS}


def test_a_usual_run_has_usual_facts() -> None:
    given = given_facts(a_run())
    assert given["file_format"] == "json"
    assert given["key_prefix"] == "plain"
    assert given["region"] == "eu-west-1"
    assert given["answer"] == "success"
    assert given["aws_region"] == given["bucket_name"] == "set"
    assert given["AWS_REGION"] == given["aws_profile"] == "not set"
    assert given["credentials"] == "permanent"
    observed = observed_facts(a_run())
    assert observed["upload"] == "stored"
    assert observed["number of retries"] == "none"
    assert observed["last answer"] == "success"
    assert observed["reporter"] == "ready"


@pytest.mark.parametrize(
    ("run", "fact", "value"),
    [
        (a_run(options=options(file_format=None)), "file_format", "not set"),
        (a_run(options=options(file_format="")), "file_format", "empty"),
        (a_run(options=options(key_prefix=None)), "key_prefix", "not set"),
        (a_run(options=options(key_prefix="")), "key_prefix", "empty"),
        (a_run(options=options(key_prefix="a/b-1")), "key_prefix", "plain"),
        (a_run(options=options(key_prefix="a b")), "key_prefix", "unusual"),
        (a_run(options=options(key_prefix="a/")), "key_prefix", "with a slash at its end"),
        (a_run(options=options(aws_region="")), "aws_region", "empty"),
        (a_run(options=options(aws_profile="audit")), "aws_profile", "set"),
        (a_run(options=options(aws_profile="audit")), "credentials", "temporary"),
        (a_run(options=options(aws_profile="nosuch")), "aws_profile", "unknown"),
        (a_run(options=options(max_retries=1)), "max_retries", "1"),
        (a_run(environment={"ASH_S3_BUCKET_NAME": BUCKET}), "ASH_S3_BUCKET_NAME", "set"),
        (a_run(environment_credentials=AUDIT), "credentials", "temporary, in the environment"),
        (a_run(profiles={}), "credentials", "none"),
        # What only a sentence tells comes before what is usual.
        (a_run(facts={"answer": "SlowDown"}), "answer", "SlowDown"),
        (nothing_sent(options=options(aws_region=None)), "region", "none"),
    ],
)
def test_a_fact_that_was_given(run: Run, fact: str, value: str) -> None:
    assert given_facts(run)[fact] == value


@pytest.mark.parametrize(
    ("run", "fact", "value"),
    [
        (a_run(), "return value", "a URL"),
        (a_run(), "copy", "written"),
        (a_run(), "log", "silent"),
        (a_run(), "error", "none"),
        (a_run(files={}), "copy", "missing"),
        (a_run(put("AccessDenied")), "return value", "a message"),
        (a_run(put("AccessDenied")), "log", "not silent"),
        (a_run(put("AccessDenied")), "error", "access denied"),
        (a_run(returned=""), "return value", "empty text"),
        (nothing_sent(ready=False), "return value", "nothing"),
        (a_run(put("AccessDenied")), "upload", "refused"),
        (a_run(put("AccessDenied")), "last answer", "AccessDenied"),
        (nothing_sent(), "upload", "not sent"),
        (nothing_sent(), "last answer", "none"),
        (nothing_sent(), "number of retries", "none"),
        (nothing_sent(ready=False), "reporter", "not ready"),
        (a_run(put("SlowDown"), put()), "number of retries", "one"),
        (a_run(put("SlowDown"), put("SlowDown"), put()), "number of retries", "several"),
        (a_run(put("SlowDown"), put()), "last answer", "success"),
    ],
)
def test_a_fact_that_was_observed(run: Run, fact: str, value: str) -> None:
    assert observed_facts(run)[fact] == value
