"""Runs the command in a process of its own, or in this one, which is quicker, and waits for it."""

import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from one_server import one_server_for_all

from s3_reporter_conformance.cli.main import main
from s3_reporter_conformance.spec.gherkin import all_scenarios

COMMAND = (sys.executable, "-m", "s3_reporter_conformance")
MUTANTS = {"PYTHONPATH": str(Path(__file__).parent)}
"""The environment in which a process finds `python:mutants.…` and `python:reporters:…`."""
A_JSON_REPORT = "a-json-report"
BOTH = f"{A_JSON_REPORT} or neither-region-nor-bucket"
"""The two runs of the smoke test."""
REFERENCE_COMMAND = f"command:{shlex.quote(sys.executable)} -m s3_reporter_conformance.reference"


def run(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the command in a folder that holds nothing of the project."""
    return ended(*COMMAND, *arguments, folder=folder, environment=environment)


def ended(
    *command: str, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end, however long it takes."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def run_here(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the command in this process, without workers unless `-n` asks for some.

    The reference and the mutants are loaded once for all such runs.
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


def runs_with(words: str) -> str:
    """The runs whose sentences contain some words, for `-k`."""
    found = [
        scenario.id
        for scenario in all_scenarios()
        if any(words in text for text in (scenario.gherkin, *scenario.values.values()))
    ]
    return " or ".join(found) or pytest.fail(f"no run has {words!r} in its sentences")


def statuses(path: Path) -> dict[str, str]:
    """The status of each rule in a report, by its id."""
    return {rule["id"]: rule["status"] for rule in json.loads(path.read_text())["rules"]}


def broken(path: Path) -> set[str]:
    """The ids of the rules that a report says are broken."""
    return {name for name, status in statuses(path).items() if status == "failed"}


def run_statuses(path: Path) -> dict[str, str]:
    """The status of each selected run in a report, by its id."""
    report: dict[str, Any] = json.loads(path.read_text())
    runs = {run["id"]: run["status"] for run in report["runs"]}
    return {name: status for name, status in runs.items() if status != "not-selected"}


def made(path: Path) -> set[str]:
    """The ids of the runs that a report says were made."""
    return {name for name, status in run_statuses(path).items() if status in {"passed", "failed"}}


def processes(words: str) -> list[int]:
    """The processes in whose environment some words occur."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if words in environment:
            found.append(int(path.parent.name))
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so; the time limit of the test ends what hangs."""
    while not condition():
        time.sleep(0.05)


def need_installed(tool: str, *, present: bool) -> None:
    """Skip where a tool is missing, but not where all of them have to be there."""
    if not present and os.environ.get("CI"):
        pytest.fail(f"{tool} is missing, and CI has to have it")
    if not present:
        pytest.skip(f"{tool} is missing")
