"""The benchmarks measure; no test says how fast anything is."""

import subprocess
import sys

from rooms import ROOT


def test_a_command_is_measured_beside_another_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--only", "help", "--against", sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    heads, _, row = done.stdout.splitlines()
    assert heads == "| command | time | CPU | time, ratio | CPU, ratio |"
    assert all(float(cell.split()[0]) > 0 for cell in row.split("|")[2:-1])
