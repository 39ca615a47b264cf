"""What the fork server runs: a reporter, or a whole program that runs its reporter itself."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .base import Call, LogRecord


@dataclass(frozen=True)
class Ran:
    """What a program did with its reporter.

    Attributes:
        ready: Whether it called `report`.
        log: The log that it keeps.
        handed: The simple dict of the results that `report` got; of a scan, it lies on disk.
        returned: What `report` returned; `None` if it returned no text.
        exception: Why there is no text, in words.
        exit_code: The exit code of a scan.
    """

    ready: bool
    log: tuple[LogRecord, ...]
    handed: Mapping[str, Any] | None = None
    returned: str | None = None
    exception: str | None = None
    exit_code: int | None = None


class Program(ABC):
    """A program that plays ASH Core itself, so that the suite cannot call its reporter."""

    @abstractmethod
    def run(self, call: Call) -> Ran:
        """Run the program once, in this process.

        Raises:
            UnsupportedError: What the scenario gives cannot be handed to a program.
            AdapterError: It ended before it came to its reporters.
        """
