"""The command, run from the outside."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

COMMAND = (sys.executable, "-m", "s3_reporter_conformance")
MUTANTS = {"PYTHONPATH": str(Path(__file__).parent)}
"""The environment in which `python:mutants.…` is found."""


def run(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a folder that holds nothing of the project."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
