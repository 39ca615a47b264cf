"""Runs pieces of source as reporters."""

import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.adapters.scan_results import sample_scan

MakeCall = Callable[..., Call]


@pytest.fixture
def call(tmp_path: Path) -> MakeCall:
    """Make a call in a folder of the test."""

    def call(timeout: float = 1800.0, **fields: Any) -> Call:
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
