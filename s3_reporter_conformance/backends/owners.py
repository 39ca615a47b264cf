"""Names the process that owns what a run makes outside it, and tells whether it was killed."""

import os
import re
from pathlib import Path
from uuid import uuid4

# proc(5), "/proc/sys/kernel/pid_max": at most 2^22.
_PROCESS = re.compile(r"[0-9]{1,7}")


def new_owner() -> str:
    """A name for this process as an owner, different each time, which S3 takes as a tag's value."""
    process = os.getpid()
    return f"{_machine()}/{process}/{_start(process) or ''}/{uuid4().hex}"


def was_killed(owner: str) -> bool:
    """Whether a process has ended; of those on other machines, nothing is known.

    Args:
        owner: What `new_owner` gave.
    """
    match owner.split("/"):
        case [machine, process, start, _] if machine and machine == _machine():
            return bool(_PROCESS.fullmatch(process)) and not _runs(int(process), start)
    return False


def _runs(process: int, start: str) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        # Another user's: the system may hide when it started.
        pass
    return _start(process) in {start, None}


def _machine() -> str:
    """This machine since it was booted, and where process ids count; empty without /proc."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}.{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _start(process: int) -> str | None:
    """When a process started, in the clock ticks of this machine.

    Empty if it has ended and nobody has noticed yet; `None` if that cannot be seen.
    """
    try:
        status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return "" if status[0] == "Z" else status[19]
