"""Observes a run of the suite."""

from collections.abc import Sequence

from ..adapters.base import Call
from ..spec.rules import Scenario
from ..verdict.runs import RunResult
from ..wire.exchange import Exchange


class Observer:
    """Observes a run of the suite; does nothing by itself.

    If processes share the work, `began` and `called` are called in the process that makes the run.
    """

    def selected(self, count: int | None, what: str = "{} runs") -> None:
        """Take the number of parts that begin, if it is known, and the words about those done."""

    def began(self, scenario: Scenario) -> None:
        """Take the scenario of a run before it is made."""

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        """Take a call of the reporter, and its requests."""

    def ticked(self) -> None:
        """Take notice that a second has gone by, more or less."""

    def interrupted(self) -> None:
        """Take notice, before anything is cleaned up, that the user ends the run."""

    def explored(self) -> None:
        """Take notice that a cause was sought, or that a situation was drawn and run."""

    def ran(self, run: RunResult) -> None:
        """Take the result of a run, in the order in which runs end."""
