"""Marks the containers of a run, and removes those whose run was killed."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

LABEL = "s3-reporter-conformance.owner"
"""The label of a container that a run started; its value is what `new_owner` gives."""


def new_owner() -> str:
    """A name for this process as the owner of a container, different each time."""
    process = os.getpid()
    return f"{_machine()}/{process}/{_start(process)}/{uuid4().hex}"


def remove_containers(engine: Any, owner: str) -> None:
    """Remove the containers of an owner, running or not.

    Args:
        engine: A client of Docker.
        owner: What `new_owner` gave.
    """
    _remove(engine, lambda other: other == owner)


def remove_abandoned(engine: Any) -> None:
    """Remove the containers whose runs were killed on this machine.

    Args:
        engine: A client of Docker.
    """
    _remove(engine, _was_killed)


def _remove(engine: Any, owned: Callable[[str], bool]) -> None:
    for container in engine.containers.list(
        all=True, filters={"label": LABEL}, ignore_removed=True
    ):
        if owned(container.labels[LABEL]):
            try:
                container.remove(force=True, v=True)
            except Exception as error:  # noqa: BLE001 -- another run may be removing it
                logging.getLogger(__name__).debug("not removed: %s", error)


def _was_killed(owner: str) -> bool:
    """Whether a process has ended; of those on other machines, nothing is known."""
    match owner.split("/"):
        case [machine, process, start, _] if machine and machine == _machine():
            return _start(int(process)) != start
    return False


def _machine() -> str:
    """This machine since it was booted, and where process ids count; empty without /proc."""
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
