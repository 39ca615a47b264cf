"""Measures what a process and all that it starts cost."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class NotMeasuredError(Exception):
    """A benchmark that cannot run here; the message says what it needs."""


@dataclass(frozen=True)
class Sample:
    """What one run cost.

    Attributes:
        wall: Seconds.
        cpu: Seconds of the process and of all processes that it waited for.
        memory: The most memory that one of them had resident, in bytes.
        bytes: The size of what was made, where that matters.
        total: Seconds to compare `wall` with, where the run itself counts them.
    """

    wall: float
    cpu: float
    memory: int
    bytes: int = 0
    total: float = 0.0


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> tuple[Sample, str]:
    """Run a command and measure it from outside.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: Variables beside those of this process.

    Returns:
        What it cost, and what it printed.

    Raises:
        NotMeasuredError: It cannot be started, or ends with another exit code than 0.
    """
    program = Path(command[0]).name
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        started = time.perf_counter()
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise NotMeasuredError(f"{program} cannot be started: {error.strerror}") from error
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
    if process.returncode:
        last = printed.strip().splitlines()[-1:] or ["nothing was printed"]
        raise NotMeasuredError(f"{program} ended with {process.returncode}: {last[0]}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024), printed


def run_script(command: Sequence[str], folder: Path) -> Sample:
    """Run a script that measures itself: the last line that it prints is a `Sample`, as JSON.

    Raises:
        NotMeasuredError: As `run` does.
    """
    _, printed = run(command, folder)
    return Sample(**json.loads(printed.splitlines()[-1]))
