"""The facts of a run: those that were given, and those that were observed."""

import re

import pytest
from made_runs import AUDIT, BUCKET, a_run, nothing_sent, options, put

from s3_reporter_conformance.judging.facts import given_facts, observed_facts
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.spec.gherkin import all_rules

FACT = re.compile(r"the ([\w ]+?) (?:is|are) ")
DENIED = a_run(put("AccessDenied"))
DENIED_FACTS = {"return value": "a message", "log": "not silent", "error": "access denied"}


def test_rules_ask_for_facts_that_every_run_has() -> None:
    sentences = [each for rule in all_rules() for own in rule.judgments for each in own.when]
    asked = {found[1] for each in sentences if (found := FACT.match(each))}
    assert asked <= {*given_facts(a_run()), *observed_facts(a_run())}


def test_a_usual_run_has_usual_facts() -> None:
    facts = {**given_facts(a_run()), **observed_facts(a_run())}
    usual = {"file_format": "json", "key_prefix": "plain", "region": "eu-west-1"}
    usual |= {"answer": "success", "upload": "stored", "error": "none", "return value": "a URL"}
    assert usual.items() <= facts.items()


@pytest.mark.parametrize(
    ("run", "fact", "value"),
    [
        (a_run(options=options(file_format="")), "file_format", "empty"),
        (a_run(options=options(key_prefix=None)), "key_prefix", "not set"),
        (a_run(options=options(key_prefix="a b")), "key_prefix", "unusual"),
        (a_run(options=options(key_prefix="a/")), "key_prefix", "with a slash at its end"),
        (a_run(options=options(aws_region="")), "aws_region", "empty"),
        (a_run(options=options(aws_profile="audit")), "credentials", "temporary"),
        (a_run(options=options(aws_profile="nosuch")), "aws_profile", "unknown"),
        (a_run(options=options(max_retries=1)), "max_retries", "1"),
        (a_run(environment={"ASH_S3_BUCKET_NAME": BUCKET}), "ASH_S3_BUCKET_NAME", "set"),
        (a_run(environment_credentials=AUDIT), "credentials", "temporary, in the environment"),
        # What only a sentence tells comes before what is usual.
        (a_run(facts={"answer": "SlowDown"}), "answer", "SlowDown"),
        (nothing_sent(options=options(aws_region=None)), "region", "none"),
        *((DENIED, *each) for each in DENIED_FACTS.items()),
        (a_run(returned=""), "return value", "empty text"),
        (nothing_sent(ready=False), "return value", "nothing"),
        (nothing_sent(), "upload", "not sent"),
        (a_run(put("SlowDown"), put()), "number of retries", "one"),
        (a_run(put("SlowDown"), put("SlowDown"), put()), "number of retries", "several"),
    ],
)
def test_a_fact_that_is_not_usual(run: Run, fact: str, value: str) -> None:
    assert {**given_facts(run), **observed_facts(run)}[fact] == value
