"""Names the process that owns what a run makes outside it, and tells whether it was killed."""

import os
from pathlib import Path
from uuid import uuid4


def new_owner() -> str:
    """A name for this process as an owner, different each time, which S3 takes as a tag's value."""
    process = os.getpid()
    return f"{_machine()}/{process}/{_start(process)}/{uuid4().hex}"


def was_killed(owner: str) -> bool:
    """Whether a process has ended; of those on other machines, nothing is known.

    Args:
        owner: What `new_owner` gave.
    """
    match owner.split("/"):
        case [machine, process, start, _] if machine and machine == _machine():
            return _start(int(process)) != start
    return False


def _machine() -> str:
    """This machine since it was booted, and where process ids count; empty without /proc."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}.{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _start(process: int) -> str:
    """When a process started, in the clock ticks of this machine; empty if it does not run."""
    try:
        status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if status[0] == "Z" else status[19]
