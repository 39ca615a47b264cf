"""The suite under plain pytest."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from running import MUTANTS, ended

if TYPE_CHECKING:
    import subprocess

ROOT = Path(__file__).parents[2]


def run_pytest(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return ended(
        *(sys.executable, "-m", "pytest", "-p", "s3_reporter_conformance.pytest_plugin"),
        *("--pyargs", "s3_reporter_conformance.features", "-rs", "-p", "no:cacheprovider"),
        *arguments,
        folder=folder,
        environment=MUTANTS,
    )


def test_a_scenario_fails_if_a_rule_that_decides_is_broken_in_it(tmp_path: Path) -> None:
    (tmp_path / "moto.py").write_text("raise SystemExit('a module of the user')")
    asked = ("-k", "SEQ-01 or HADOOP", "--reporter", "python:mutants:NoSlash")
    done = run_pytest(tmp_path, *asked)
    words = " ".join(done.stdout.split())
    assert re.search(r"\d+ failed, \d+ skipped, \d+ deselected", words)
    # The scenario stands under another rule.
    assert "KEY-03" in words
    assert "expected a key that begins scans/ash-report-" in words
    assert "not claimed: python:mutants:NoSlash does not declare hadoop-safe-keys" in words
    assert "Traceback" not in words
    assert done.returncode == 1


def test_a_recommendation_fails_a_scenario_only_if_it_decides(tmp_path: Path) -> None:
    asked = ("-k", "SEQ-01", "--reporter", "python:reporters:FalseAlarm")
    assert run_pytest(tmp_path, *asked).returncode == 0
    strict = run_pytest(tmp_path, *asked, "--conformance-strict")
    assert "ERR-13" in strict.stdout
    assert strict.returncode == 1


def test_a_reporter_that_cannot_be_asked_is_told(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, "-k", "SEQ-01", "--reporter", "python:nosuch:Thing")
    assert "adapter error" in done.stdout
    assert done.returncode == 3


def test_it_runs_in_a_checkout() -> None:
    pytest_here = str(Path(sys.executable).with_name("pytest"))
    done = ended(pytest_here, "features", "-k", "SEQ-01", "-p", "no:cacheprovider", folder=ROOT)
    assert re.search(r"\d+ passed, \d+ deselected", done.stdout)
    assert done.returncode == 0
