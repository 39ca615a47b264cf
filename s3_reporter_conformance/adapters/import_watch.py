"""Tells whether an import depends on a call, so that it must not be shared by all calls."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

# The variables that differ from call to call, by their names or the beginnings of their names.
# The others are the same in the fork server and in each call, or set in neither.
_VARYING = ("AWS_", "ASH_", "HOME")
# It reads HOME for a folder of additional service models, which the HOME of a call does not have.
_HARMLESS = "botocore.loaders"


@dataclass
class Imported:
    """What an import did.

    Attributes:
        is_shareable: Whether its result is the same for each call, and survives a fork.
    """

    is_shareable: bool = True


@contextmanager
def watched_import() -> Iterator[Imported]:
    """Watch the environment and the threads during an import."""
    imported = Imported()
    _Watched.imported = imported
    environments: tuple[Any, ...] = (os.environ, os.environb)
    original = type(os.environ)
    for environment in environments:
        environment.__class__ = _Watched
    threads = threading.active_count()
    try:
        yield imported
    finally:
        for environment in environments:
            environment.__class__ = original
        # A forked process has only the thread that forked it.
        if threading.active_count() > threads:
            imported.is_shareable = False


class _Watched(type(os.environ)):  # type: ignore[misc] # the class has no public name
    """The environment; notes reads of varying variables, and all changes."""

    imported = Imported()

    def __getitem__(self, name: str | bytes) -> str | bytes:
        if os.fsdecode(name).startswith(_VARYING) and not _is_harmless():
            _Watched.imported.is_shareable = False
        value: str | bytes = super().__getitem__(name)
        return value

    def __iter__(self) -> Iterator[str | bytes]:
        _Watched.imported.is_shareable = False
        names: Iterator[str | bytes] = super().__iter__()
        return names

    def __setitem__(self, name: str | bytes, value: str | bytes) -> None:
        # The environment of a call would replace it.
        _Watched.imported.is_shareable = False
        super().__setitem__(name, value)

    def __delitem__(self, name: str | bytes) -> None:
        _Watched.imported.is_shareable = False
        super().__delitem__(name)


def _is_harmless() -> bool:
    """Whether the code that reads a variable, through the standard library or not, is harmless."""
    frame = sys._getframe(2)  # noqa: SLF001 -- `inspect.stack` reads source files
    while frame.f_back and _module(frame).partition(".")[0] in sys.stdlib_module_names:
        frame = frame.f_back
    return _module(frame) == _HARMLESS


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__"))
