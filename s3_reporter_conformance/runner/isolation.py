"""Keeps a run and the process that it runs in apart."""

import gc
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals of Ctrl-C, of another program, and of a terminal that is closed."""


@contextmanager
def isolated() -> Iterator[None]:
    """Keep the user's settings of pytest from a run, and what the run sets from its caller.

    A signal that ends the process raises `KeyboardInterrupt`, so that backends clean up.
    """
    environment, path = dict(os.environ), list(sys.path)
    with warnings.catch_warnings(), _handling(signal.default_int_handler):
        for name in environment:
            if name.startswith("PYTEST_"):
                del os.environ[name]
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(environment)
            sys.path[:] = path
            # A run spares the collector what its workers share.
            gc.unfreeze()


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
        # Only the main thread may set handlers of signals.
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
