"""The benchmarks measure, and say what they could not; no test says how fast anything is."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def measure(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_what_is_measured_is_printed_and_kept_with_what_was_measured_before(tmp_path: Path) -> None:
    for name in ("quick/help", "quick/list"):
        done = measure("--only", name, "--runs", "2", "--output", str(tmp_path))
        assert done.returncode == 0, done.stderr
        assert f"| {name} |" in done.stdout
    stored = json.loads((tmp_path / "performance.json").read_text())["figures"]
    assert {figure["name"] for figure in stored} == {"quick/python", "quick/help", "quick/list"}
    for figure in stored:
        assert len(figure["samples"]) == 2
        assert all(0 < sample["cpu"] < 60 for sample in figure["samples"])
        assert len(figure["ratios"]) == (2 if figure["ratio_to"] else 0)
    page = (tmp_path / "performance.md").read_text()
    assert all(f"| {figure['name']} |" in page for figure in stored)


def test_what_cannot_be_measured_says_why(tmp_path: Path) -> None:
    done = measure("--only", "verify-ash", "--ash", "nosuch", "--output", str(tmp_path))
    assert done.returncode == 0
    assert "not measured: ASH is not installed" in done.stdout
    assert measure("--only", "nosuch", "--output", str(tmp_path)).returncode == 2
