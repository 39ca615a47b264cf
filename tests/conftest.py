"""The setup of the project's own tests."""

import os
import signal
import sys

import pytest

# Tests wait: for processes to start, and for reporters that wait.
_PER_CORE = 2


# What a shell starts in the background ignores interrupts, and what nohup starts the end of the
# terminal; and so would the processes of the tests.
signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """The number of processes that `-n auto` starts."""
    return _PER_CORE * (os.cpu_count() or 1)
