"""The command: from the outside, in a process of its own, or in this one, which is quicker."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from one_server import one_server_for_all

from s3_reporter_conformance.cli.main import main

COMMAND = (sys.executable, "-m", "s3_reporter_conformance")
MUTANTS = {"PYTHONPATH": str(Path(__file__).parent)}
"""The environment in which a process finds `python:mutants.…` and `python:reporters:…`."""
REFERENCE_COMMAND = f"command:{shlex.quote(sys.executable)} -m s3_reporter_conformance.reference"


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


def run_here(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the command in this process, and in it alone unless `-n` says otherwise.

    The reference and the mutants are loaded once for all such runs.  Otherwise the same.  A test
    that a process of its own would tell nothing more uses this.
    """
    if arguments[:1] == ("verify",) and "-n" not in arguments:
        arguments = (*arguments, "-n", "0")
    printed, complained = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as changed:
        changed.chdir(folder)
        for name, value in (environment or {}).items():
            changed.setenv(name, value)
        with (
            one_server_for_all(),
            redirect_stdout(printed),
            redirect_stderr(complained),
            pytest.raises(SystemExit) as ended,
        ):
            main(list(arguments), prog_name="s3-reporter-conformance")
    code = int(ended.value.code or 0)
    return subprocess.CompletedProcess(arguments, code, printed.getvalue(), complained.getvalue())


def statuses(path: Path) -> dict[str, str]:
    """The statuses of a report by requirement."""
    report: dict[str, Any] = json.loads(path.read_text())
    return {entry["id"]: entry["status"] for entry in report["requirements"]}
