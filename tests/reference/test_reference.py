"""The reference reporter as a program, and what no rule of the suite sees yet."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from s3_reporter_conformance.reference import S3Reporter
from s3_reporter_conformance.reference.configuration import Configuration
from s3_reporter_conformance.reference.errors import ErrorType, error_type
from s3_reporter_conformance.reference.local_copy import write_local_copy
from s3_reporter_conformance.reference.naming import object_key
from s3_reporter_conformance.reference.retry import Backoff

from s3_reporter_conformance.adapters.scan_results import ScanResults, sample_scan
from s3_reporter_conformance.backends.moto import MotoBackend
from s3_reporter_conformance.wire.faults import DroppedConnection, ErrorResponse, Fault
from s3_reporter_conformance.wire.proxy import Wire
from s3_reporter_conformance.wire.recording import Recording

SAMPLE = resources.files("s3_reporter_conformance.samples") / "ash_aggregated_results.json"


class S3:
    """moto behind the wire, and one bucket in it."""

    def __init__(self, stack: ExitStack) -> None:
        self.backend = MotoBackend()
        self.wire = Wire(self.backend.endpoint)
        self.stack = stack
        self.bucket = f"bucket-{os.urandom(4).hex()}"
        self.backend.create_bucket(self.bucket)
        self.environment = {
            "AWS_ENDPOINT_URL": self.wire.url,
            "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI",
        }

    def record(self, *script: Fault) -> Recording:
        return self.stack.enter_context(self.wire.record(script))


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    with ExitStack() as stack:
        s3 = S3(stack)
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            monkeypatch.delenv(name)
        for name, value in s3.environment.items():
            monkeypatch.setenv(name, value)
        yield s3
        stack.close()
        s3.wire.close()


def options(s3: S3, **more: Any) -> dict[str, Any]:
    return {"aws_region": "eu-west-1", "bucket_name": s3.bucket, "base_delay": 0.001, **more}


def run_program(
    *arguments: str, folder: Path, given: str | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "s3_reporter_conformance.reference", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_program_uploads_a_results_file(s3: S3, tmp_path: Path) -> None:
    s3.record()
    done = run_program(
        str(SAMPLE),
        *("--bucket-name", s3.bucket, "--aws-region", "eu-west-1"),
        *("--file-format", "yaml", "--key-prefix", "scans"),
        folder=tmp_path,
    )
    url = f"s3://{s3.bucket}/scans/ash-report-20261122T191623Z.yaml"
    assert (done.stdout, done.stderr, done.returncode) == (f"{url}\n", "", 0)
    [stored] = s3.backend.objects(s3.bucket)
    assert (tmp_path / "reports/s3-report.yaml").read_bytes() == stored.content
    assert b"sarif" not in stored.content.split(b"scanner_results")[0]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([str(SAMPLE), "--aws-region", "eu-west-1"], 1, "set bucket_name (or ASH_S3_BUCKET_NAME)"),
        ([str(SAMPLE), "--bucket-name", "nosuch", "--aws-region", "x"], 1, "does not exist"),
        (["nosuch.json", "--bucket-name", "b"], 2, "cannot read the scan results"),
        ([__file__, "--bucket-name", "b"], 2, "cannot read the scan results"),
        ([str(SAMPLE), "--file-format", "xml"], 2, "invalid choice"),
    ],
)
def test_the_program_says_why_it_uploaded_nothing(
    s3: S3, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    s3.record()
    done = run_program(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_speaks_the_command_contract(s3: S3, tmp_path: Path) -> None:
    s3.record()
    request = {"contract": 1, "options": options(s3), "output_dir": str(tmp_path)}
    validated = run_program(folder=tmp_path, given=json.dumps({**request, "operation": "validate"}))
    assert (validated.returncode, json.loads(validated.stdout)) == (0, {"ready": True})
    results = sample_scan().to_simple_dict()
    request |= {"operation": "report", "results": results}
    reported = json.loads(run_program(folder=tmp_path, given=json.dumps(request)).stdout)
    key = "ash-reports/ash-report-20261122T191623Z.json"
    assert reported == {"returned": f"s3://{s3.bucket}/{key}"}
    assert json.loads(s3.backend.objects(s3.bucket)[0].content) == results


def test_the_contract_says_why_the_reporter_is_disabled(tmp_path: Path) -> None:
    request = {"contract": 1, "operation": "validate", "options": {}, "output_dir": str(tmp_path)}
    reply = json.loads(run_program(folder=tmp_path, given=json.dumps(request)).stdout)
    assert reply["ready"] is False
    assert "aws_region" in reply["message"]


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_throttled_for_ever(s3: S3, tmp_path: Path, retries: int) -> None:
    recording = s3.record(*[ErrorResponse.of("SlowDown")] * 9)
    returned = S3Reporter(options(s3, max_retries=retries), tmp_path).report(sample_scan())
    assert [e.status for e in recording.exchanges] == [503] * (1 + retries)
    assert "SlowDown" in returned
    assert (tmp_path / "reports/s3-report.json").stat().st_size > 0


def test_a_lost_answer_is_retried_with_the_same_object(s3: S3, tmp_path: Path) -> None:
    recording = s3.record(DroppedConnection(reached_s3=True))
    returned = S3Reporter(options(s3), tmp_path).report(sample_scan())
    assert returned.startswith("s3://")
    first, second = recording.exchanges
    assert (first.target, first.digest) == (second.target, second.digest)
    assert len(s3.backend.objects(s3.bucket)) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AccessDenied", "Permission error"),
        ("NoSuchBucket", "does not exist"),
        ("InvalidRequest", "InvalidRequest"),
    ],
)
def test_other_errors_are_not_retried(
    s3: S3, tmp_path: Path, caplog: pytest.LogCaptureFixture, code: str, words: str
) -> None:
    recording = s3.record(ErrorResponse.of(code))
    returned = S3Reporter(options(s3), tmp_path).report(sample_scan())
    assert len(recording.exchanges) == 1
    assert words in returned
    assert caplog.record_tuples[-1][1:] == (logging.ERROR, returned)


def test_a_missing_profile_is_a_message(s3: S3, tmp_path: Path) -> None:
    recording = s3.record()
    returned = S3Reporter(options(s3, aws_profile="nosuch"), tmp_path).report(sample_scan())
    assert "nosuch" in returned
    assert recording.exchanges == ()


def test_results_that_cannot_be_converted_are_a_message(s3: S3, tmp_path: Path) -> None:
    s3.record()
    returned = S3Reporter(options(s3, file_format="xml"), tmp_path).report(sample_scan())
    assert "xml" in returned


def test_a_missing_start_leaves_no_none_in_the_key(s3: S3, tmp_path: Path) -> None:
    s3.record()
    results = sample_scan().replaced("metadata.summary_stats.start", None)
    returned = S3Reporter(options(s3), tmp_path).report(results)
    assert returned.endswith("ash-report-20261122T191623Z.json")
    bare = ScanResults({**results.data, "metadata": {}})
    assert "None" not in S3Reporter(options(s3), tmp_path).report(bare)


def test_the_url_is_returned_although_the_copy_fails(
    s3: S3, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    s3.record()
    (tmp_path / "reports").write_text("in the way")
    assert S3Reporter(options(s3), tmp_path).report(sample_scan()).startswith("s3://")
    assert "local copy could not be written" in caplog.text


def test_the_local_copy_replaces_an_older_one_whole(tmp_path: Path) -> None:
    write_local_copy(tmp_path, b"older and longer", "json")
    assert write_local_copy(tmp_path, b"new", "json").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["s3-report.json"]


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


def test_an_empty_profile_variable_is_no_profile(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "")
    with s3.wire.record():
        reporter = S3Reporter(options(s3), Path(os.devnull))
        assert reporter.report(sample_scan()).startswith("s3://")


def test_the_program_ends_with_1_if_s3_refuses(s3: S3, tmp_path: Path) -> None:
    s3.record(ErrorResponse.of("AccessDenied"))
    asked = ("--bucket-name", s3.bucket, "--aws-region", "eu-west-1")
    done = run_program(str(SAMPLE), *asked, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Permission error" in done.stderr


def test_what_is_taken_where_nothing_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "ASH_S3_BUCKET_NAME"):
        monkeypatch.delenv(name, raising=False)
    assert Configuration.resolve({}) == Configuration(
        region="",
        bucket="",
        profile=None,
        prefix="ash-reports/",
        file_format="json",
        max_retries=3,
        base_delay=1.0,
        max_delay=60.0,
    )


def test_retries_are_counted_in_the_log(
    s3: S3, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with s3.wire.record([ErrorResponse.of("SlowDown")] * 2):
        S3Reporter(options(s3, max_retries=2), tmp_path).report(sample_scan())
    said = [message.partition(":")[0] for message in caplog.messages if "Retry" in message]
    assert said == ["Retry 1 of 2 in 0.00 s", "Retry 2 of 2 in 0.00 s"]


def test_everybody_may_read_the_local_copy(tmp_path: Path) -> None:
    assert write_local_copy(tmp_path, b"x", "json").stat().st_mode & 0o777 == 0o644
