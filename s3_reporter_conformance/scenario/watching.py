"""Watches a folder while a reporter runs, as a program that waits for new files does."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..words.errors import UnsupportedError


@contextmanager
def watching(folder: Path) -> Iterator[Callable[[], frozenset[str]]]:
    """Watch a folder as a program that has its files open, and waits for new ones.

    Yields:
        A function that returns the names under which a file was removed, moved away, or written
        since the beginning.  A program that reads the file of that name at the moment finds none,
        or half of one; a program that had it open finds other bytes.

    Raises:
        UnsupportedError: The operating system is not Linux, which alone reports everything.
    """
    if sys.platform != "linux":
        raise UnsupportedError(f"the local copy cannot be watched on {sys.platform}")
    import inotify_simple  # noqa: PLC0415 -- only Linux has it

    flags = inotify_simple.flags
    with ExitStack() as stack:
        inotify = stack.enter_context(inotify_simple.INotify())
        # Not CREATE, because a complete file may get its name by a link.
        inotify.add_watch(folder, flags.MODIFY | flags.DELETE | flags.MOVED_FROM)
        opened = {
            path.name: (stack.enter_context(path.open("rb")), path.read_bytes())
            for path in folder.iterdir()
            if path.is_file()
        }

        def unsteady() -> frozenset[str]:
            changed = {event.name for event in inotify.read(timeout=0)}
            for name, (file, content) in opened.items():
                file.seek(0)
                if file.read() != content:
                    changed.add(name)
            return frozenset(changed)

        yield unsteady
