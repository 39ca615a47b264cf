"""How the project's own tests are run."""

import os
import signal

import pytest

# Tests wait: for processes to start, and for reporters that wait.
_PER_CORE = 2


# What a shell starts in the background ignores interrupts, and so do the processes of the tests.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` starts."""
    return _PER_CORE * (os.cpu_count() or 1)
