"""Runs pieces of source as reporters."""

import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.adapters.scan_results import sample_scan

MakeCall = Callable[..., Call]


@pytest.fixture
def is_running() -> Callable[[str], bool]:
    """Whether a process with some words in its command line stays: to end may take a moment."""

    def is_running(words: str) -> bool:
        deadline = time.monotonic() + 20
        while alive := any(words in line for line in _command_lines()):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        return alive

    return is_running


def _command_lines() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_text(errors="replace").replace("\0", " ")


@pytest.fixture
def call(tmp_path: Path) -> MakeCall:
    """Make a call in a folder of the test."""

    def call(timeout: float = 20.0, **fields: Any) -> Call:
        scratch = Path(mkdtemp(dir=tmp_path))
        output_dir = tmp_path / "output"
        output_dir.mkdir(exist_ok=True)
        folders = {"output_dir": output_dir, "scratch": scratch}
        usual = {"options": {"bucket_name": "b"}, "environment": {}, "results": sample_scan()}
        return Call(**{**usual, **folders, "timeout": timeout, **fields})

    return call


@pytest.fixture
def run(tmp_path: Path, call: MakeCall) -> Callable[..., Outcome]:
    """Run an attribute, usually the class `Reporter`, of a piece of source."""

    def run(source: str, attribute: str = "Reporter", wrapper: str = "", **fields: Any) -> Outcome:
        (tmp_path / "written.py").write_text(textwrap.dedent(source))
        adapter = PythonAdapter(f"written:{attribute}", tmp_path, tmp_path, wrapper)
        with closing(adapter):
            adapter.open()
            return adapter.run(call(**fields))

    return run
