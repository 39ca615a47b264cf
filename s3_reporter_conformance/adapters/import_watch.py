"""Tells whether an import depends on a call, so that it must not be shared by all calls."""

import inspect
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
        variable = os.fsdecode(name)
        by_sdk = variable == "HOME" and _is_import_of_sdk()
        if variable.startswith(_VARYING) and not by_sdk:
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


def _is_import_of_sdk() -> bool:
    """Whether the SDK reads a variable while it is imported itself.

    Class bodies of botocore, and no functions, read HOME: for the paths of caches and additional
    service models, which the HOME of a call does not have.
    """
    frame = sys._getframe(2)  # noqa: SLF001 -- `inspect.stack` reads source files
    while frame.f_back and _package(frame) in sys.stdlib_module_names:
        frame = frame.f_back
    in_function = frame.f_code.co_flags & inspect.CO_OPTIMIZED
    return _package(frame) == "botocore" and not in_function


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__")).partition(".")[0]
