"""Lists processes, and waits for a condition."""

import time
from collections.abc import Callable
from pathlib import Path


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


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so, for some seconds at most."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
