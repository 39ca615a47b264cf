"""A whole program that runs its reporter itself is run once, and says itself what it did."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Call, LogRecord, Outcome
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.adapters.scan_results import ScanResults, sample_scan
from s3_reporter_conformance.words.errors import AdapterError, UnsupportedError

_PROGRAM = """
    import logging
    from s3_reporter_conformance.adapters.base import LogRecord
    from s3_reporter_conformance.adapters.program import Program, Ran
    from s3_reporter_conformance.words.errors import AdapterError, UnsupportedError

    def main():
        print("printed")

    def as_program(main):
        class Whole(Program):
            def run(self, call):
                main()
                logging.getLogger().warning("shown to nobody")
                BODY
        return Whole()
"""
_RAN = 'return Ran(True, (LogRecord("INFO", "a.py:1", "b"),), {"name": "of its own"}, "s3://a/b")'

RunProgram = Callable[[str], Outcome]


@pytest.fixture
def run_program(tmp_path: Path) -> RunProgram:
    def run(body: str) -> Outcome:
        source = textwrap.dedent(_PROGRAM).replace("BODY", body)
        (tmp_path / "whole.py").write_text(source)
        adapter = PythonAdapter("whole:main", tmp_path, tmp_path, "whole:as_program")
        try:
            adapter.open()
            (tmp_path / "output").mkdir()
            (tmp_path / "scratch").mkdir()
            folders = tmp_path / "output", tmp_path / "scratch"
            return adapter.run(Call({}, {}, *folders, sample_scan(), 20.0))
        finally:
            adapter.close()

    return run


def test_its_own_log_and_results_count(run_program: RunProgram) -> None:
    outcome = run_program(_RAN)
    assert outcome == Outcome(
        ready=True,
        returned="s3://a/b",
        log=(LogRecord("INFO", "a.py:1", "b"),),
        stdout="printed\n",
        handed=ScanResults({"name": "of its own"}),
    )


def test_what_cannot_be_handed_to_it_is_not_run(run_program: RunProgram) -> None:
    with pytest.raises(UnsupportedError, match="no type for it"):
        run_program('raise UnsupportedError("no type for it")')


def test_a_program_that_breaks_is_an_adapter_error(run_program: RunProgram) -> None:
    with pytest.raises(AdapterError, match=r"exited early[\s\S]*printed"):
        run_program('raise AdapterError("exited early")')


def test_an_exception_of_a_program_is_an_adapter_error(run_program: RunProgram) -> None:
    with pytest.raises(AdapterError, match="the program raised KeyError: 'x'"):
        run_program('raise KeyError("x")')
