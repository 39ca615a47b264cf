"""The folder for everything that a run writes, and what runs that were killed left of theirs."""

import fcntl
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from ..disk.folders import remove

_PREFIX = "s3-reporter-conformance-run-"


class RunFolder:
    """A folder that is locked while its run lasts.

    The system unlocks it when the last process of the run has ended, however that ended.

    Attributes:
        path: Where it is.
    """

    def __init__(self) -> None:
        """Make it, and remove the folders whose runs were killed."""
        _remove_abandoned(Path(tempfile.gettempdir()))
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            try:
                self._lock = _open(self.path)
            except FileNotFoundError:
                # Another run has taken it for abandoned, and removed it.
                continue
            with suppress(OSError):
                # Some network drives have no locks; what is never locked is never removed, either.
                fcntl.flock(self._lock, fcntl.LOCK_EX)
            # It may also have been removed after it was opened, and before it was locked.
            if self.path.exists():
                return
            os.close(self._lock)

    def remove(self) -> None:
        """Remove it with all that is in it."""
        remove(self.path)
        os.close(self._lock)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        # Others' folders cannot be opened, or not be locked.
        with suppress(OSError):
            lock = _open(folder)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder)
            finally:
                os.close(lock)


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
