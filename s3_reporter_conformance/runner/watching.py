"""Whoever looks on while a reporter is called."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..adapters.base import Call
from ..spec.requirements import Requirement
from ..wire.exchange import Exchange


class Watcher(Protocol):
    """Is told of each example, and of each call."""

    def begin(self, requirement: Requirement, number: int, values: Mapping[str, str]) -> None:
        """Take which example is next.

        Args:
            requirement: What is asked for.
            number: Which of its examples it is, from 1.
            values: Its row of the table.
        """

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        """Take a call and the requests of the reporter."""
