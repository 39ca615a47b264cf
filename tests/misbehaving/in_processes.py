"""Reporters that do not end, end badly, or leave processes behind."""

import ctypes
import fcntl
import locale
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from typing import Any

from . import BROKEN, FAILED, HELD, PASSED, kind
from .reporter import Misbehaving

_HOURS = 3600 * 5
_SLEEP = shutil.which("sleep") or "sleep"


def _hold() -> None:
    """Keep the file locked that a test looks at, as long as this process lives."""
    file = os.open(HELD, os.O_RDWR)
    os.set_inheritable(file, True)
    fcntl.flock(file, fcntl.LOCK_SH)


def _stay() -> None:
    _hold()
    time.sleep(_HOURS)
    os._exit(0)


def _without_streams() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)


def _daemon() -> None:
    """Become a daemon as the books tell, and leave no trace in the environment."""
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    _without_streams()
    _hold()
    os.execve(_SLEEP, [_SLEEP, str(_HOURS)], {})  # noqa: S606 -- a daemon needs no shell


@kind(BROKEN, says="did not finish within")
def ignores_every_signal_that_it_can(_: Misbehaving) -> None:
    _hold()
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    time.sleep(_HOURS)


@kind(BROKEN, says="did not finish within")
def stops_itself(_: Misbehaving) -> None:
    _hold()
    os.kill(os.getpid(), signal.SIGSTOP)


@kind(PASSED, BROKEN, "left processes running")
def leaves_a_daemon(reporter: Misbehaving) -> str:
    _daemon()
    return reporter.usual()


@kind(PASSED, BROKEN, "left processes running")
def leaves_a_hundred_children(reporter: Misbehaving) -> str:
    for number in range(100):
        if os.fork() == 0:
            if number % 2:
                os.setsid()
            _without_streams()
            _stay()
    return reporter.usual()


@kind(PASSED, BROKEN, "did not finish within")
def leaves_a_thread(reporter: Misbehaving) -> str:
    threading.Thread(target=_stay).start()
    return reporter.usual()


@kind(BROKEN, says="SIGSEGV")
def segfaults(_: Misbehaving) -> None:
    # Else it may write a core file of any size.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.string_at(0)


@kind(FAILED, BROKEN)
def takes_all_memory_that_it_may(_: Misbehaving) -> Any:
    resource.setrlimit(resource.RLIMIT_AS, (0, 0))
    return [bytes(1 << 20) for _ in range(1 << 20)]


@kind(BROKEN)
def kills_its_group(_: Misbehaving) -> None:
    os.killpg(0, signal.SIGKILL)


@kind(BROKEN)
def kills_its_parent(reporter: Misbehaving) -> str:
    os.kill(os.getppid(), signal.SIGKILL)
    return reporter.usual()


@kind(BROKEN)
def exits_without_a_word(_: Misbehaving) -> None:
    os._exit(0)


@kind(BROKEN)
def may_write_no_more(reporter: Misbehaving) -> str:
    returned = reporter.usual()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return returned


@kind(PASSED)
def changes_what_its_process_shares(reporter: Misbehaving) -> str:
    """The folder, the environment, signal handlers, the locale, the umask, globals, and boto3."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("patched")

    import boto3  # noqa: PLC0415 -- what it patches is its own

    returned = reporter.usual()
    for place, name in ((boto3, "client"), (boto3.Session, "client"), (socket.socket, "connect")):
        setattr(place, name, refuse)
    os.chdir("/")
    os.environ.clear()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    locale.setlocale(locale.LC_ALL, "C")
    os.umask(0o777)
    tempfile.tempdir = "/nonexistent"
    sys.path.clear()
    return returned
