"""Imports the SDK and the reporter once for all calls, unless the import depends on a call."""

import contextlib
import encodings.idna  # noqa: F401 -- every process that looks up a host imports it
import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

# The variables that differ from call to call, by their names or the beginnings of their names.
# The others are the same in the fork server and in each call, or set in neither.
_VARYING = ("AWS_", "ASH_", "HOME")
# Nobody else ends an import that hangs, in seconds.
_LONGEST_IMPORT = 60
# An exit code.
_NOT_SHAREABLE = 77


def load_sdk() -> None:
    """Import boto3, and let it parse the data that each process would parse anew.

    All sessions share the loader that has read everything; a loader of their own would read the
    same from the same files.
    """
    with contextlib.suppress(Exception):
        import boto3.session  # noqa: PLC0415 -- a server that runs commands needs none
        import botocore.session  # noqa: PLC0415

        session = botocore.session.Session()
        boto3.session.Session("none", "none", None, "us-east-1", session).client("s3")
        loader = session.get_component("data_loader")
        setattr(botocore.session, "create_loader", lambda _=None: loader)  # noqa: B010 -- untyped


def is_shareable(load: Callable[[], Any]) -> bool:
    """Import a reporter in a process of its own; return whether all calls can share the result."""
    if (pid := os.fork()) == 0:
        signal.alarm(_LONGEST_IMPORT)
        with contextlib.suppress(BaseException):
            before, threads = dict(os.environ), threading.active_count()
            os.environ.__class__ = _Watched
            load()
            os.environ.__class__ = _Watched.__base__
            # The environment of a call replaces it, and a forked process has no thread but one.
            is_changed = dict(os.environ) != before or threading.active_count() > threads
            os._exit(_NOT_SHAREABLE if is_changed or _Watched.is_read else 0)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != _NOT_SHAREABLE


class _Watched(type(os.environ)):  # type: ignore[misc] # the class has no public name
    """The environment; notes reads of varying variables."""

    is_read = False

    def __getitem__(self, name: str) -> str:
        _Watched.is_read |= name.startswith(_VARYING)
        value: str = super().__getitem__(name)
        return value

    def __iter__(self) -> Iterator[str]:
        _Watched.is_read = True
        names: Iterator[str] = super().__iter__()
        return names
