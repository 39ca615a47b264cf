"""The catalogue of misbehavior, with the status of its run for each adapter."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from s3_reporter_conformance.verdict.status import Status

PASSED, FAILED, BROKEN = Status.PASSED, Status.FAILED, Status.ADAPTER_ERROR

VARIABLE = "MISBEHAVIOR"
"""The variable that tells a reporter how to misbehave; without it, it is the reference."""
HELD = "HELD"
"""The variable with a file that a process keeps locked as long as it lives."""


@dataclass(frozen=True)
class Occasion:
    """The surroundings of a reporter that misbehaves in `report`.

    Attributes:
        report: Does what the reference does, and returns what it returns.
        reporter: The reference.
        output_dir: Its output folder.
    """

    report: Callable[[], str]
    reporter: Any
    output_dir: Path


Misbehavior = Callable[[Occasion], Any]


@dataclass(frozen=True)
class Kind:
    """One kind of misbehavior.

    Attributes:
        misbehave: Takes the place of `report`; returns what is returned.
        run: The kind of run in whose last call it happens: `json`, `yaml`, or `again`, where there
            was an earlier call.
        python: The status of the run with the adapter `python:`.
        command: The same with `command:`.
        says: Words of the findings if it does not pass.
    """

    misbehave: Misbehavior
    run: str
    python: Status
    command: Status
    says: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.misbehave.__name__

    def status(self, adapter: str) -> Status:
        """The status of its run with an adapter."""
        return self.command if adapter == "command" else self.python


KINDS: dict[str, Kind] = {}


def kind(
    python: Status, command: Status | None = None, *says: str, run: str = "json"
) -> Callable[[Misbehavior], Misbehavior]:
    """Put a kind of misbehavior into the catalogue.

    Args:
        python: The status of the run with the adapter `python:`.
        command: The same with `command:`, if it differs.
        says: Words of the findings if it does not pass.
        run: The kind of run in whose call it happens.
    """

    def enter(misbehave: Misbehavior) -> Misbehavior:
        KINDS[misbehave.__name__] = Kind(misbehave, run, python, command or python, says)
        return misbehave

    return enter
