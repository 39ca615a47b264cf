"""The benchmarks measure; no test says how fast anything is."""

import sys

from rooms import ROOT
from running import ended


def test_a_command_is_measured_beside_another_version() -> None:
    asked = ("-m", "benchmarks", "--only", "help", "--against", sys.executable)
    done = ended(sys.executable, *asked, folder=ROOT)
    assert done.returncode == 0, done.stderr
    heads, _, row = done.stdout.splitlines()
    assert heads == "| command | time | CPU | time, ratio | CPU, ratio |"
    assert all(float(cell.split()[0]) > 0 for cell in row.split("|")[2:-1])
