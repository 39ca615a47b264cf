"""Commands that only print start at once: they load no SDK, no backend, and no test runner."""

import subprocess
import sys
from pathlib import Path

import pytest

SLOW = {
    "boto3",
    "botocore",
    "jinja2",
    "moto",
    "pytest",
    "pytest_bdd",
    "requests",
    "yaml",
}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list"], ["explain", "KEY-01"], ["coverage"], ["schema"]]
)
def test_what_only_prints_loads_little(tmp_path: Path, arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "s3_reporter_conformance", *arguments],
        # Not the checkout, where Python would find the suite before the installed one.
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in loaded
    assert not loaded & SLOW
