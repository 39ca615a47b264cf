"""A command that breaks the contract is told apart from a reporter that does not conform."""

import contextlib
import json
import os
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.command import CommandAdapter
from s3_reporter_conformance.adapters.contract import Operation, read_reply, request
from s3_reporter_conformance.adapters.logs import LogRecord
from s3_reporter_conformance.adapters.scan_results import RESULTS, ScanResults, Severity, Uncopyable
from s3_reporter_conformance.words.errors import AdapterError, AdapterTimeoutError

Run = Callable[..., Outcome]
MakeCall = Callable[..., Call]

READY = """
    case "$(cat)" in
        *'"operation": "validate"'*) echo '{"ready": true}'; exit;;
    esac
"""


@pytest.fixture
def ask(tmp_path: Path, call: MakeCall) -> Run:
    """Run a piece of shell as a reporter's command."""

    def ask(source: str, **fields: Any) -> Outcome:
        (tmp_path / "reporter.sh").write_text(source)
        environment = {"PATH": os.defpath, "AWS_REGION": "eu-west-1"}
        adapter = CommandAdapter("sh reporter.sh", tmp_path, tmp_path)
        with contextlib.closing(adapter):
            return adapter.run(call(environment=environment, **fields))

    return ask


def test_a_command_is_asked_to_report_if_it_is_ready(ask: Run) -> None:
    outcome = ask(READY + """echo careful >&2; echo '{"returned": "s3://b/k"}'""")
    assert outcome == Outcome(ready=True, returned="s3://b/k", stderr="careful\n")
    assert outcome.complaints == ("careful",)
    outcome = ask("""echo '{"ready": false, "message": "no region"}'""")
    log = (LogRecord("WARNING", "validate", "no region"),)
    assert outcome == Outcome(ready=False, log=log)
    source = READY.replace("true", "false") + """echo '{"returned": "disabled"}'"""
    assert ask(source, report_anyway=True) == Outcome(ready=False, returned="disabled")


def test_a_command_gets_the_environment_of_the_call_and_nothing_else(ask: Run) -> None:
    printed = ask(READY + """env >&2; echo '{"returned": "no"}'""").stderr
    names = {line.partition("=")[0] for line in printed.splitlines()}
    assert names <= {"PATH", "AWS_REGION", "PWD", "SHLVL", "_", "OLDPWD"}
    assert "AWS_REGION=eu-west-1" in printed


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("echo Loading; echo '{\"ready\": true}'", "It printed: Loading"),
        (READY + "echo '{}'", "the reply to report is malformed: Object missing required field"),
        ("echo oh no >&2; exit 3", "It printed: oh no"),
        ("head -c 70000000 /dev/zero; sleep 97", "replied more than 64 MB, so it was killed"),
        ("kill -40 $$", "was terminated by signal 40 on validate"),
        (READY + "exit 7", "exited with code 7 on report"),
        ("""sleep 99 & echo '{"ready": true}'""", "left processes running"),
        ("""setsid sleep 98 & echo '{"ready": true}'; sleep 0.2""", "left processes running"),
    ],
)
def test_what_breaks_the_contract(ask: Run, source: str, words: str) -> None:
    with pytest.raises(AdapterError) as caught:
        ask(source)
    assert words in str(caught.value)


def test_both_operations_share_the_time(ask: Run) -> None:
    """Its end is compared, not waited for."""
    genuine = CommandAdapter.run_process
    with patch.object(CommandAdapter, "run_process", autospec=True, side_effect=genuine) as ends:
        ask(READY + """echo '{"returned": "no"}'""")
    validated, reported = (each.args[2] for each in ends.call_args_list)
    assert validated is reported
    with pytest.raises(AdapterTimeoutError, match=r"within 0\.5 s on validate"):
        ask("sleep 99", timeout=0.5)


def test_a_program_that_is_not_there(tmp_path: Path, call: MakeCall) -> None:
    adapter = CommandAdapter("nosuch", tmp_path, tmp_path)
    with contextlib.closing(adapter):
        for use in (adapter.open, lambda: adapter.run(call())):
            with pytest.raises(AdapterError, match="nosuch cannot be run"):
                use()


def test_a_request_is_what_the_contract_says(call: MakeCall) -> None:
    data = {
        "when": datetime(2026, 1, 15, tzinfo=timezone.utc),
        "how": Severity.HIGH,
        "é": Path("/x"),
        "odd": Uncopyable(),
    }
    made = call(results=ScanResults(data))
    assert json.loads(request(made, Operation.REPORT)) == {
        "contract": 1,
        "operation": "report",
        "options": {"bucket_name": "b"},
        "output_dir": str(made.output_dir),
        "results": {
            "when": "2026-01-15T00:00:00+00:00",
            "how": "high",
            "é": "/x",
            "odd": "Uncopyable, which cannot be printed",
        },
    }
    assert "results" not in json.loads(request(made, Operation.VALIDATE))


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (b"", "It printed: (nothing)"),
        (b'{"ready": true} {}', "malformed: JSON is malformed: trailing characters"),
        (b'{"ready": true, "returned": "x"}', "Object contains unknown field `returned`"),
        (b"\xff", "JSON is malformed: invalid character"),
        (b"x" * 10_000, "x ..."),
    ],
)
def test_a_malformed_reply(output: bytes, words: str) -> None:
    with pytest.raises(AdapterError) as caught:
        read_reply(output, Operation.VALIDATE)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 700


SCAN = """
    cat > request.json
    mkdir output/reports
    printf s3://b/k > output/reports/ash.s3.json
    cat > output/ash_aggregated_results.json <<END
    {"metadata": {"summary_stats": {"start": "2026-11-23T22:03:55Z", "severity_counts": {}}},
     "scanner_results": {}}
END
    echo careful >&2
"""


def test_a_command_that_scans(ask: Run, tmp_path: Path) -> None:
    outcome = ask(SCAN + """echo '{"exit_code": 2}'""", source_dir=tmp_path / "project")
    asked = json.loads((tmp_path / "request.json").read_text())
    assert (asked["operation"], asked["source_dir"]) == ("scan", str(tmp_path / "project"))
    assert (outcome.ready, outcome.returned, outcome.exit_code) == (True, "s3://b/k", 2)
    assert outcome.complaints == ("careful",)
    with pytest.raises(AdapterError, match=r'the reply to scan is malformed[\s\S]*"exit_code": 0'):
        ask("""echo '{"returned": "s3://b/k"}'""", source_dir=tmp_path)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "No such file or directory"),
        ("{", "Expecting property name"),
        ('{"metadata": {"summary_stats": {"start": 1}}}', "does not tell that"),
    ],
)
def test_wrong_results_of_a_scan(tmp_path: Path, text: str | None, what: str) -> None:
    if text is not None:
        (tmp_path / RESULTS).write_text(text)
    with pytest.raises(AdapterError, match=f"{what}.* Expected: JSON with"):
        Outcome(ready=False).of_scan(tmp_path)
