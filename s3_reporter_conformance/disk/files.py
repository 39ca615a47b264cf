"""Reads input files, writes output files, and checks before a run that they can be written."""

import errno
import os
import shutil
from pathlib import Path
from tempfile import TemporaryFile, gettempdir

from ..words.errors import UsageError

# More than a scenario writes; a whole run writes some 30 MB.
_LEAST_SPACE = 64 * 1024 * 1024
# Linux, shm_overview(7): on some disks, a new file takes a hundred times as long as in memory.
_MEMORY = Path("/dev/shm")  # noqa: S108 -- folders in it get random names
_AMPLE_SPACE = 2 * 1024 * 1024 * 1024

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The numbers of the errors that say that a disk, or what a user may have of it, is full."""


def read(path: Path) -> str:
    """Read a text file that the user named, with or without a byte order mark.

    Raises:
        UsageError: It cannot be read, or is not text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not text in UTF-8: save it in UTF-8") from error


def write(path: Path, text: str, mode: str = "w") -> None:
    """Write a file; the mode is as of `open`: "a" appends, "x" makes a new file alone.

    Raises:
        UsageError: It cannot be written, or should be new and is there.
    """
    try:
        with path.open(mode, encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already, and stays as it is") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def make_folder(path: Path) -> None:
    """Make sure that files can be written to a folder, and make it if it is not there.

    Raises:
        UsageError: They cannot.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path):
            pass
    except FileExistsError:
        raise UsageError(f"{path} cannot be written: it is not a folder") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def temporary_folder() -> Path:
    """TMPDIR if it is set, or else, where it is ample, memory; or else the usual folder.

    Raises:
        OSError: No folder can be written to.
    """
    if not os.environ.get("TMPDIR") and os.access(_MEMORY, os.W_OK):
        memory = os.statvfs(_MEMORY)
        # Programs unpack what they run into their TMPDIR.
        may_run = not memory.f_flag & os.ST_NOEXEC
        if may_run and memory.f_bavail * memory.f_frsize >= _AMPLE_SPACE:
            return _MEMORY
    return Path(gettempdir())


def expect_temporary_folder() -> None:
    """Make sure, before a run takes its time, that there is a folder for temporary files.

    Raises:
        UsageError: There is none, or it is full.
    """
    try:
        expect_space(temporary_folder())
    except OSError as error:
        raise UsageError(no_space(error)) from error


def expect_space(folder: Path) -> None:
    """Make sure that a disk is not full: then even a correct reporter fails.

    Raises:
        OSError: There is too little space.
    """
    if shutil.disk_usage(folder).free < _LEAST_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def no_space(error: OSError) -> str:
    """Say what to do about temporary files that cannot be written."""
    return (
        f"temporary files cannot be written: {error}. Free {_LEAST_SPACE >> 20} MB, or set TMPDIR "
        "to a folder with more space"
    )
