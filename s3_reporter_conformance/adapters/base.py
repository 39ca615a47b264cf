"""Plugging a reporter in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from .scan_results import ScanResults

DEFAULT_TIMEOUT = 60.0
"""Seconds that a call may take where the user does not say."""


@dataclass(frozen=True)
class LogRecord:
    """One record of the reporter's log."""

    level: str
    logger: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """What the reporter itself showed.

    Attributes:
        ready: What `validate` answered.
        returned: What `report` returned, or `None` where it was not called or gave no string.
        exception: The exception that left `report` or the wrong thing that it returned, in words.
        log: The records logged.
        stdout: What was printed.
        stderr: What was printed to standard error.
    """

    ready: bool
    returned: str | None = None
    exception: str | None = None
    log: tuple[LogRecord, ...] = ()
    stdout: str = ""
    stderr: str = ""

    @property
    def complaints(self) -> tuple[str, ...]:
        """What a user would read of trouble: warnings and errors, and whatever was printed."""
        logged = (r.message for r in self.log if r.level not in {"DEBUG", "INFO"})
        printed = (text.strip() for text in (self.stdout, self.stderr))
        return (*logged, *(text for text in printed if text))


@dataclass(frozen=True)
class Call:
    """What ASH Core does once: it validates, and lets the reporter report if it is ready.

    Attributes:
        options: What is configured; an option that is absent is not set.
        environment: The reporter's whole environment.
        output_dir: Where the reporter writes; it exists.
        scratch: A folder for the adapter's own files; it exists.
        results: The scan results.
        timeout: Seconds that the reporter may take.
        report_anyway: Let the reporter report also if it is not ready, which ASH Core never does.
    """

    options: Mapping[str, Any]
    environment: Mapping[str, str]
    output_dir: Path
    scratch: Path
    results: ScanResults
    timeout: float
    report_anyway: bool = False


class Adapter(Protocol):
    """What connects a reporter to the suite."""

    def open(self) -> None:
        """Wait until the reporter can be called.  What is forked from here on need not.

        Raises:
            AdapterError: It cannot be loaded or started.
        """

    def run(self, call: Call) -> Outcome:
        """Play ASH Core's part once.

        Raises:
            AdapterError: The reporter could not be asked.
        """

    def interrupt(self) -> None:
        """End the call that is running, from another thread."""

    def close(self) -> None:
        """Let go of all processes."""
