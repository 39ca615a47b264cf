"""What every kind of misbehavior declares: what has to come of it, with each adapter."""

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
    """What a reporter has when it misbehaves in `report`.

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
        requirement: The requirement whose call it happens in; empty for one that only looks at the
            object.
        python: What the requirement's example comes to with the adapter `python:`.
        command: The same with `command:`.
        says: What the message says if it does not pass.
    """

    misbehave: Misbehavior
    requirement: str
    python: Status
    command: Status
    says: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.misbehave.__name__

    def status(self, adapter: str) -> Status:
        """What it comes to with an adapter."""
        return self.command if adapter == "command" else self.python


KINDS: dict[str, Kind] = {}


def kind(
    python: Status, command: Status | None = None, *says: str, requirement: str = ""
) -> Callable[[Misbehavior], Misbehavior]:
    """Put a kind of misbehavior into the catalogue.

    Args:
        python: What has to come of it with the adapter `python:`.
        command: The same with `command:`, if it is not the same.
        says: What the message says if it does not pass.
        requirement: The requirement whose call it happens in.
    """

    def enter(misbehave: Misbehavior) -> Misbehavior:
        KINDS[misbehave.__name__] = Kind(misbehave, requirement, python, command or python, says)
        return misbehave

    return enter
