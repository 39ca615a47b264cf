"""The reference reporter: its parts, and the behavior that no rule of the suite judges."""

import io
import json
import sys
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from botocore.exceptions import ClientError, EndpointConnectionError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.__main__ import main
from s3_reporter_conformance.reference.conversion import convert
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.local_copy import write_local_copy
from s3_reporter_conformance.reference.naming import object_key
from s3_reporter_conformance.reference.results import StoredResults
from s3_reporter_conformance.reference.retry import Backoff

NOTHING: dict[str, Any] = {"contract": 1, "options": {}, "output_dir": "."}


class Severity(Enum):
    HIGH = "high"


@pytest.mark.parametrize(
    ("operation", "reply", "words"),
    [("validate", "message", "set aws_region"), ("report", "returned", "reporter is disabled")],
)
def test_the_program_speaks_the_command_contract(
    operation: str,
    reply: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "ASH_S3_BUCKET_NAME"):
        monkeypatch.delenv(name, raising=False)
    request = json.dumps({**NOTHING, "operation": operation, "results": {}})
    monkeypatch.setattr(sys, "stdin", io.StringIO(request))
    main()
    assert words in json.loads(capsys.readouterr().out)[reply]


@pytest.mark.parametrize("file_format", ["json", "yaml"])
def test_values_without_a_json_type_become_text(file_format: str) -> None:
    moment = datetime(2026, 1, 15, 10, 30, tzinfo=timezone.utc)
    values = {"a": [Severity.HIGH, PurePosixPath("a/b"), moment, (1, None)]}
    content = convert(values, file_format).content
    assert yaml.safe_load(content) == {"a": ["high", "a/b", moment.isoformat(), [1, None]]}


@pytest.mark.parametrize("text", ["1e3", "0o17", "y", "N", "+1", "1."])
def test_text_that_one_version_of_yaml_takes_for_something_else_has_quotes(text: str) -> None:
    assert convert({text: text}, "yaml").content.decode() == f"'{text}': '{text}'\n"


def test_results_that_cannot_be_converted_are_a_message(tmp_path: Path) -> None:
    options = {"aws_region": "eu-west-1", "bucket_name": "b", "file_format": "xml"}
    assert "'xml'" in S3Reporter(options, tmp_path).report(StoredResults({}))


def test_backoff_doubles_up_to_the_cap() -> None:
    backoff = Backoff(max_retries=9, base_delay=0.5, max_delay=3.0)
    assert [backoff.delay(retry) for retry in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (EndpointConnectionError(endpoint_url="x"), ErrorType.OTHER),
        (ClientError({"Error": {"Code": "InternalError"}}, "PutObject"), ErrorType.TRANSIENT),
        (ClientError({"Error": {"Code": "Throttling"}}, "PutObject"), ErrorType.THROTTLING),
        (ClientError({}, "PutObject"), ErrorType.OTHER),
        (ValueError(), ErrorType.OTHER),
    ],
)
def test_errors_are_told_apart(error: Exception, expected: ErrorType) -> None:
    assert error_type(error) is expected


@pytest.mark.parametrize(
    ("prefix", "started", "key"),
    [
        ("a", "2026-01-15T10:30:00+00:00", "a/ash-report-20260115T103000Z.json"),
        ("a/b/", "2026-01-15T11:30:00+01:00", "a/b/ash-report-20260115T103000Z.json"),
        ("", "2026-01-15T10:30:00.25Z", "ash-report-20260115T103000.250000Z.json"),
        ("/", "2026-01-15T10:30:00", "ash-report-20260115T103000Z.json"),
    ],
)
def test_keys(prefix: str, started: str, key: str) -> None:
    assert object_key(prefix, started, "json") == key


def test_the_local_copy_replaces_an_older_one_whole(tmp_path: Path) -> None:
    write_local_copy(tmp_path, b"older and longer", "json")
    write_local_copy(tmp_path, b"new", "json")
    [copy] = (tmp_path / "reports").iterdir()
    assert (copy.name, copy.read_bytes()) == ("s3-report.json", b"new")
