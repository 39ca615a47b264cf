"""A reporter that misbehaves cannot reach the suite, and the user learns what it did."""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.logs import LogRecord
from s3_reporter_conformance.adapters.python import InProcessAdapter
from s3_reporter_conformance.words.errors import AdapterError, AdapterTimeoutError

Run = Callable[..., Outcome]
MakeCall = Callable[..., Call]

GOOD = """
    class Reporter:
        def __init__(self, options, output_dir):
            self.options, self.output_dir = options, output_dir
        def validate(self):
            self.validated = True
            return True
        def report(self, results):
            return "s3://bucket/key"
"""
NOT_READY = GOOD.replace("return True", "return False")


def in_report(body: str) -> str:
    return GOOD.replace('return "s3://bucket/key"', body)


def test_a_reporter_is_asked_to_report_if_it_is_ready(run: Run) -> None:
    assert run(GOOD) == Outcome(ready=True, returned="s3://bucket/key")
    assert run(NOT_READY) == Outcome(ready=False)
    assert run(NOT_READY, report_anyway=True) == Outcome(ready=False, returned="s3://bucket/key")


def test_what_a_reporter_is_given(run: Run) -> None:
    body = """
            import os
            assert results.to_simple_dict()["metadata"]["tool_version"] == "3.5.9"
            assert results.metadata.summary_stats.start == "2026-11-22T19:16:23+00:00"
            assert self.options == {"bucket_name": "b"}, self.options
            assert self.output_dir.is_dir()
            assert self.validated
            return repr(sorted(os.environ.items()))"""
    outcome = run(in_report(body), environment={"HERE": "x"})
    assert (outcome.returned, outcome.exception) == (repr([("HERE", "x")]), None)


def test_log_and_output_are_observed(run: Run) -> None:
    body = """
            import logging, os, sys
            logging.getLogger("mine").error("no %s", "luck")
            logging.getLogger("mine").debug("unseen")
            print("printed")
            print("complained", file=sys.stderr)
            os.system("echo from a child")
            return "x" """
    outcome = run(in_report(body), environment={"PATH": "/bin:/usr/bin"})
    assert outcome.log == (LogRecord("ERROR", "mine", "no luck"),)
    assert outcome.stdout.split() == ["from", "a", "child", "printed"]
    assert outcome.stderr.split() == ["complained"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise KeyError('bucket')", "report(results) raised KeyError: 'bucket'"),
        ("import sys; sys.exit(2)", "report(results) raised SystemExit: 2"),
        ("return None", "report(results) returned None"),
        ("return {'url': 1}", "report(results) returned {'url': 1}"),
    ],
)
def test_what_leaves_report_is_an_observation(run: Run, body: str, words: str) -> None:
    outcome = run(in_report(body))
    assert outcome.returned is None
    assert words in (outcome.exception or "")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (GOOD.replace("return True", "raise ValueError('x')"), "validate() raised ValueError: x"),
        (GOOD.replace("return True", "return 'yes'"), "validate() returned 'yes'; expected True"),
        (GOOD.replace("def __init__(self", "def __init__(self, extra"), "raised TypeError"),
        (
            GOOD.replace("return True", "import os; os._exit(3)"),
            "exited with code 3 while validate()",
        ),
        (in_report("import os; os._exit(0)"), "exited with code 0 while report(results)"),
        (in_report("import os; os.abort()"), "terminated by SIGABRT while report(results)"),
        (in_report("print('last words', flush=True); import os; os._exit(1)"), "last words"),
    ],
)
def test_a_reporter_that_breaks_is_an_adapter_error(run: Run, source: str, words: str) -> None:
    with pytest.raises(AdapterError) as caught:
        run(source)
    assert words in str(caught.value)


@pytest.mark.parametrize("sleep", ["import time; time.sleep(600)", "while True: pass"])
def test_a_reporter_that_hangs_is_killed(run: Run, sleep: str) -> None:
    with pytest.raises(AdapterTimeoutError, match=r"within 0.5 s while report\(results\)"):
        run(in_report(sleep), timeout=0.5)


@pytest.mark.parametrize(
    ("source", "attribute", "words"),
    [
        (GOOD, "Nothing", "module 'written' has no attribute 'Nothing'"),
        ("import nosuchmodule", "Reporter", "No module named 'nosuchmodule'"),
        ("raise ValueError('boom')", "Reporter", "ValueError: boom"),
        ("class", "Reporter", "SyntaxError"),
        ("print('last words', flush=True); import os; os._exit(3)", "Reporter", "last words"),
        ("import sys; sys.exit('stop')", "Reporter", "SystemExit: stop"),
    ],
)
def test_a_reporter_that_cannot_be_loaded(
    run: Run, source: str, attribute: str, words: str
) -> None:
    with pytest.raises(AdapterError, match="cannot be loaded") as caught:
        run(source, attribute)
    assert words in str(caught.value)


SCANS = """
    import json
    class Reporter:
        def __init__(self, options, output_dir):
            self.output_dir = output_dir
        def scan(self, source_dir):
            statistics = {"start": "2026-11-23T22:03:55+00:00", "severity_counts": {}}
            results = {"metadata": {"summary_stats": statistics}, "scanner_results": {}}
            (self.output_dir / "ash_aggregated_results.json").write_text(json.dumps(results))
            return len(list(source_dir.iterdir()))
"""


def test_a_tool_scans(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "a").touch()
    outcome = run(SCANS, source_dir=project)
    assert (outcome.ready, outcome.returned, outcome.exit_code) == (False, None, 1)
    assert outcome.handed is not None
    assert outcome.handed.start == "2026-11-23T22:03:55+00:00"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SCANS.replace("return len(list(source_dir.iterdir()))", "return None"), "returned None;"),
        (GOOD, "raised AttributeError"),
    ],
)
def test_a_wrong_scan_is_an_adapter_error(
    run: Run, tmp_path: Path, source: str, words: str
) -> None:
    with pytest.raises(AdapterError, match=rf"scan\(source_dir\) {words}"):
        run(source, source_dir=tmp_path)


def test_in_process_the_same_is_observed(
    tmp_path: Path, call: MakeCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "near.py").write_text(in_report("return 'x'").replace("    class", "class"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    adapter = InProcessAdapter("near:Reporter", tmp_path, tmp_path)
    with contextlib.closing(adapter):
        assert adapter.run(call()) == Outcome(ready=True, returned="x")
