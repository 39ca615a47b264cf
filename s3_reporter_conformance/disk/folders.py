"""Looks into the folders that a reporter wrote to, and removes them, whatever is in them."""

import hashlib
import os
import shutil
import stat
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# More than any reporter writes, and little enough to be read in a moment.
_MOST_ENTRIES = 10_000
_MOST_BYTES = 256 * 1024 * 1024


def _entries(folder: Path, *, deep: bool = True) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """The files and folders under a folder, by relative path: at most 10,000, the outer ones first.

    Links are not followed, and what vanishes meanwhile, or lies too deep, is left out.
    """
    if folder.is_symlink():
        return
    waiting = deque([os.fspath(folder)])
    left, begin = _MOST_ENTRIES, len(os.path.join(folder, ""))  # noqa: PTH118 -- much faster
    while waiting and left:
        with suppress(OSError), os.scandir(waiting.popleft()) as found:
            for entry in found:
                yield entry.path[begin:], entry
                left -= 1
                if not left:
                    return
                if deep and entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def read_files(folder: Path, *, deep: bool = True) -> dict[str, bytes]:
    """The files under a folder, by relative path, and the first 256 MB of what they contain."""
    files = {}
    left = _MOST_BYTES
    for name, entry in _entries(folder, deep=deep):
        with suppress(OSError):
            # Not through links to devices and pipes, which have no end.
            status = entry.stat()
            if stat.S_ISREG(status.st_mode):
                with open(entry.path, "rb") as file:  # noqa: PTH123 -- may be any bytes
                    content = file.read(min(left, status.st_size))
                left -= len(content)
                files[name] = content
    return dict(sorted(files.items()))


def read_modes(folder: Path) -> dict[str, int]:
    """The permissions of a folder, called `.`, and of its contents, by relative path."""
    modes = {}
    with suppress(OSError):
        modes["."] = stat.S_IMODE(folder.stat().st_mode)
    for name, entry in _entries(folder):
        with suppress(OSError):
            modes[name] = stat.S_IMODE(entry.stat().st_mode)
    return modes


def digest_of(content: bytes) -> str:
    """The SHA-256 by which a file is told from others, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def remove(folder: Path) -> None:
    """Remove a folder with everything in it, whatever its depth and its permissions."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink(missing_ok=True)
        return
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        for command in (("chmod", "-R", "u+rwx"), ("rm", "-rf")):
            subprocess.run([*command, folder], stderr=subprocess.DEVNULL, check=False)
