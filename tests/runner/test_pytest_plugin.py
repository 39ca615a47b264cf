"""The suite under plain pytest."""

import os
import re
import subprocess
import sys
from pathlib import Path

from running import MUTANTS

ROOT = Path(__file__).parents[2]


def test_plain_pytest_runs_the_same_suite(tmp_path: Path) -> None:
    def pytest_run(reporter: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-p", "s3_reporter_conformance.pytest_plugin"),
                *("--pyargs", "s3_reporter_conformance.features", "-k", "FMT-03 or HADOOP"),
                *("--reporter", reporter, "--backend", "moto", "-rs", "-p", "no:cacheprovider"),
            ],
            cwd=tmp_path,
            env={**os.environ, **MUTANTS},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    right = pytest_run("reference").stdout
    assert re.search(r"= 3 passed, 1 skipped, \d+ deselected", right)
    assert "pyspark not installed: pip install" in right
    wrong = " ".join(pytest_run("python:reporters:Broken").stdout.split())
    assert re.search(r"1 failed, 3 skipped, \d+ deselected", wrong)
    assert "seen none: the reporter returned 'no'" in wrong
    assert "not claimed: python:reporters:Broken does not declare hadoop-safe-keys" in wrong
    assert "adapter error" in pytest_run("python:nosuch:Thing").stdout
    assert pytest_run("frob").returncode == 4


def test_plain_pytest_runs_in_a_checkout() -> None:
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("pytest")),
            "features",
            "-k",
            "FMT-03",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert re.search(r"1 passed, \d+ deselected", done.stdout)
