"""What a run says of a reporter: a status for each requirement, and the whole."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from ..spec.requirements import Level, Requirement
from .example import NOT_INSTALLED, Example
from .status import Status


class ExitCode(IntEnum):
    """What the command line ends with."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    ADAPTER_ERROR = 3
    USAGE_ERROR = 4
    NOTHING_RAN = 5
    # What a shell ends with after Ctrl-C.
    INTERRUPTED = 130


@dataclass(frozen=True)
class Result:
    """What became of a requirement.

    Attributes:
        requirement: The requirement's id.
        status: What became of it.
        note: Why that is not what its examples say, or why none ran; empty if it needs no reason.
        examples: What became of each of its examples, as far as they ran.
    """

    requirement: str
    status: Status
    note: str = ""
    examples: tuple[Example, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it took."""
        return sum((example.seconds for example in self.examples), 0.0)

    @property
    def seconds_of_calls(self) -> float:
        """How long the reporter took, in the last call of each example."""
        return sum(each.evidence.seconds for each in self.examples if each.evidence)

    @property
    def decisive(self) -> Example | None:
        """The example that made the requirement what it is: of several the first, if any ran."""
        return _worst(self.examples)

    @property
    def not_installed(self) -> bool:
        """Whether it was not run because something optional is not installed."""
        return self.decisive is not None and NOT_INSTALLED in self.decisive.findings


@dataclass(frozen=True)
class Verdict:
    """The whole of a run.

    Attributes:
        results: Each requirement with its result, in the order of the features.
        interrupted: Whether the user broke the run off.
    """

    results: tuple[tuple[Requirement, Result], ...]
    interrupted: bool = False

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many requirements there are of each status."""
        return Counter(result.status for _, result in self.results)

    @property
    def nothing_asked(self) -> bool:
        """Whether the adapter or the backend broke before any requirement could run."""
        return self.counts[Status.ADAPTER_ERROR] > 0 and not any(
            result.examples for _, result in self.results
        )

    @property
    def conformant(self) -> bool:
        """Whether every requirement passed that applies, but for those that need an extra."""
        asked = [(q, r) for q, r in self.results if not r.not_installed]
        core = [r.status for q, r in asked if q.level is Level.CORE]
        return (
            bool(core)
            and all(status is Status.PASSED for status in core)
            and all(result.status.settled for _, result in asked)
        )

    @property
    def exit_code(self) -> ExitCode:
        """What the command line ends with."""
        if self.interrupted:
            return ExitCode.INTERRUPTED
        if any(status.wrong for status in self.counts):
            return ExitCode.DOES_NOT_CONFORM
        if any(status.failed for status in self.counts):
            return ExitCode.ADAPTER_ERROR
        if any(status.ran for status in self.counts):
            return ExitCode.CONFORMS
        return ExitCode.NOTHING_RAN


def combine(requirement: str, examples: Iterable[Example]) -> Result:
    """Make the result of a requirement from those of its examples.

    It fails if one of them does; else the adapter broke if it did on one of them.

    Args:
        requirement: Its id.
        examples: At least one.

    Raises:
        ValueError: There is none.
    """
    ordered = tuple(sorted(examples, key=lambda example: example.number))
    worst = _worst(ordered)
    if worst is None:
        raise ValueError("a requirement without results")
    return Result(requirement, worst.status, examples=ordered)


_FROM_WORST = (
    Status.FAILED,
    Status.ADAPTER_ERROR,
    Status.NOT_RUN,
    Status.NOT_CLAIMED,
    Status.PASSED,
)


def _worst(examples: Iterable[Example]) -> Example | None:
    return min(examples, key=lambda example: _FROM_WORST.index(example.status), default=None)


@dataclass(frozen=True)
class Conclusion:
    """What a verdict comes to.

    Attributes:
        word: In a word or two.
        reason: Why, in a sentence.
        color: In which the word is shown.
    """

    word: str
    reason: str
    color: str


def conclude(verdict: Verdict) -> Conclusion:
    """Say what a verdict comes to."""
    counts = verdict.counts
    if any(status.wrong for status in counts):
        return Conclusion("Does not conform", "; ".join(_what_is_wrong(verdict)), "red")
    if verdict.interrupted or counts[Status.ADAPTER_ERROR]:
        return Conclusion("No verdict", _why_no_verdict(verdict), "magenta")
    if counts[Status.KNOWN_DEVIATION]:
        known = _ids(verdict, Status.KNOWN_DEVIATION)
        return Conclusion("Deviates as known", f"{known}; all else that ran passed", "yellow")
    if not counts[Status.PASSED]:
        return Conclusion("No verdict", "nothing was run", "yellow")
    if not verdict.conformant:
        return Conclusion("Partial", _what_is_missing(verdict), "yellow")
    return Conclusion("Conforms", "".join(_what_it_conforms_to(verdict)), "green")


def _why_no_verdict(verdict: Verdict) -> str:
    if verdict.interrupted:
        return "the run was interrupted"
    how_much = "anything" if verdict.nothing_asked else "everything"
    return f"the reporter could not be asked about {how_much}"


def _what_it_conforms_to(verdict: Verdict) -> Iterator[str]:
    yield "every core requirement passed, and every extended one that is claimed"
    if verdict.counts[Status.NOT_CLAIMED]:
        yield f"; not claimed: {_ids(verdict, Status.NOT_CLAIMED)}"
    if verdict.counts[Status.NOT_RUN]:
        # The message of each says what to install.
        yield f"; not run, since an extra is not installed: {_ids(verdict, Status.NOT_RUN)}"


def _what_is_wrong(verdict: Verdict) -> Iterator[str]:
    for status, words in (
        (Status.FAILED, "failed"),
        (Status.UNEXPECTEDLY_PASSED, "passed, although known not to:"),
        (Status.ADAPTER_ERROR, "no verdict on"),
    ):
        if verdict.counts[status]:
            yield f"{words} {_ids(verdict, status)}"


def _what_is_missing(verdict: Verdict) -> str:
    not_run = [(q, r) for q, r in verdict.results if r.status is Status.NOT_RUN]
    unable = ", ".join(q.id for q, r in not_run if not r.not_installed)
    return "what ran passed, but not everything was " + (
        f"run; what {unable} needs cannot be done here" if unable else "selected"
    )


def _ids(verdict: Verdict, status: Status) -> str:
    return ", ".join(q.id for q, r in verdict.results if r.status is status)
