"""The setup of the project's own tests."""

import os
import signal
import sys
import threading
import time

import pytest

# Tests wait: for processes to start, and for reporters that wait.
_PER_CORE = 2


# What a shell starts in the background ignores interrupts, and what nohup starts the end of the
# terminal; and so would the processes of the tests.
signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class _Progress:
    """Tells each failure at once, and how far the tests are every ten seconds."""

    def __init__(self, terminal: "pytest.TerminalReporter") -> None:
        self._terminal = terminal

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._tell(f"FAILED {report.nodeid}\n{report.longreprtext}")

    def go_on(self) -> None:
        """Tell how far the tests are, also while workers still import them."""
        while True:
            time.sleep(10)
            counts = {name: len(each) for name, each in self._terminal.stats.items() if name}
            told = ", ".join(f"{count} {name}" for name, count in counts.items())
            self._tell(told or "0 passed")

    def _tell(self, words: str) -> None:
        self._terminal.write_line(f"\n{words}")
        self._terminal.flush()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and not hasattr(config, "workerinput"):
        progress = _Progress(terminal)
        config.pluginmanager.register(progress)
        # Without workers, this process makes the tests, some of which fork it.
        if config.getoption("dist", "no") != "no":
            threading.Thread(target=progress.go_on, daemon=True).start()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """The number of processes that `-n auto` starts."""
    return _PER_CORE * (os.cpu_count() or 1)
