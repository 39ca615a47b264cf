"""Runs pieces of source as reporters."""

import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from s3_reporter_conformance.adapters.base import Call, Outcome
from s3_reporter_conformance.adapters.python import PythonAdapter
from s3_reporter_conformance.adapters.scan_results import sample_scan

Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Run the class `Reporter` of a piece of source."""
    with ExitStack() as stack:

        def run(
            source: str,
            timeout: float = 20.0,
            attribute: str = "Reporter",
            *,
            report_anyway: bool = False,
            source_dir: Path | None = None,
            **environment: str,
        ) -> Outcome:
            (tmp_path / "written.py").write_text(textwrap.dedent(source))
            adapter = PythonAdapter(f"written:{attribute}", tmp_path, tmp_path)
            stack.callback(adapter.close)
            adapter.open()
            output_dir, scratch = tmp_path / "output", tmp_path / "scratch"
            output_dir.mkdir()
            scratch.mkdir()
            call = Call(
                {"a": 1},
                environment,
                output_dir,
                scratch,
                sample_scan(),
                timeout,
                report_anyway,
                source_dir=source_dir,
            )
            return adapter.run(call)

        yield run
