"""The conformance report: it is read as it was written, and without secrets."""

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from results import a_run, a_verdict, a_written_rule

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.reporting.evidence import redact
from s3_reporter_conformance.reporting.report_files import dump, read_report, report_of
from s3_reporter_conformance.s3.credentials import Credentials
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.report import RunInfo
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.words.errors import UsageError

if TYPE_CHECKING:
    from s3_reporter_conformance.scenario.world import World

REPORT = report_of(
    a_verdict(
        a_run("a", breaks=["REC-01"], keeps=["KEY-01"], values={"format": "yaml"}),
        a_run("b", keeps=["KEY-01", "REC-01"], facts={}, observed={"attempts": "1"}),
        a_run("c", status=Status.NOT_RUN, problem="it enforces no IAM"),
        rules=[
            a_written_rule("KEY-01"),
            a_written_rule("REC-01", Level.RECOMMENDED, diagram=None, node=None),
        ],
    ),
    Manifest("mi\x1bne", "command:mine", version="1", features=frozenset({"b", "a"})),
    RunInfo("7", "moto 5.2.5", "no\x07luck"),
    datetime(2026, 11, 22, 10, 0, 0, 5, timezone.utc),
)


def test_a_report_says_what_the_verdict_says() -> None:
    assert REPORT.conformant
    assert REPORT.conclusion == (
        "Conforms: every core rule holds, and every rule of the declared features. "
        "1 recommendation is not met: REC-01"
    )
    assert REPORT.summary[Status.FAILED] == REPORT.summary[Status.PASSED] == 1
    assert (REPORT.reporter.title, REPORT.started) == ("mi�ne 1", "2026-11-22T10:00:00+00:00")
    assert REPORT.reporter.features == ("a", "b")
    assert (REPORT.seed, REPORT.backend_name, REPORT.aborted) == ("7", "moto", "no�luck")


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(dump(REPORT))
    assert read_report(path) == REPORT


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


URL = (
    "http://wire/reports/a?X-Amz-Credential=AKIAKEY%2F20260115%2Feu-west-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20260115T103000Z&X-Amz-Signature=0123abcd"
)


WORLD = cast(
    "World",
    SimpleNamespace(
        credentials={"profile default": Credentials("AKIAKEY", "secretsecret")},
        buckets={},
        folder=Path("/folder"),
        wire=SimpleNamespace(url="http://wire"),
    ),
)


def test_what_signs_a_url_is_masked_and_nothing_else() -> None:
    assert redact(WORLD)(f"AKIAKEY sent {URL} twice") == (
        "(access key id of profile default) sent http://(endpoint)/reports/a?X-Amz-Credential=***"
        "&X-Amz-Date=20260115T103000Z&X-Amz-Signature=*** twice"
    )


def test_what_is_left_of_a_secret_where_a_text_was_cut_is_taken_out() -> None:
    assert redact(WORLD)("key=secretse ... (900 characters)") == (
        "key=(secret access key of profile default) ... (900 characters)"
    )
    assert redact(WORLD)("no secret ... at all") == "no secret ... at all"
    assert redact(WORLD)("([yellow]s3[/yellow] @ [a])[/red]") == "(s3 @ [a])[/red]"
