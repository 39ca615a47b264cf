"""A whole ASH that runs its reporter itself: what it is given, and what it says of its run."""

import json
from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from s3_reporter_conformance.adapters.ash_scan import changed_paths, log_records, results_file
from s3_reporter_conformance.adapters.base import Outcome
from s3_reporter_conformance.adapters.logs import LogRecord
from s3_reporter_conformance.adapters.scan_results import ScanResults, sample_document, sample_scan
from s3_reporter_conformance.words.errors import AdapterError, UnsupportedError

_PROGRAM = """
    import logging
    from s3_reporter_conformance.adapters.ash_scan import AshProgram
    from s3_reporter_conformance.adapters.base import Outcome
    from s3_reporter_conformance.adapters.logs import LogRecord
    from s3_reporter_conformance.adapters.scan_results import ScanResults
    from s3_reporter_conformance.words.errors import AdapterError, UnsupportedError

    def main():
        print("printed")

    def as_program(main):
        class Whole(AshProgram):
            def __init__(self):
                pass
            def run(self, call):
                main()
                logging.getLogger().warning("shown to nobody")
                BODY
        return Whole()
"""


def test_its_own_log_and_results_count(run: Callable[..., Outcome]) -> None:
    own = 'LogRecord("INFO", "a.py:1", "b"),), handed=ScanResults({"name": "of its own"})'
    source = _PROGRAM.replace("BODY", f'return Outcome(True, "s3://a/b", log=({own})')
    outcome = run(source, "main", "written:as_program")
    assert (outcome.ready, outcome.returned, outcome.stdout) == (True, "s3://a/b", "printed\n")
    assert outcome.log == (LogRecord("INFO", "a.py:1", "b"),)
    assert outcome.handed == ScanResults({"name": "of its own"})


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ('UnsupportedError("no type for it")', UnsupportedError, "no type for it"),
        ('AdapterError("exited early")', AdapterError, r"exited early[\s\S]*printed"),
        ('KeyError("x")', AdapterError, "the program raised KeyError: 'x'"),
    ],
)
def test_an_error_of_a_program(
    run: Callable[..., Outcome], error: str, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        run(_PROGRAM.replace("BODY", f"raise {error}"), "main", "written:as_program")


def test_the_file_is_that_of_a_real_scan_with_what_the_scenario_changes() -> None:
    results = sample_scan().replaced("metadata.project_name", "Łódź")
    written = json.loads(results_file(results))
    assert written["metadata"]["project_name"] == "Łódź"
    assert {**written, "metadata": None} == {**sample_document(), "metadata": None}
    results = sample_scan().replaced("metadata.value", PurePosixPath("a"))
    with pytest.raises(UnsupportedError, match="PurePosixPath is not JSON serializable"):
        results_file(results)


def test_changes_are_found_wherever_they_are() -> None:
    given = {"same": [1], "lost": 1, "inner": {"other": 1, "same": {}}}
    found = {"same": [1], "added": 1, "inner": {"other": 2, "same": {}}}
    assert list(changed_paths(given, found)) == ["lost", "inner.other", "added"]


def test_the_records_of_the_log() -> None:
    assert log_records("") == ()
    log = (
        "2026-11-23 21:44:14,869\tINFO\trun_ash_scan.py:356\tUsing config file \n"
        "2026-11-23 21:44:14,988\tERROR\texecution_engine.py:429\t\n----- REPORT -----\n\tmore \n"
    )
    assert log_records(log) == (
        LogRecord("INFO", "run_ash_scan.py:356", "Using config file"),
        LogRecord("ERROR", "execution_engine.py:429", "----- REPORT -----\n\tmore"),
    )
