"""What a user reads when a requirement did not pass: plain lines, painted where they are shown."""

import textwrap
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..errors import AdapterError, BackendError, Nonconformance, NotInstalledError, UnsupportedError
from ..files import NO_SPACE, no_space
from ..spec.requirements import Requirement
from ..verdict.example import NOT_INSTALLED, Arrow, Evidence, Example
from ..verdict.status import Status
from ..verdict.verdict import Result

_WIDTH = 74
_LABEL = 12
_CHATTER = {"DEBUG", "INFO"}

Command = Callable[..., str]
"""Gives the command line with some words; `REPORTER` among them stands for the reporter."""


@dataclass(frozen=True)
class Line:
    """What a message tells about one thing.

    Attributes:
        text: What it tells; it may go on over several lines.
        label: What that is about; empty for a sentence that stands for itself.
    """

    text: str
    label: str = ""

    def __str__(self) -> str:
        return self.shown()

    def shown(self, show: Callable[[str], str] = str) -> str:
        """Put it into text.

        Args:
            show: Makes the label, already as wide as all are, fit for where it is shown.
        """
        if not self.label:
            return self.text
        name = show(f"{self.label:<{_LABEL}}")
        return f"  {name}" + self.text.replace("\n", f"\n{' ' * (_LABEL + 2)}")


def status_of(error: BaseException) -> Status:
    """Tell a finding from a breakdown: only a judge's finding is held against the reporter."""
    match error:
        case Nonconformance():
            return Status.FAILED
        case UnsupportedError() | NotInstalledError():
            return Status.NOT_RUN
        case _:
            return Status.ADAPTER_ERROR


_LABELS: Mapping[type[Exception], str] = {
    AdapterError: "adapter",
    BackendError: "backend",
    UnsupportedError: "not run",
    NotInstalledError: NOT_INSTALLED,
}


def findings_of(error: BaseException) -> Mapping[str, str]:
    """Why an example did not pass: texts by what they are about."""
    match error:
        case Nonconformance(expected=expected, seen=seen):
            return {"expected": expected, "seen": seen}
        case AdapterError() | BackendError() | UnsupportedError() | NotInstalledError():
            return {next(_LABELS[kind] for kind in _LABELS if isinstance(error, kind)): str(error)}
        case OSError(errno=number) if number in NO_SPACE:
            return {"disk": no_space(error)}
        case _:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            return {
                "suite": "the suite itself failed, which says nothing of the reporter; please "
                f"report this: {type(error).__name__}: {error} ({frame.filename}, line "
                f"{frame.lineno})"
            }


def explain(requirement: Requirement, result: Result, command: Command) -> Iterator[Line]:
    """Tell why a requirement did not pass, of all of its examples; nothing if it did.

    Args:
        requirement: What was asked for.
        result: What became of it.
        command: Gives a command line for the same reporter.
    """
    if result.note:
        yield Line(result.note)
    alike: dict[object, list[Example]] = {}
    for example in result.examples:
        if example.findings:
            alike.setdefault((example.status, example.diverged_at), []).append(example)
    for number, (first, *others) in enumerate(alike.values()):
        if number:
            yield Line("")
        yield from explain_example(requirement, first, command, others)


def explain_example(
    requirement: Requirement, example: Example, command: Command, others: Sequence[Example] = ()
) -> Iterator[Line]:
    """Say what happened, what was expected, what was seen, and how to see it again.

    Args:
        requirement: What was asked for.
        example: What became of it; it did not pass.
        command: Gives a command line for the same reporter.
        others: Further examples that went wrong at the same place.
    """
    yield from _what_was_found(example)
    if example.status is Status.FAILED:
        yield from _seen(example.evidence)
    said = example.sentence, example.findings
    for other in others:
        yield from _row(other, "also ")
        if (other.sentence, other.findings) != said:
            said = other.sentence, other.findings
            yield from _what_was_found(replace(other, values={}))
    if example.status is Status.FAILED:
        yield from _path(requirement, example.diverged_at)
        read = f"{requirement.file}, line {requirement.line}"
        yield _labelled("read", f"{read}\ns3-reporter-conformance explain {requirement.id}")
    if example.status.failed:
        broken = example.status is Status.ADAPTER_ERROR
        words = ("call", "REPORTER", requirement.id) if broken else repeat(requirement.id)
        # In one piece, to be copied.
        yield Line(command(*words), "repeat")


def _row(example: Example, before: str = "") -> Iterator[Line]:
    if example.values:
        row = ", ".join(f"{name} {value!r}" for name, value in example.values.items())
        yield Line(f"{before}with {row}")


def _what_was_found(example: Example) -> Iterator[Line]:
    yield from _row(example)
    if example.sentence:
        yield Line(example.sentence)
    for label, text in example.findings.items():
        yield _labelled(label, text)


def repeat(requirement_id: str) -> tuple[str, ...]:
    """The words of a command line that run a requirement again."""
    return ("verify", "REPORTER", "-k", requirement_id)


def timeline(evidence: Evidence | None) -> Iterator[str]:
    """The requests, a line each; attempts under what they put, with the gaps between them."""
    before = ""
    for request in evidence.requests if evidence else ():
        at = f"{request.seconds:.3f} s"
        answer = "connection dropped" if request.status is None else str(request.status)
        answer += f" ({request.fault})" if request.fault else ""
        answer += f" (refused: {request.refusal})" if request.refusal else ""
        target = f"{request.method} {request.target}"
        if request.attempt is None:
            yield f"{at}  {target} -> {answer}"
        else:
            size = request.headers.get("content-length")
            target += f", {size} B" if size else ""
            if target != before:
                yield target
            gap = "" if request.wait is None else f"+{request.wait:.3f} s"
            yield f"{at}  attempt {request.attempt:<3}{gap:<10} -> {answer}"
        if request.error:
            yield f"S3 said: {' '.join(request.error.split())}"
        before = target


def _seen(evidence: Evidence | None) -> Iterator[Line]:
    if evidence is None:
        return
    yield _labelled("requests", "\n".join(timeline(evidence)) or "none")
    if evidence.returned is not None:
        yield _labelled("returned", evidence.returned)
    for record in evidence.log:
        if record.level not in _CHATTER:
            yield _labelled("logged", f"{record.level} {record.message}")


def _path(requirement: Requirement, diverged_at: Arrow | None) -> Iterator[Line]:
    if not requirement.diagram:
        return
    drawn, *_ = requirement.route
    for number, (_, target) in enumerate(pairwise(requirement.route)):
        left = diverged_at is not None and number == diverged_at.number
        drawn += f" {'>X<' if left else '>'} {target}"
    yield _labelled("path", f"{requirement.diagram}: {drawn}")
    if diverged_at is not None:
        yield _labelled("diverged at", str(requirement.arrows[diverged_at.number]))


def _labelled(label: str, text: str) -> Line:
    lines = [part for line in text.splitlines() for part in _wrapped(line)]
    return Line("\n".join(lines) or "(nothing)", label)


def _wrapped(line: str) -> list[str]:
    if len(line) <= _WIDTH - _LABEL:
        # As it is, for wrapping would take columns apart.
        return [line] if line.strip() else []
    return textwrap.wrap(line, _WIDTH - _LABEL, break_long_words=False, break_on_hyphens=False)
