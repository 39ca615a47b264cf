"""What a run says of a reporter: a status for each requirement, and the whole."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from .requirements import Level, Requirement


class Status(Enum):
    """What became of a requirement."""

    PASSED = "passed"
    FAILED = "failed"
    KNOWN_DEVIATION = "known-deviation"
    UNEXPECTEDLY_PASSED = "unexpectedly-passed"
    ADAPTER_ERROR = "adapter-error"
    NOT_CLAIMED = "not-claimed"
    NOT_SELECTED = "not-selected"
    NOT_RUN = "not-run"


class ExitCode(IntEnum):
    """What the command line ends with."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    ADAPTER_ERROR = 3
    USAGE_ERROR = 4
    NOTHING_RAN = 5


@dataclass(frozen=True)
class Result:
    """What became of one example of a requirement, or of all of them together.

    Attributes:
        requirement: The requirement's id.
        status: What became of it.
        message: In words, why it did not pass; empty if it did.
        seconds: How long it took.
    """

    requirement: str
    status: Status
    message: str
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """The whole: each requirement with its result, in the order of the features."""

    results: tuple[tuple[Requirement, Result], ...]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many requirements there are of each status."""
        return Counter(result.status for _, result in self.results)

    @property
    def conformant(self) -> bool:
        """Whether every core requirement ran and passed, and no other failed."""
        settled = {Status.PASSED, Status.NOT_CLAIMED}
        core = [r.status for q, r in self.results if q.level is Level.CORE]
        return (
            bool(core)
            and all(status is Status.PASSED for status in core)
            and all(result.status in settled for _, result in self.results)
        )

    @property
    def exit_code(self) -> ExitCode:
        """What the command line ends with."""
        counts = self.counts
        if counts[Status.FAILED] or counts[Status.UNEXPECTEDLY_PASSED]:
            return ExitCode.DOES_NOT_CONFORM
        if counts[Status.ADAPTER_ERROR]:
            return ExitCode.ADAPTER_ERROR
        if not counts[Status.PASSED] and not counts[Status.KNOWN_DEVIATION]:
            return ExitCode.NOTHING_RAN
        return ExitCode.CONFORMS


def combine(results: Iterable[Result]) -> Result:
    """Make the result of a requirement from those of its examples.

    It fails if one of them does; else the adapter broke if it did on one of them.
    """
    together = list(results)
    for status in (
        Status.FAILED,
        Status.ADAPTER_ERROR,
        Status.NOT_RUN,
        Status.NOT_CLAIMED,
        Status.PASSED,
    ):
        having = [result for result in together if result.status is status]
        if having:
            return replace(
                having[0],
                message="\n\n".join(r.message for r in together if r.message),
                seconds=sum(r.seconds for r in together),
            )
    raise ValueError("a requirement without results")
