"""Runs that no reporter made: right ones, with changes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import yaml

from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.logs import LogRecord
from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.adapters.scan_results import ScanResults, sample_scan
from s3_reporter_conformance.backends.base import StoredObject
from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.s3.operations import STORING
from s3_reporter_conformance.scenario.observation import Observation
from s3_reporter_conformance.scenario.run import Run
from s3_reporter_conformance.wire.exchange import Exchange

BUCKET, OTHER_BUCKET = "reports-1", "elsewhere-1"
DEFAULT = Credentials("AKIADEFAULT", "secret-default")
AUDIT = Credentials("ASIAAUDIT", "secret-audit", "token-audit")
RESULTS = sample_scan()
STEM = "ash-report-2026-11-22T19:16:23Z"
NO_ANSWER = "no answer"
_STATUS = {
    "success": 200,
    "SlowDown": 503,
    "ServiceUnavailable": 503,
    "InternalError": 500,
    "PermanentRedirect": 301,
    "AccessDenied": 403,
    "NoSuchBucket": 404,
}


def options(**changes: Any) -> dict[str, Any]:
    """The options of a usual run; one that is `None` is left out."""
    usual = {
        "aws_region": "eu-west-1",
        "bucket_name": BUCKET,
        "key_prefix": "scans",
        "file_format": "json",
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def document(form: str, results: ScanResults = RESULTS) -> bytes:
    """The results as JSON or YAML."""
    if form == "yaml":
        return yaml.safe_dump(results.to_simple_dict(), allow_unicode=True).encode()
    return json.dumps(results.to_simple_dict(), default=str).encode()


def request(  # noqa: PLR0913 -- everything that can differ
    method: str,
    target: str,
    answer: str = "success",
    *,
    body: bytes = b"",
    region: str = "eu-west-1",
    credentials: Credentials = DEFAULT,
    time: float = 0.0,
    **more: Any,
) -> Exchange:
    """A request that is signed, and its answer: `success`, an error code, or none."""
    headers = {name.replace("_", "-"): value for name, value in more.pop("headers", {}).items()}
    scope = f"{credentials.access_key_id}/20260115/{region}/s3/aws4_request"
    signed = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    injected = {"fault": None, "error": b""}
    if answer not in {"success", NO_ANSWER}:
        injected["error"] = f"<Error><Code>{answer}</Code></Error>".encode()
    return Exchange(
        **{
            "time": time,
            "method": method,
            "target": target,
            "headers": (("Authorization", signed), *headers.items()),
            "body": body,
            "status": None if answer == NO_ANSWER else _STATUS.get(answer, 400),
            **injected,
            **more,
        }
    )


def put(  # noqa: PLR0913 -- everything that can differ
    answer: str = "success",
    *,
    key: str = f"scans/{STEM}.json",
    bucket: str = BUCKET,
    body: bytes | None = None,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Exchange:
    """An attempt to upload the results."""
    return request(
        "PUT",
        f"/{bucket}/{key}".replace(" ", "%20"),
        answer,
        body=document("json") if body is None else body,
        headers={"content-type": content_type, **(headers or {})},
        **more,
    )


def put_yaml(answer: str = "success", **changes: Any) -> Exchange:
    """An attempt to upload the results as YAML."""
    usual = {
        "key": f"scans/{STEM}.yaml",
        "body": document("yaml"),
        "content_type": "application/yaml",
    }
    return put(answer, **{**usual, **changes})


def stored_by(exchanges: Iterable[Exchange]) -> tuple[StoredObject, ...]:
    """The objects that are there after some requests."""
    objects = {
        (each.bucket, each.key): StoredObject(
            each.bucket, each.key, each.header.get("content-type", ""), each.payload
        )
        for each in exchanges
        if each.succeeded and each.operation in STORING
    }
    return tuple(objects.values())


def call(
    *exchanges: Exchange,
    files: Mapping[str, bytes] | None = None,
    log: Sequence[str] | None = None,
    **changes: Any,
) -> Observation:
    """The observation of a call of a reporter that is right but for the changes of fields.

    Without files, there is a copy of the last upload; without a log, the failure.
    """
    attempts = [each for each in exchanges if each.is_attempt]
    last = attempts[-1] if attempts else None
    stored = next((each for each in attempts if each.succeeded), None)
    said = f"{_code(last)}: S3 refused the report" if last else "there is nothing to report to"
    returned = f"s3://{stored.bucket}/{stored.key}" if stored else said
    of_outcome = {"ready": True, "returned": returned, "exception": None, "stdout": ""}
    outcome = {name: changes.pop(name, usual) for name, usual in of_outcome.items()}
    if not outcome["ready"]:
        outcome["returned"] = None
    errors = ([] if stored else [said]) if log is None else log
    if files is None:
        files = {f"reports/{last.key.rpartition('/')[2]}": last.payload} if last else {}
    return Observation(
        **{
            "outcome": Outcome(
                log=tuple(LogRecord("ERROR", "reporter", each) for each in errors), **outcome
            ),
            "exchanges": tuple(exchanges),
            "objects": stored_by(exchanges),
            "files": files,
            "ended": max((each.time for each in exchanges), default=0.0) + 0.01,
            **changes,
        }
    )


def _code(exchange: Exchange) -> str:
    found = exchange.error.partition(b"<Code>")[2].partition(b"<")[0].decode()
    return found or NO_ANSWER


def run_of(*calls: Observation, features: Iterable[str] = (), **changes: Any) -> Run:
    """The run of some calls in one situation, in which everything is configured."""
    return Run(
        **{
            "manifest": Manifest("mine", "command:mine", features=frozenset(features)),
            "options": options(),
            "environment": {},
            "profiles": {"default": DEFAULT, "audit": AUDIT},
            "environment_credentials": None,
            "buckets": {"reports": BUCKET, "elsewhere": OTHER_BUCKET},
            "results": RESULTS,
            "observation": calls[-1],
            "calls": calls,
            "wire_url": "http://127.0.0.1:4566",
            **changes,
        }
    )


def a_run(*exchanges: Exchange, **changes: Any) -> Run:
    """The run of one call: of one upload that S3 takes, if no request is given."""
    return _of_one_call(*(exchanges or [put()]), **changes)


def nothing_sent(**changes: Any) -> Run:
    """The run of one call without a request."""
    return _of_one_call(**changes)


def _of_one_call(*exchanges: Exchange, **changes: Any) -> Run:
    of_run = {each.name for each in fields(Run)} | {"features"}
    given = {name: changes.pop(name) for name in of_run & changes.keys()}
    return run_of(call(*exchanges, **changes), **given)
