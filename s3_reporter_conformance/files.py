"""Writes output files, and checks before a run that they can be written."""

from pathlib import Path
from tempfile import TemporaryFile

from .errors import UsageError


def empty(path: Path) -> None:
    """Make sure that a file can be written, and empty it: what an earlier run left must not count.

    Raises:
        UsageError: It cannot.
    """
    write(path, "")


def write(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet.

    Raises:
        UsageError: It is there, or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already, and stays as it is") from None
    except OSError as error:
        raise _unwritable(path, error) from error


def make_folder(path: Path) -> None:
    """Make sure that files can be written to a folder, and make it if it is not there.

    Raises:
        UsageError: They cannot.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise _unwritable(path, error) from error


def append(path: Path, text: str) -> None:
    """Write to the end of a file.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} cannot be written: {error.strerror}")
