"""Reporters that do not end, end badly, or leave processes behind."""

import ctypes
import fcntl
import locale
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

from .catalogue import BROKEN, FAILED, HELD, PASSED, Occasion, kind

_HOURS = 3600 * 5


def _hold() -> None:
    """Keep the file locked that a test looks at, as long as this process lives."""
    file = os.open(os.environ[HELD], os.O_RDWR)
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
    sleep = shutil.which("sleep") or "sleep"
    os.execve(sleep, [sleep, str(_HOURS)], {})  # noqa: S606 -- a daemon needs no shell


@kind(BROKEN, None, "did not finish within")
def hangs(_: Occasion) -> Any:
    _hold()
    time.sleep(_HOURS)


@kind(BROKEN, None, "did not finish within")
def ignores_every_signal_that_it_can(_: Occasion) -> Any:
    _hold()
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    time.sleep(_HOURS)


@kind(BROKEN, None, "did not finish within")
def stops_itself(_: Occasion) -> Any:
    _hold()
    os.kill(os.getpid(), signal.SIGSTOP)


@kind(BROKEN, None, "did not finish within")
def hangs_beside_a_daemon(_: Occasion) -> Any:
    _daemon()
    time.sleep(_HOURS)


@kind(PASSED, BROKEN, "left processes behind")
def leaves_a_child(occasion: Occasion) -> Any:
    if os.fork() == 0:
        _without_streams()
        _stay()
    return occasion.report()


@kind(PASSED, BROKEN, "left processes behind")
def leaves_a_daemon(occasion: Occasion) -> Any:
    _daemon()
    return occasion.report()


@kind(PASSED, BROKEN, "left processes behind")
def leaves_a_hundred_children(occasion: Occasion) -> Any:
    for number in range(100):
        if os.fork() == 0:
            if number % 2:
                os.setsid()
            _without_streams()
            _stay()
    return occasion.report()


@kind(PASSED, BROKEN, "did not finish within")
def leaves_a_thread(occasion: Occasion) -> Any:
    threading.Thread(target=_stay).start()
    return occasion.report()


@kind(BROKEN, None, "SIGSEGV")
def segfaults(_: Occasion) -> Any:
    # Else it may write a core file of any size.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.string_at(0)


@kind(BROKEN, None, "SIGKILL")
def is_killed_for_memory(_: Occasion) -> Any:
    # What the system does to a process that takes too much.
    os.kill(os.getpid(), signal.SIGKILL)


@kind(FAILED, BROKEN)
def takes_all_memory_that_it_may(_: Occasion) -> Any:
    resource.setrlimit(resource.RLIMIT_AS, (0, 0))
    return [bytes(1 << 20) for _ in range(1 << 20)]


@kind(BROKEN, None, "signal 40")
def ends_by_a_signal_without_a_name(_: Occasion) -> Any:
    os.kill(os.getpid(), 40)


@kind(BROKEN)
def kills_its_group(_: Occasion) -> Any:
    os.killpg(0, signal.SIGKILL)


@kind(BROKEN)
def kills_its_parent(occasion: Occasion) -> Any:
    os.kill(os.getppid(), signal.SIGKILL)
    return occasion.report()


@kind(BROKEN)
def exits_without_a_word(_: Occasion) -> Any:
    os._exit(0)


@kind(PASSED)
def changes_what_its_process_shares(occasion: Occasion) -> Any:
    """The folder, the environment, signal handlers, the locale, the umask, and a global."""
    returned = occasion.report()
    os.chdir("/")
    os.environ.clear()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    locale.setlocale(locale.LC_ALL, "C")
    os.umask(0o777)
    tempfile.tempdir = "/nonexistent"
    sys.path.clear()
    return returned


@kind(PASSED)
def patches_boto3_and_socket(occasion: Occasion) -> Any:
    returned = occasion.report()

    def refuse(*_: object, **__: object) -> None:
        raise OSError("patched")

    import boto3  # noqa: PLC0415 -- what it patches is its own

    for place, name in ((boto3, "client"), (boto3.Session, "client"), (socket.socket, "connect")):
        setattr(place, name, refuse)
    return returned


@kind(BROKEN)
def may_write_no_more(occasion: Occasion) -> Any:
    returned = occasion.report()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return returned


@kind(PASSED, BROKEN, "left processes behind")
def starts_a_program_that_lives_on(occasion: Occasion) -> Any:
    _hold()
    subprocess.Popen(
        [shutil.which("sleep") or "sleep", str(_HOURS)],
        env={},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        start_new_session=True,
    )
    return occasion.report()
