"""Commands that only print start at once: they load no SDK, no backend, and no test runner."""

import sys
from pathlib import Path

import pytest
from running import ended

SLOW = {
    "boto3",
    "botocore",
    "importlib.metadata",
    "jinja2",
    "moto",
    "msgspec",
    "pytest",
    "pytest_bdd",
    "requests",
    "yaml",
}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list"], ["explain", "KEY-01"], ["coverage"], ["schema"]]
)
def test_what_only_prints_loads_little(tmp_path: Path, arguments: list[str]) -> None:
    timed = (sys.executable, "-X", "importtime", "-m", "s3_reporter_conformance")
    # Not the checkout, where Python would find the suite before the installed one.
    done = ended(*timed, *arguments, folder=tmp_path)
    assert done.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in loaded
    assert not loaded & SLOW
