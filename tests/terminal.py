"""The command in a terminal of its own, and what is then to be seen in it."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path

from running import COMMAND


def run_in_terminal(
    *arguments: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    columns: int = 80,
    exit_code: int = 0,
) -> bytes:
    """Run the command until it ends, which must be with an exit code.

    Returns:
        Everything that the terminal was sent.
    """
    terminal, its_end = pty.openpty()
    fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    try:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=folder,
            env={**os.environ, "TERM": "xterm", **(environment or {})},
            stdout=its_end,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=100,
        )
        os.close(its_end)
        assert done.returncode == exit_code
        return os.read(terminal, 100_000)
    finally:
        os.close(terminal)


def screen(sent: bytes) -> list[str]:
    """The lines that are to be seen at the end; what was sent must have no colors."""
    return list(_lines(sent.decode()))


def _lines(sent: str) -> Iterator[str]:
    for line in sent.split("\n"):
        seen = ""
        for part in line.split("\r"):
            seen = part + seen[len(part) :]
        yield seen.rstrip()
