"""The conformance report: it is read as it was written."""

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from results import a_report, a_rule, a_run, a_verdict, a_written_rule

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.reporting.report import dump, read_report, report_of
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.circumstances import Difference, Nearest
from s3_reporter_conformance.verdict.report import RunInfo
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.words.errors import UsageError

REPORT = a_report(
    [
        a_rule("KEY-01"),
        a_rule(
            "KEY-02",
            Status.FAILED,
            whenever=None,
            nearest=Nearest(run="b", differs=(Difference("file_format", "yaml", "json"),)),
        ),
        a_rule("EXT-01", Status.NOT_CLAIMED, level=Level.EXTENDED, diagram=None, node=None),
    ],
    [
        a_run("a", breaks=["KEY-02"], keeps=["KEY-01"], values={"format": "yaml"}),
        a_run("b", keeps=["KEY-01", "KEY-02"], observed={"attempts": "1"}),
        a_run("c", status=Status.ADAPTER_ERROR, problem="it is gone"),
    ],
)


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(dump(REPORT))
    assert read_report(path) == REPORT


def test_a_report_says_what_the_verdict_says() -> None:
    verdict = a_verdict(
        a_run(breaks=["REC-01"], keeps=["KEY-01"]),
        rules=[a_written_rule("KEY-01"), a_written_rule("REC-01", Level.RECOMMENDED)],
    )
    manifest = Manifest(
        "mi\x1bne", "command:mine", version="1", features=frozenset({"retry-options", "no-secrets"})
    )
    started = datetime(2026, 11, 22, 10, 0, 0, 5, timezone.utc)
    report = report_of(verdict, manifest, RunInfo("7", "moto 5.2.5", "no\x07luck"), started)
    assert report.conformant
    assert report.conclusion == (
        "Conforms: every core rule holds, and every rule of the declared features. "
        "1 recommendation is not met: REC-01"
    )
    assert report.summary[Status.FAILED] == report.summary[Status.PASSED] == 1
    assert (report.reporter.title, report.started) == ("mi�ne 1", "2026-11-22T10:00:00+00:00")
    assert report.reporter.features == ("no-secrets", "retry-options")
    assert (report.seed, report.backend_name, report.aborted) == ("7", "moto", "no�luck")
    [run] = [run for run in report.runs if run.id == report.rules[1].runs[0]]
    assert [finding.rule for finding in run.findings] == ["REC-01"]


def changed(change: Callable[[Any], object]) -> str:
    document = json.loads(dump(REPORT))
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty: was the run that writes it broken off?"),
        ("[]", "the document: Expected `object`, got `array`"),
        ('{"schema_version": 2}', "version 2; expected version 3: write it anew with"),
        (changed(lambda d: d["rules"][0].pop("name")), "rules[0].name: missing"),
        (
            changed(lambda d: d["runs"][0].update(status="good")),
            "runs[0].status: Invalid enum value 'good' (`passed`, `failed`, ",
        ),
        (
            changed(lambda d: d["runs"][0].update(paths={"a": [["b", 3]]})),
            "runs[0].paths[...][0][1]: Expected `str`, got `int`",
        ),
    ],
)
def test_what_is_no_report_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(UsageError) as refused:
        read_report(path)
    assert str(refused.value).startswith(f"{path} is ")
    assert words in str(refused.value)
