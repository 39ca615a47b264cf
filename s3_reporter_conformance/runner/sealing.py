"""What keeps a run and the process that it runs in apart."""

import gc
import os
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


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
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may say what a signal does.
        yield
        return
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)}
    for each, handler in before.items():
        # `nohup` lets a process ignore that its terminal is closed.
        if handler is not signal.SIG_IGN:
            signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
