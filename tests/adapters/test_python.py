"""A reporter that misbehaves cannot reach the suite, and the user learns what it did."""

import re
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from running import processes, wait_until

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.logs import LogRecord
from s3_reporter_conformance.adapters.processes import LOCAL_ZONE
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.words.errors import AdapterError, AdapterTimeoutError

Run = Callable[..., Outcome]

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


MUTE = "import logging; Mute = type('Mute', (Exception,), dict.fromkeys(('__str__', '__repr__')))"


def in_report(body: str) -> str:
    return GOOD.replace('return "s3://bucket/key"', body)


def test_a_reporter_is_asked_to_report_if_it_is_ready(run: Run, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the user')")
    assert run(GOOD) == Outcome(ready=True, returned="s3://bucket/key")
    assert run(NOT_READY) == Outcome(ready=False)
    assert run(NOT_READY, report_anyway=True) == Outcome(ready=False, returned="s3://bucket/key")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_who_closes_an_adapter_leaves_no_process(tmp_path: Path, call: Callable[[], Call]) -> None:
    (tmp_path / "written.py").write_text(textwrap.dedent(GOOD))
    adapter = PythonAdapter("written:Reporter", tmp_path, tmp_path)
    assert adapter.run(call()).ready
    # The fork server, and the keeper that waits for another call.
    assert len(processes(f"HOME={tmp_path}")) == 2
    adapter.close()
    wait_until(lambda: not processes(f"HOME={tmp_path}"))


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
        (f"{MUTE}; return Mute()", "report(results) returned Mute, which cannot be printed"),
        (f"{MUTE}; raise Mute", "report(results) raised Mute: Mute, which cannot be printed"),
        (f"{MUTE}; logging.error('%s', Mute())", "report(results) returned None"),
    ],
)
def test_what_leaves_report_is_an_observation(run: Run, body: str, words: str) -> None:
    outcome = run(in_report(body))
    assert outcome.returned is None
    assert words in (outcome.exception or "")


def test_what_a_library_raises_is_told_with_the_line_that_calls_it(run: Run) -> None:
    outcome = run(in_report("import json; json.loads('{')"))
    assert re.search(r"JSONDecodeError: .*/\w+\.py, line \d+\)", outcome.exception or "")
    assert "json/decoder.py" not in (outcome.exception or "")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (GOOD.replace("return True", "return 'yes'"), "validate() returned 'yes'; expected True"),
        (GOOD.replace("def __init__(self", "def __init__(self, extra"), "raised TypeError"),
        (in_report("import os; os._exit(0)"), "exited with code 0 while report(results)"),
        (in_report("print('last words', flush=True); import os; os._exit(1)"), "last words"),
    ],
)
def test_a_reporter_that_breaks_is_an_adapter_error(run: Run, source: str, words: str) -> None:
    with pytest.raises(AdapterError) as caught:
        run(source)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("body", "timeout", "seconds"),
    [("__import__('time').sleep(1800)", 1, 1), ("while True: pass", 0.2, 1)],
)
def test_a_reporter_that_hangs_is_killed(
    run: Run, body: str, timeout: float, seconds: float
) -> None:
    # On a busy machine, it may not have come to its report.
    words = rf"within {timeout} s while .* was .* --timeout={2 * timeout:g}"
    with pytest.raises(AdapterTimeoutError, match=words) as caught:
        run(in_report(body), timeout=timeout)
    taken = re.search(r"killed after (\S+) s", str(caught.value))
    assert taken
    assert float(taken[1]) >= seconds


@pytest.mark.skipif(sys.platform != "linux", reason="reads proc(5)")
def test_a_reporter_that_computes_gets_more_time(run: Run) -> None:
    body = """
            import os, time
            until = time.monotonic() + 3
            if not os.fork():
                while time.monotonic() < until:
                    pass
                os._exit(0)
            os.wait()
            return "x"
    """
    assert run(in_report(body), timeout=1.5).returned == "x"


@pytest.mark.parametrize(
    ("source", "attribute", "words"),
    [
        (GOOD, "Nothing", "module 'written' has no attribute 'Nothing'"),
        ("import nosuchmodule", "Reporter", "No module named 'nosuchmodule'"),
        ("class", "Reporter", "SyntaxError"),
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


IN_THE_CALL = "IMPORTED == os.getpid()"
STARTED = """
import threading
THREAD = threading.Thread(target=time.sleep, args=(60,), daemon=True)
THREAD.start()
"""
# All sessions share what the server read before the call.
SESSION = """
import boto3, botocore.session
SESSION = botocore.session.Session()
boto3.session.Session(botocore_session=SESSION)
LOADER = SESSION.get_component("data_loader")
"""
CALL = {"HOME": "/the/call", "AWS_REGION": "eu-west-1", "TZDIR": "/zones"}


@pytest.fixture
def importing(run: Run) -> Run:
    """Run a reporter whose module imports something, and which returns an expression."""

    def importing(imported: str, returned: str, **fields: Any) -> Outcome:
        start = f"import os, time\nIMPORTED = os.getpid()\n{imported}\n"
        source = textwrap.dedent(in_report(f"return str({returned})"))
        return run(start + source, **fields)

    return importing


@pytest.mark.parametrize(
    ("imported", "returned", "expected"),
    [
        ("REGION = os.environ.get('AWS_REGION')", "REGION", "eu-west-1"),
        ("BUCKET = 'ASH_S3_BUCKET_NAME' in os.environ", "BUCKET", "False"),
        ("SETTINGS = os.environ.copy()", "SETTINGS['AWS_REGION']", "eu-west-1"),
        ("from pathlib import Path\nHOME = Path.home()", "HOME", "/the/call"),
        ("import boto3\nCLIENT = boto3.client('s3', 'eu-west-1')", IN_THE_CALL, "True"),
        ("os.environ['HERE'] = 'yes'", "os.environ.get('HERE')", "yes"),
        ("del os.environ['TZDIR']", "'TZDIR' in os.environ", "False"),
        (STARTED, "THREAD.is_alive()", "True"),
        (SESSION, "any('service-2' in str(key) for key in vars(LOADER)['_cache'])", "True"),
    ],
)
def test_an_import_sees_the_call(
    importing: Run, imported: str, returned: str, expected: str
) -> None:
    assert importing(imported, returned, environment=CALL).returned == expected


@pytest.mark.parametrize(
    "imported",
    [
        "import boto3, botocore.session, yaml, dateutil.parser",
        "from s3_reporter_conformance.reference import S3Reporter",
        "os.environ.get('PATH'), os.environ.get('MY_DEBUG'), os.environ.get('TZ')",
        "print('loaded')",
    ],
)
def test_an_import_that_sees_nothing_of_a_call_is_shared(importing: Run, imported: str) -> None:
    outcome = importing(imported, IN_THE_CALL, environment=CALL)
    assert (outcome.returned, outcome.stdout) == ("False", "")


def test_local_time_is_that_of_the_call(importing: Run) -> None:
    """Also where the C library has asked for the zone before the call."""
    imported, returned = "ZONE = time.strftime('%z')", "(ZONE, time.strftime('%z'))"
    outcome = importing(imported, returned, environment={"TZ": "<+0130>-1:30"})
    # Which zone it is depends on the time of the day.
    assert outcome.returned == f"('{datetime.now(ZoneInfo(LOCAL_ZONE)):%z}', '+0130')"
