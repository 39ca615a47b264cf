"""A wrong file of a user, or reply of a program, is refused in words, and never taken for right."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs
from results import a_report, a_rule, a_run
from strategies import JSON, mutated

from s3_reporter_conformance.adapters.contract import Operation, read_reply
from s3_reporter_conformance.adapters.manifest import Manifest
from s3_reporter_conformance.adapters.registry import check_adapter, find_reporter
from s3_reporter_conformance.reporting.report_files import dump, read_report
from s3_reporter_conformance.spec.gherkin import all_rules
from s3_reporter_conformance.verdict.comparison import judge
from s3_reporter_conformance.verdict.known_deviations import (
    KnownDeviations,
    read_known_deviations,
    update_known_deviations,
)
from s3_reporter_conformance.verdict.status import Status
from s3_reporter_conformance.verdict.verdict import Verdict
from s3_reporter_conformance.words.errors import AdapterError, UsageError

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
            [a_rule("KEY-03", status), a_rule("ERR-07")], [a_run(keeps=["ERR-07"], breaks=breaks)]
        )
    ).encode()
    for status, breaks in ((Status.PASSED, ()), (Status.FAILED, ["KEY-03"]))
)
REPLIES = (
    b'{"ready": false, "message": "set bucket_name"}',
    b'{"returned": "s3://bucket/key"}',
    b'{"exit_code": 0}',
)
JSON_DOCUMENTS = JSON.map(lambda value: json.dumps(value).encode())


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
    updated = []
    with refused_in_words(named=path):
        known = read_known_deviations(path, all_rules(), manifest)
        assert known.entries.keys() <= {"KEY-03", "ERR-07"}
        passing = [
            a_rule(name, Status.UNEXPECTEDLY_PASSED) for name in {"KEY-03"} & known.entries.keys()
        ]
        update_known_deviations(
            KnownDeviations(path, known.entries, date(2026, 11, 26)),
            Verdict((*passing, a_rule("KEY-04", Status.FAILED)), ()),
        )
        updated.append(read_known_deviations(path, all_rules(), manifest).entries.keys())
        assert updated == [known.entries.keys() - {"KEY-03"} | {"KEY-04"}]
    assert updated or path.read_bytes() == content != DEVIATIONS


@given(mutated(*REPORTS) | st.binary(max_size=60) | JSON_DOCUMENTS)
@example(REPORTS[0].replace(b'"max_retries": 3', b'"max_retries": 1e400'))
@example(REPORTS[0].replace(b'"line": 1', b'"line": NaN'))
def test_a_report_and_a_baseline(tmp_path: Path, content: bytes) -> None:
    path, good = tmp_path / "report.json", tmp_path / "good.json"
    path.write_bytes(content)
    good.write_bytes(REPORTS[0])
    with refused_in_words():
        report = read_report(path)
        gate = judge(read_report(good), report)
        judge(report, read_report(good))
        passed = {rule.id for rule in report.rules if rule.status is Status.PASSED}
        assert bool(gate.regressions) >= bool({"KEY-03", "ERR-07"} - passed)
        path.write_text(dump(report))
        assert read_report(path) == report


@given(
    st.sampled_from(Operation),
    mutated(*REPLIES)
    | st.binary(max_size=40)
    | JSON_DOCUMENTS
    | st.tuples(mutated(*REPLIES), st.sampled_from(REPLIES)).map(b"".join),
)
@example(Operation.REPORT, b'{"returned": "a", "returned": "b"}')
@example(Operation.REPORT, b'{"returned": "\\ud800"}')
@example(Operation.VALIDATE, b"[" * 100_000)
@example(Operation.SCAN, b'{"exit_code": 1e400}')
def test_a_reply(operation: Operation, output: bytes) -> None:
    with refused_in_words(AdapterError, f"the reply to {operation.value} is malformed"):
        reply = read_reply(output, operation)
        assert json.loads(output).items() <= structs.asdict(reply).items()
        # It can be printed.
        assert str(reply).encode().decode() == str(reply)
