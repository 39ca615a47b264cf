"""The folder for everything that a run writes, and the remains of runs that were killed."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..disk.files import temporary_folder
from ..disk.folders import remove

_PREFIX = "s3-reporter-conformance-run-"


@contextmanager
def run_folder() -> Iterator[Path]:
    """Make a folder, and remove it in the end; first, remove those whose runs were killed.

    It is locked while its run lasts.  The system unlocks it when the last process of the run has
    ended, however that ended.
    """
    place = temporary_folder()
    for abandoned in place.glob(f"{_PREFIX}*"):
        # Others' folders cannot be opened, or not be locked.
        with suppress(OSError), _opened(abandoned) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(abandoned)
    made = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}", dir=place))
    with _opened(made) as lock:
        with suppress(OSError):
            # Some network drives have no locks; what is never locked is never removed, either.
            fcntl.flock(lock, fcntl.LOCK_EX)
        # Only now, for another run would remove it as long as it is not locked.
        folder = made.rename(made.with_name(made.name[1:]))
        try:
            yield folder
        finally:
            remove(folder)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield number
    finally:
        os.close(number)
