"""What keeps a run and the process that it runs in apart."""

import gc
import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

# What asks a process to end: Ctrl-C, another program, and a terminal that is closed.
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def sealed() -> Iterator[None]:
    """Keep the user's settings of pytest from a run, and what the run sets from its caller."""
    with warnings.catch_warnings(), _same_environment_after(), _orderly_end():
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        try:
            yield
        finally:
            # A run spares the collector what its workers share.
            gc.unfreeze()


@contextmanager
def _same_environment_after() -> Iterator[None]:
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Give who asks this process to end an orderly end, in which backends clean up."""
    with _handling(signal.default_int_handler):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off what asks this process to end, so that a cleanup is not broken off.

    Raises:
        KeyboardInterrupt: Something asked meanwhile.
    """
    asked: list[int] = []
    with _handling(lambda number, _: asked.append(number)):
        yield
    if asked:
        raise KeyboardInterrupt


@contextmanager
def _handling(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may say what a signal does.
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, other in before.items():
        # `nohup` lets a process ignore that its terminal is closed.
        if other is not signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, other in before.items():
            signal.signal(number, other)
