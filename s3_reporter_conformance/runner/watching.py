"""An observer of the calls of a reporter."""

from collections.abc import Sequence
from typing import Protocol

from ..adapters.base import Call
from ..spec.rules import Scenario
from ..wire.exchange import Exchange


class Watcher(Protocol):
    """Is told of each run, and of each call."""

    def begin(self, scenario: Scenario) -> None:
        """Take the scenario of the next run."""

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        """Take a call and the requests of the reporter."""
