"""Marks the containers of a run, and removes those whose run was killed."""

import os
from pathlib import Path
from typing import Any

LABEL = "s3-reporter-conformance.owner"
"""The label of a container that a run started; its value is what `this_process` gives."""


def this_process() -> str:
    """A name for this process that no other process ever has; empty where /proc is missing."""
    return f"{_machine()}/{os.getpid()}/{_start(os.getpid())}" if _machine() else ""


def remove_abandoned(engine: Any) -> None:
    """Remove the containers whose runs were killed on this machine.

    Args:
        engine: A client of Docker.
    """
    for container in engine.containers.list(all=True, filters={"label": LABEL}):
        if _was_killed(container.labels[LABEL]):
            container.remove(force=True, v=True)


def _was_killed(owner: str) -> bool:
    """Whether a process has ended; of those on other machines, nothing is known."""
    match owner.split("/"):
        case [machine, process, start] if machine and machine == _machine():
            return _start(int(process)) != start
    return False


def _machine() -> str:
    """This machine since it was booted, and the namespace in which process ids count."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _start(process: int) -> str:
    """When a process started, in the clock ticks of this machine; empty if it does not run."""
    try:
        status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if status[0] == "Z" else status[19]
