"""The interface of all adapters: a call, its outcome, and what makes the one of the other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from .logs import LogRecord, error_lines, is_error, noticed, noticed_lines
from .scan_results import ScanResults, read_results, read_returned


@dataclass(frozen=True)
class Outcome:
    """The outcome of a call, as the reporter reported it.

    Attributes:
        ready: What `validate` returned.
        returned: What `report` returned; `None` if it was not called or returned no string.
        exception: The exception that left `report`, or its invalid return value, in words.
        log: The log records.
        stdout: The text printed to standard output.
        stderr: The text printed to standard error.
        endless: What it was killed in since it did not end, `retries` or a `wait`; empty otherwise.
        handed: The results that a whole program handed to its reporter, if not those of the call.
        exit_code: The exit code of a scan.
    """

    ready: bool
    returned: str | None = None
    exception: str | None = None
    log: tuple[LogRecord, ...] = ()
    stdout: str = ""
    stderr: str = ""
    endless: str = ""
    handed: ScanResults | None = None
    exit_code: int | None = None

    @property
    def complaints(self) -> tuple[str, ...]:
        """What a user would notice: warnings, errors, and lines without a level."""
        logged = (record.message for record in self.log if noticed(record.level))
        return (*logged, *noticed_lines(self.stdout), *noticed_lines(self.stderr))

    @property
    def errors(self) -> tuple[str, ...]:
        """All that is marked as an error in the log, or output."""
        logged = (record.message for record in self.log if is_error(record.level))
        return (*logged, *error_lines(self.stdout), *error_lines(self.stderr))

    def of_scan(self, output_dir: Path) -> "Outcome":
        """Complete the outcome of a scan by the files in its output folder.

        Raises:
            AdapterError: The tool left no results, or malformed ones.
        """
        returned = read_returned(output_dir)
        ready = self.ready or returned is not None
        return replace(self, ready=ready, returned=returned, handed=read_results(output_dir))


@dataclass(frozen=True)
class Call:
    """One call by ASH Core: `validate`, and `report` if the reporter is ready.

    Attributes:
        options: The configured options; an absent option is not set.
        environment: The complete environment of the reporter.
        output_dir: The existing folder that the reporter writes to.
        scratch: An existing folder for the adapter's own files.
        results: The scan results.
        timeout: The time limit, in seconds.
        report_anyway: Call `report` even if the reporter is not ready, which ASH Core never does.
        debug: Log at debug level, where the adapter keeps the log.
        source_dir: The folder to scan, in place of the results, for a tool that scans.
    """

    options: Mapping[str, Any]
    environment: Mapping[str, str]
    output_dir: Path
    scratch: Path
    results: ScanResults
    timeout: float
    report_anyway: bool = False
    debug: bool = False
    source_dir: Path | None = None


class Adapter(Protocol):
    """Connects a reporter to the suite."""

    def open(self) -> None:
        """Wait until the reporter can be called.  What is forked from here on need not.

        Raises:
            AdapterError: It cannot be loaded or started.
        """

    def run(self, call: Call) -> Outcome:
        """Call the reporter once, in the role of ASH Core.

        Raises:
            AdapterError: The reporter crashed, hung, or replied with something malformed.
        """

    def interrupt(self) -> None:
        """Kill the running call, from another thread."""

    def close(self) -> None:
        """End all processes."""
