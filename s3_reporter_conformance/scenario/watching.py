"""Watches a folder while a reporter runs, as a program that waits for new files does."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..words.errors import UnsupportedError


class Watch:
    """A program that has the files of a folder open, and waits for new ones."""

    def __init__(self, folder: Path) -> None:
        """Begin to watch.

        Raises:
            UnsupportedError: The operating system is not Linux, which alone reports everything.
        """
        if sys.platform != "linux":
            raise UnsupportedError(f"the local copy cannot be watched on {sys.platform}")
        import inotify_simple  # noqa: PLC0415 -- only Linux has it

        flags = inotify_simple.flags
        self._inotify: Any = inotify_simple.INotify()
        # Not CREATE, because a complete file may get its name by a link.
        self._inotify.add_watch(folder, flags.MODIFY | flags.DELETE | flags.MOVED_FROM)
        self._open = {
            path.name: (path.open("rb"), path.read_bytes())
            for path in folder.iterdir()
            if path.is_file()
        }

    def unsteady(self) -> frozenset[str]:
        """The names under which a file was removed, moved away, or written since the beginning.

        A program that reads the file of that name at the moment finds none, or half of one; a
        program that had it open finds other bytes.
        """
        changed = {event.name for event in self._inotify.read(timeout=0)}
        for name, (file, content) in self._open.items():
            file.seek(0)
            if file.read() != content:
                changed.add(name)
        return frozenset(changed)

    def close(self) -> None:
        """End watching."""
        self._inotify.close()
        for file, _ in self._open.values():
            file.close()


@contextmanager
def watching(folder: Path) -> Iterator[Watch]:
    """Watch the files of a folder; see `Watch`."""
    watch = Watch(folder)
    try:
        yield watch
    finally:
        watch.close()
