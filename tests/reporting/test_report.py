"""The conformance report: what a run says in it, and how it is read."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from making_reports import make_report
from running import run_here

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.errors import UsageError
from s3_reporter_conformance.reporting.report import Circumstances, dump, read_report, report_of
from s3_reporter_conformance.schemas import read_schema, violations
from s3_reporter_conformance.spec.gherkin import all_requirements
from s3_reporter_conformance.verdict import example, report
from s3_reporter_conformance.verdict.example import Arrow
from s3_reporter_conformance.verdict.run_info import RunInfo
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Result, Verdict

REPORT = make_report(KEY_01=Status.PASSED, KEY_02=Status.FAILED)
ASH = Path(__file__).parents[2] / "docs" / "reports" / "ash.json"


def timeless(value: Any) -> Any:
    """A report without what differs from run to run."""
    if isinstance(value, dict):
        taken = {"seconds", "wait", "seed", "started"}
        return {name: timeless(part) for name, part in value.items() if name not in taken}
    if isinstance(value, list):
        return [timeless(part) for part in value]
    return re.sub(r"\d+\.\d+ s", "... s", value) if isinstance(value, str) else value


def test_a_parallel_run_reports_what_one_in_series_does(folder: Path) -> None:
    paths = [folder / f"{name}.json" for name in ("series", "parallel")]
    series, parallel = (json.loads(path.read_text()) for path in paths)
    assert timeless(series) == timeless(parallel)
    assert series["seed"] != parallel["seed"]
    told = [
        [
            line
            for line in (folder / f"{name}.txt").read_text().splitlines()
            if f"/{len(all_requirements())} " in line
        ]
        for name in ("series", "parallel")
    ]
    assert told[0] == told[1]


def test_a_report_is_as_its_schema_says(folder: Path) -> None:
    report = json.loads((folder / "series.json").read_text())
    assert violations("report", report) == ()
    assert report["backend"].startswith("moto ")
    assert [each["id"] for each in report["requirements"]] == [r.id for r in all_requirements()]


def test_a_failure_is_told_in_full(folder: Path) -> None:
    report = read_report(folder / "series.json")
    failed = {each.id: each for each in report.requirements if each.status is Status.FAILED}
    assert set(failed) == {"ERR-05"}
    found = failed["ERR-05"]
    assert (found.expected, found.observed) == ("3 PutObject requests", "2")
    assert found.diverged_at == Arrow(source="retry_successful", target="max_reached", number=5)
    assert [re.sub(r"\d\.\d+ s", "... s", line) for line in found.wire[-3:]] == [
        "PUT /reports/scans/ash-report-20261122T191623Z.json, 9573 B",
        "... s  attempt 1             -> 503 (injected: SlowDown)",
        "... s  attempt 2  +... s   -> 503 (injected: SlowDown)",
    ]
    assert found.repeat == (
        "s3-reporter-conformance verify python:mutants.retry:FirstRetryBelieved -k ERR-05 "
        "--features=retry-options,no-secrets --max-retries=2"
    )
    (example,) = found.examples
    assert example.sentence == "Then S3 sees max_retries + 1 attempts"
    assert example.evidence
    puts = [r for r in example.evidence.requests if r.operation == "PutObject"]
    assert [put.attempt for put in puts] == [1, 2]
    assert puts[0].wait is None
    assert puts[1].wait == pytest.approx(puts[1].seconds - puts[0].seconds, abs=0.002)
    outline = next(each for each in report.requirements if each.id == "ERR-06")
    codes = [each.values["code"] for each in outline.examples]
    assert codes[:2] == ["SlowDown", "ServiceUnavailable"]


def test_what_s3_refuses_is_told_with_its_reason(tmp_path: Path) -> None:
    twice = "python:mutants.signing:PathEncodedTwice"
    run_here(
        *("verify", twice, "-k", "ARC-04 or KEY-06", "--report", "a.json"),
        folder=tmp_path,
    )
    report = read_report(tmp_path / "a.json")
    failed = {each.id: each for each in report.requirements if each.status is Status.FAILED}
    assert set(failed) == {"ARC-04", "KEY-06"}
    reason = "SignatureDoesNotMatch: the signature is not the one for this request: the path was "
    assert (failed["ARC-04"].observed or "").startswith(f"{reason}encoded twice")
    assert (failed["KEY-06"].observed or "").startswith(f"none: S3 refuses the upload: {reason}")
    refused = "-> 403 (refused: SignatureDoesNotMatch"
    assert any(refused in line for line in failed["KEY-06"].wire)
    right, wrong, *_ = (each.evidence for each in failed["ARC-04"].examples)
    assert right
    assert wrong
    assert [request.refusal for request in right.requests] == [None, None]
    assert (wrong.requests[-1].refusal or "").startswith(reason)


def test_an_object_that_nobody_can_read_is_held_against_the_reporter(tmp_path: Path) -> None:
    archived = "python:mutants.upload:DeepArchived"
    done = run_here("verify", archived, "-k", "ARC-03", folder=tmp_path)
    assert "one in the storage class DEEP_ARCHIVE, which has to be" in done.stdout
    assert done.returncode == 1


def test_what_passed_has_its_evidence_too(folder: Path) -> None:
    report = read_report(folder / "series.json")
    passed = next(each for each in report.requirements if each.id == "FMT-01")
    evidence = passed.examples[0].evidence
    assert evidence
    (stored,) = evidence.objects
    assert stored.bucket == "reports"
    assert evidence.returned == f"s3://reports/{stored.key}"
    assert stored.beginning.startswith("{")
    assert [file.size for file in evidence.files] == [stored.size]


def test_a_run_is_repeated_by_its_seed(tmp_path: Path) -> None:
    names = set()
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        calls = run_here("call", "reference", "KEY-01", "--seed", seed, folder=tmp_path).stdout
        found = re.search(r"'(reports-[0-9a-f]{12})'", calls)
        assert found, name
        names.add((seed, found[1]))
    assert len(names) == 2


def test_credentials_are_in_nothing_that_is_written(tmp_path: Path) -> None:
    leaking = "python:mutants.secrets:SecretInTheLog"
    flags = {"--report": "a.json", "--junitxml": "a.xml", "--cucumber-messages": "a.ndjson"}
    done = run_here(
        *(
            "verify",
            leaking,
            "-k",
            "EXT-SECRETS-01 or EXT-SECRETS-02 or EXT-SECRETS-05",
            "--features",
            "no-secrets",
            "--markdown",
            "a.md",
        ),
        *(word for pair in flags.items() for word in pair),
        folder=tmp_path,
    )
    assert done.returncode == 1
    written = [done.stdout, *(path.read_text() for path in tmp_path.glob("a.*"))]
    assert len(written) == 5
    assert "(secret access key of profile default)" in (tmp_path / "a.json").read_text()
    for text in written:
        assert not re.search(r"AKIA[A-Z2-7]{16}|\b[0-9a-f]{40}\b", text)


def test_a_report_is_read_as_it_was_written(folder: Path, tmp_path: Path) -> None:
    series = folder / "series.json"
    assert json.loads(dump(read_report(series))) == json.loads(series.read_text())
    # What came into the schema later is not in the second one.
    for path in (series, ASH):
        report = read_report(path)
        (tmp_path / "again.json").write_text(dump(report))
        assert read_report(tmp_path / "again.json") == report


def test_the_classes_have_the_fields_of_the_schema() -> None:
    schema = read_schema("report")
    of_evidence = schema["$defs"]["evidence"]["properties"]
    described = {
        report.Report: schema,
        report.Suite: schema["properties"]["suite"],
        report.Reporter: schema["properties"]["reporter"],
        report.ReportedRequirement: schema["$defs"]["requirement"],
        example.Example: schema["$defs"]["example"],
        example.Arrow: schema["$defs"]["arrow"],
        example.Evidence: schema["$defs"]["evidence"],
        example.Request: schema["$defs"]["request"],
        example.LogLine: of_evidence["log"]["items"],
        example.FoundObject: of_evidence["objects"]["items"],
        example.FoundFile: of_evidence["files"]["items"],
    }
    classes = {
        each
        for module in (example, report)
        for each in vars(module).values()
        if isinstance(each, type) and is_dataclass(each)
    }
    assert classes == set(described)
    for kind, found in described.items():
        assert [field.name for field in fields(kind)] == list(found["properties"]), kind
        later = {("error", example.Request)}
        required = [n for n in found["properties"] if (n, kind) not in later]
        assert required == found["required"], kind
    assert schema["$defs"]["status"]["enum"] == [status.value for status in Status]
    assert list(schema["properties"]["summary"]["properties"]) == [each.value for each in Status]
    assert schema["properties"]["schema_version"]["const"] == report.SCHEMA_VERSION


def test_what_ended_a_run_is_told_without_terminal_codes() -> None:
    run_info = RunInfo(aborted="\x1b[31mred\x1b[0m\nand\x07 loud")
    verdict = Verdict(
        tuple(
            (requirement, Result(requirement.id, Status.ADAPTER_ERROR, run_info.aborted))
            for requirement in all_requirements()
        )
    )
    circumstances = Circumstances(
        Manifest("mine", "command:mine"), datetime.now(timezone.utc), run_info, lambda *_: ""
    )
    told = report_of(verdict, circumstances)
    clean = "\ufffd[31mred\ufffd[0m\nand\ufffd loud"
    assert {told.aborted, *(each.message for each in told.requirements)} == {clean}
    assert violations("report", json.loads(dump(told))) == ()


def changed(**change: Any) -> str:
    return json.dumps({**json.loads(dump(REPORT)), **change})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty: was the run that writes it broken off?"),
        ("[]", "is not a valid conformance report, such as 'verify --report' writes"),
        (
            changed(schema_version=1),
            "of version 1; expected version 2: write it anew with 'verify --report'",
        ),
        (changed(schema_version=3), "of version 3; expected version 2"),
        (changed(schema_version=None), "schema_version is null: expected 2"),
        (changed(requirements=[]), "requirements"),
        (changed(summary={}), "summary"),
        (changed(more=1), "there is no key more: there are aborted, "),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(dump(REPORT))
    assert read_report(path) == REPORT
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        read_report(path)
