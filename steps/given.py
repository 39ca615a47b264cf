"""Given: what surrounds the reporter."""

from datetime import datetime, timezone
from pathlib import PurePosixPath

from pytest_bdd import given, parsers

from ..faults import ErrorAnswer
from ..scan_results import Severity, real_scan
from ..stage import Credentials, Stage

_UNTYPED = {
    "date and time": datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc),
    "path": PurePosixPath("src/app.py"),
    "enumeration": Severity.HIGH,
}


@given("the results of a real scan")
def results_of_a_real_scan(stage: Stage) -> None:
    stage.results = real_scan()


@given(parsers.parse('a scan that started at "{start}"'))
def scan_that_started_at(stage: Stage, start: str) -> None:
    stage.results = real_scan().replaced("metadata.summary_stats.start", start)


@given(parsers.parse('a scan of a project called "{name}"'))
def scan_of_a_project(stage: Stage, name: str) -> None:
    stage.results = real_scan().replaced("metadata.project_name", name)


@given("a scan without findings")
def scan_without_findings(stage: Stage) -> None:
    stage.results = real_scan().replaced("scanner_results", {})


@given("scan results with values of every JSON type")
def results_with_every_json_type(stage: Stage) -> None:
    values = {
        "text": "finding",
        "empty text": "",
        "whole number": 18,
        "negative number": -3,
        "fraction": 75.676856,
        "true": True,
        "false": False,
        "null": None,
        "list": [1, "two", [3.5], {"four": None}],
        "empty list": [],
        "empty object": {},
    }
    stage.results = real_scan().replaced("metadata.values", values)


@given(parsers.parse("scan results with a {kind}, which JSON has no type for"))
def results_with_an_untyped_value(stage: Stage, kind: str) -> None:
    stage.results = real_scan().replaced("metadata.value", _UNTYPED[kind])


@given(parsers.parse('a bucket "{name}"'))
def a_bucket(stage: Stage, name: str) -> None:
    stage.add_bucket(name)


@given(parsers.parse('an AWS profile "{name}"'))
def an_aws_profile(stage: Stage, name: str) -> None:
    stage.profiles[name] = Credentials.random()


@given("a configured reporter")
def a_configured_reporter(stage: Stage) -> None:
    stage.add_bucket("reports")
    stage.options |= {
        "aws_region": "eu-west-1",
        "bucket_name": stage.buckets["reports"],
        "key_prefix": "scans",
        "file_format": "json",
    }
    if "retry-options" in stage.features:
        # A reporter that can be told to waits less, so that a run takes less time.
        stage.options["base_delay"] = 0.02


@given(parsers.parse('the option {name:w} is "{value}"'))
def option_is(stage: Stage, name: str, value: str) -> None:
    stage.options[name] = value


@given(parsers.parse('the option {name:w} is the bucket "{bucket}"'))
def option_is_the_bucket(stage: Stage, name: str, bucket: str) -> None:
    stage.options[name] = stage.buckets[bucket]


@given(parsers.parse("the option {name:w} is empty"))
def option_is_empty(stage: Stage, name: str) -> None:
    stage.options[name] = ""


@given(parsers.parse("the option {name:w} is not set"))
def option_is_not_set(stage: Stage, name: str) -> None:
    stage.options.pop(name, None)


@given(parsers.parse('the environment variable {name:w} is "{value}"'))
def variable_is(stage: Stage, name: str, value: str) -> None:
    stage.environment[name] = value


@given(parsers.parse('the environment variable {name:w} is the bucket "{bucket}"'))
def variable_is_the_bucket(stage: Stage, name: str, bucket: str) -> None:
    stage.environment[name] = stage.buckets[bucket]


@given(parsers.parse("the environment variable {name:w} is empty"))
def variable_is_empty(stage: Stage, name: str) -> None:
    stage.environment[name] = ""


@given(parsers.parse("the environment variable {name:w} is not set"))
def variable_is_not_set(stage: Stage, name: str) -> None:
    stage.environment.pop(name, None)


@given("S3 throttles the first attempt")
def s3_throttles_the_first_attempt(stage: Stage) -> None:
    stage.script = [ErrorAnswer.of("SlowDown")]
