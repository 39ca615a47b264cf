"""The benchmarks measure; no test says how fast anything is."""

import json
import subprocess
import sys
from pathlib import Path

from rooms import ROOT


def test_what_is_measured_is_printed_and_written(tmp_path: Path) -> None:
    two_runs, output = ("--runs", "2"), ("--output", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--only", "quick/help", *two_runs, *output],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "| quick/help |" in done.stdout
    figures = json.loads((tmp_path / "performance.json").read_text())["figures"]
    assert {each["name"] for each in figures} == {"quick/python", "quick/help"}
    assert all(0 < sample["cpu"] < 60 for each in figures for sample in each["samples"])
