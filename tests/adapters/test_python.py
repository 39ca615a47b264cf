"""A reporter that misbehaves cannot reach the suite, and the user learns what it did."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import LogRecord, Outcome
from s3_reporter_conformance.words.errors import AdapterError, AdapterTimeoutError

Run = Callable[..., Outcome]

GOOD = """
    class Reporter:
        def __init__(self, options, output_dir):
            self.options, self.output_dir = options, output_dir
        def validate(self):
            return True
        def report(self, results):
            return "s3://bucket/key"
"""


def ended(pid: int) -> bool:
    """Whether a process that was killed ends: it may take the system a moment."""
    stat = Path("/proc", str(pid), "stat")
    for _ in range(500):
        try:
            os.kill(pid, 0)
            # Where nobody collects orphans, a dead one stays on as a zombie.
            if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.01)
    return False


def in_report(body: str) -> str:
    return GOOD.replace('return "s3://bucket/key"', body)


def test_a_reporter_that_works(run: Run) -> None:
    assert run(GOOD) == Outcome(ready=True, returned="s3://bucket/key")


def test_a_reporter_that_is_not_ready_is_not_asked_to_report(run: Run) -> None:
    source = in_report("raise RuntimeError").replace("return True", "return False")
    assert run(source) == Outcome(ready=False)


def test_a_reporter_that_is_not_ready_can_be_asked_all_the_same(run: Run) -> None:
    source = GOOD.replace("return True", "return False")
    assert run(source, report_anyway=True) == Outcome(ready=False, returned="s3://bucket/key")


def test_validate_and_report_share_an_object(run: Run) -> None:
    source = GOOD.replace("return True", "self.seen = 'yes'; return True")
    assert run(source.replace('"s3://bucket/key"', "self.seen")).returned == "yes"


def test_what_a_reporter_is_given(run: Run) -> None:
    body = """
            import os
            assert results.to_simple_dict()["metadata"]["tool_version"] == "3.5.9"
            assert results.metadata.summary_stats.start == "2026-11-22T19:16:23+00:00"
            assert self.options == {"a": 1}, self.options
            assert self.output_dir.is_dir()
            return repr(sorted(os.environ.items()))"""
    assert run(in_report(body), HERE="x").returned == repr([("HERE", "x")])


def test_log_and_output_are_observed(run: Run) -> None:
    body = """
            import logging, os, sys
            logging.getLogger("mine").error("no %s", "luck")
            logging.getLogger("mine").debug("unseen")
            print("printed")
            print("complained", file=sys.stderr)
            os.system("echo from a child")
            return "x" """
    outcome = run(in_report(body), PATH="/bin:/usr/bin")
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
        (
            GOOD.replace("return True", "raise ValueError('odd')"),
            "validate() raised ValueError: odd",
        ),
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


def test_children_of_a_reporter_are_killed_with_it(run: Run, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    body = f"""
            import subprocess
            child = subprocess.Popen([{sys.executable!r}, "-c", "import time; time.sleep(600)"])
            open({str(pid_file)!r}, "w").write(str(child.pid))
            return "x" """
    run(in_report(body))
    assert ended(int(pid_file.read_text()))


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
        run(source, attribute=attribute)
    assert words in str(caught.value)


SCANS = """
    import json
    class Reporter:
        def __init__(self, options, output_dir):
            self.output_dir = output_dir
        def scan(self, source_dir):
            (self.output_dir / "reports").mkdir()
            (self.output_dir / "reports" / "ash.s3.json").write_text("s3://bucket/key")
            statistics = {"start": "2026-11-23T22:03:55+00:00", "severity_counts": {}}
            results = {"metadata": {"summary_stats": statistics}, "scanner_results": {}}
            (self.output_dir / "ash_aggregated_results.json").write_text(json.dumps(results))
            return len(list(source_dir.iterdir()))
"""


def test_a_tool_scans(run: Run, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a").touch()
    outcome = run(SCANS, source_dir=tmp_path / "project")
    assert (outcome.ready, outcome.returned, outcome.exit_code) == (True, "s3://bucket/key", 1)
    assert outcome.handed is not None
    assert outcome.handed.start == "2026-11-23T22:03:55+00:00"


def test_a_scan_returns_an_exit_code(run: Run, tmp_path: Path) -> None:
    source = SCANS.replace("return len(list(source_dir.iterdir()))", "return None")
    with pytest.raises(AdapterError, match=r"scan\(source_dir\) returned None; expected an exit"):
        run(source, source_dir=tmp_path)


def test_a_class_that_does_not_scan_is_an_adapter_error(run: Run, tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match=r"scan\(source_dir\) raised AttributeError"):
        run(GOOD, source_dir=tmp_path)
