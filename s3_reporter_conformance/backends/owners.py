"""Names the process that owns what a run makes outside it, and tells whether it was killed."""

import os
from pathlib import Path


def new_owner() -> str:
    """A name for this process as an owner, which S3 takes as a tag's value."""
    process = str(os.getpid())
    return f"{_place()}/{process}/{_start(process)}"


def was_killed(owner: str) -> bool:
    """Whether an owner has ended; of other users and machines, nothing is known."""
    match owner.split("/"):
        case [place, process, start] if place and place == _place():
            return process.isdecimal() and _start(process) != start
    return False


def _place() -> str:
    """This user, on this machine since it was booted; empty without /proc."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}.{Path('/proc/self/ns/pid').stat().st_ino}.{os.getuid()}"
    except OSError:
        return ""


def _start(process: str) -> str:
    """When a process started, in the clock ticks of this machine; empty if it has ended."""
    try:
        status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    # A zombie has ended, and nobody has noticed yet.
    return "" if status[0] == "Z" else status[19]
