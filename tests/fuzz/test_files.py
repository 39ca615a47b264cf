"""A wrong file of a user or of the project is refused in words, and never taken for right."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from results import a_finding, a_report, a_rule, a_run
from strategies import JSON, TEXTS, mutated

from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.adapters.registry import check_adapter, find_reporter
from s3_reporter_conformance.reporting.report import dump, read_report
from s3_reporter_conformance.spec.diagrams import DiagramError, parse
from s3_reporter_conformance.spec.features import FeatureError, feature_files
from s3_reporter_conformance.spec.gherkin import all_rules, read_feature
from s3_reporter_conformance.spec.rules import Level
from s3_reporter_conformance.verdict.baseline import judge
from s3_reporter_conformance.verdict.known_deviations import (
    KnownDeviations,
    read_known_deviations,
    update_known_deviations,
)
from s3_reporter_conformance.verdict.last_failed import last_failed
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Verdict
from s3_reporter_conformance.words.errors import UsageError

MANIFEST = b"""name = "mine"
adapter = "command:node 'my reporter.mjs'"
version = "1.0"
features = ["preflight", "no-secrets"]
max_retries = 3
jitter = "full"
"""
DEVIATIONS = b"""# Known.
[[deviation]]
rule = "KEY-03"
whenever = "file_format is yaml and the caller is ASH Core"
reason = \"\"\"two
lines\"\"\"
issue = "https://example.org/1"
expires = 2030-01-01

[[deviation]]
rule = "ERR-07"
reason = 'waits'
issue = "to be filed"
expires = 2030-01-02
"""
REPORTS = tuple(
    dump(
        a_report(
            [
                a_rule("KEY-03", status),
                a_rule("ERR-07"),
                a_rule("EXT-NAME-01", Status.NOT_CLAIMED, level=Level.EXTENDED),
            ],
            [a_run(keeps=["ERR-07"], breaks=breaks)],
        )
    ).encode()
    for status, breaks in ((Status.PASSED, ()), (Status.FAILED, [a_finding("KEY-03")]))
)
FEATURES = tuple(path.read_bytes() for path in feature_files())[2:4]
DIAGRAMS = tuple(
    path.read_text().encode()
    for path in sorted((Path(__file__).parents[2] / "diagrams").glob("*.mmd"))
)

NUMBERS = count()


@contextmanager
def refused_in_words(kind: type[Exception] = UsageError, named: object = "") -> Iterator[None]:
    """Let what follows raise an error of a kind, if it has words and names the file."""
    try:
        yield
    except kind as error:
        assert str(named) in str(error)
        assert len(str(error)) > 10
        assert "Traceback" not in str(error)


@given(mutated(MANIFEST) | st.binary(max_size=60))
@example(MANIFEST)
@example(MANIFEST.replace(b"= 3", b"= 0x" + b"f" * 5000))
@example(MANIFEST.replace(b'"1.0"', b"[" * 500 + b"]" * 500))
def test_a_manifest(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reporter.toml"
    path.write_bytes(content)
    named = []
    with refused_in_words(named=path):
        manifest = find_reporter(str(path))
        check_adapter(manifest.adapter, "what a manifest names")
        named.append(manifest.name.strip())
    assert any(named) or content != MANIFEST


@given(st.text(max_size=40).map("command:".__add__) | st.text(max_size=40))
@example("x" * 5000)
@example("a\0b")
def test_a_reporter_on_the_command_line(text: str) -> None:
    with refused_in_words():
        check_adapter(find_reporter(text).adapter, "what was found")


@given(mutated(DEVIATIONS) | st.binary(max_size=60))
@example(DEVIATIONS)
@example(DEVIATIONS.replace(b"lines", b"[[deviation]]"))
@example(DEVIATIONS.replace(b'\n[[deviation]]\nrule = "ERR', b"\n[['deviation']]\nrule = \"ERR"))
def test_known_deviations(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "known.toml"
    path.write_bytes(content)
    manifest = Manifest("mine", "command:mine")
    failing = (a_rule("KEY-03", Status.UNEXPECTEDLY_PASSED), a_rule("KEY-04", Status.FAILED))
    updated = []
    with refused_in_words(named=path):
        known = read_known_deviations(path, all_rules(), manifest)
        assert known.entries.keys() <= {"KEY-03", "ERR-07"}
        update_known_deviations(
            KnownDeviations(path, known.entries, date(2026, 11, 26)), Verdict(failing, ())
        )
        updated.append(read_known_deviations(path, all_rules(), manifest).entries.keys())
        assert updated == [known.entries.keys() - {"KEY-03"} | {"KEY-04"}]
    assert updated or path.read_bytes() == content != DEVIATIONS


@given(
    mutated(*REPORTS) | st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode())
)
@example(REPORTS[0].replace(b'"max_retries": 3', b'"max_retries": 1e400'))
@example(REPORTS[0].replace(b'"max_retries": 3', b'"max_retries": 3.0'))
@example(REPORTS[0].replace(b'"line": 1', b'"line": NaN'))
def test_a_report_and_a_baseline(tmp_path: Path, content: bytes) -> None:
    path, good = tmp_path / "report.json", tmp_path / "good.json"
    path.write_bytes(content)
    good.write_bytes(REPORTS[0])
    with refused_in_words():
        report = read_report(path)
        gate = judge(read_report(good), report)
        judge(report, read_report(good))
        passed = {name for name, status in report.statuses.items() if status is Status.PASSED}
        assert bool(gate.regressions) >= bool({"KEY-03", "ERR-07"} - passed)
        path.write_text(dump(report))
        assert read_report(path) == report


@given(mutated(b'{"command:mine": ["a-json-report"]}') | st.binary(max_size=40))
@example(b"[" * 100_000)
def test_the_runs_that_failed_before(tmp_path: Path, content: bytes) -> None:
    with pytest.MonkeyPatch.context() as changed:
        changed.chdir(tmp_path)
        folder = tmp_path / ".s3-reporter-conformance"
        folder.mkdir(exist_ok=True)
        (folder / "last-failed.json").write_bytes(content)
        assert all(isinstance(name, str) for name in last_failed("command:mine"))


@given(mutated(*FEATURES) | st.binary(max_size=60) | TEXTS.map(lambda text: text.encode()))
def test_a_feature_file(tmp_path: Path, content: bytes) -> None:
    # What was read of a path is kept.
    path = tmp_path / str(next(NUMBERS)) / "object_naming.feature"
    path.parent.mkdir()
    path.write_bytes(content)
    with refused_in_words(FeatureError, path):
        found = read_feature(path)
        assert found.scenarios
        assert all(rule.judgments for rule in found.rules)


@given(
    mutated(*DIAGRAMS).map(lambda content: content.decode(errors="replace")) | st.text(max_size=60)
)
@example("")
@example("sequenceDiagram\na->>b: x")
def test_a_diagram(text: str) -> None:
    with refused_in_words(DiagramError):
        diagram = parse("report_sequence", text)
        ends = {end for edge in diagram.edges for end in (edge.source, edge.target)}
        assert ends <= set(diagram.nodes)
