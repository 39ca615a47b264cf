"""Reporters that do not merely break a rule, but harm the machine and the suite that runs them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

PASSED, FAILED, BROKEN = "passed", "failed", "adapter-error"

HELD = "held"
"""The file, in the folder of the run, that a process keeps locked as long as it lives."""

Misbehavior = Callable[[Any], Any]
"""Takes the place of `report`, given a reporter whose `usual()` does what the reference does."""


@dataclass(frozen=True)
class Kind:
    """One kind of misbehavior.

    Attributes:
        misbehave: The function.
        statuses: The statuses of its run, by adapter.
        says: Words of the findings if it does not pass.
        file_format: The format of the report in whose call it happens.
    """

    misbehave: Misbehavior
    statuses: dict[str, str]
    says: str
    file_format: str


KINDS: dict[str, Kind] = {}


def kind(
    python: str, command: str = "", says: str = "", file_format: str = "json"
) -> Callable[[Misbehavior], Misbehavior]:
    """Put a kind of misbehavior into the catalogue; see `Kind`."""
    statuses = {"python": python, "command": command or python}

    def enter(misbehave: Misbehavior) -> Misbehavior:
        KINDS[misbehave.__name__] = Kind(misbehave, statuses, says, file_format)
        return misbehave

    return enter


# Importing a module enters its kinds.
for _module in ("in_documents", "in_processes", "in_streams", "on_disk", "on_the_wire"):
    import_module(f"{__name__}.{_module}")
