"""What a user reads when a requirement did not pass."""

import textwrap
import traceback
from collections.abc import Iterator, Mapping
from itertools import pairwise

import click

from ..errors import AdapterError, BackendError, Nonconformance, NotInstalledError, UnsupportedError
from ..spec.requirements import Requirement
from ..verdict.verdict import NOT_INSTALLED, Example, Status

_WIDTH = 74
_LABEL = 12
_CHATTER = {"DEBUG", "INFO"}
_COLORS = {"expected": "green", "seen": "red", "diverged at": "red"}


def status_of(error: BaseException) -> Status:
    """Tell a finding from a breakdown: only a judge's finding is held against the reporter."""
    match error:
        case Nonconformance():
            return Status.FAILED
        case UnsupportedError() | NotInstalledError():
            return Status.NOT_RUN
        case _:
            return Status.ADAPTER_ERROR


def findings_of(error: BaseException) -> Mapping[str, str]:
    """Why an example did not pass: texts by what they are about."""
    match error:
        case Nonconformance(expected=expected, seen=seen):
            return {"expected": expected, "seen": seen}
        case AdapterError():
            return {"adapter": str(error)}
        case UnsupportedError():
            return {"not run": str(error)}
        case NotInstalledError():
            return {NOT_INSTALLED: str(error)}
        case BackendError():
            return {"backend": str(error)}
        case _:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            return {
                "suite": "the suite itself failed, which says nothing of the reporter; please "
                f"report this: {type(error).__name__}: {error} ({frame.filename}, line "
                f"{frame.lineno})"
            }


def describe(requirement: Requirement, example: Example, repeat: str) -> str:
    """Say what happened, what was expected, what was seen, and how to see it again.

    Args:
        requirement: What was asked for.
        example: What became of it.
        repeat: The line that runs it again.

    Returns:
        Lines, styled for a terminal.
    """
    return "\n".join(_description(requirement, example, repeat))


def _description(requirement: Requirement, example: Example, repeat: str) -> Iterator[str]:
    if example.values:
        yield "with " + ", ".join(f"{name} {value!r}" for name, value in example.values.items())
    if example.sentence:
        yield example.sentence
    for label, text in example.findings.items():
        yield _labelled(label, text)
    if example.status is Status.FAILED:
        yield from _seen(example)
        yield from _path(requirement, example)
        yield _labelled("read", f"{requirement.file}, line {requirement.line}")
        yield _labelled("", f"s3-reporter-conformance explain {requirement.id}")
    if example.status in {Status.FAILED, Status.ADAPTER_ERROR}:
        # In one piece, to be copied.
        yield f"  {'repeat':<{_LABEL}}{repeat}"


def _seen(example: Example) -> Iterator[str]:
    if not example.evidence:
        return
    yield _labelled("requests", "\n".join(timeline(example)) or "none")
    if example.evidence["returned"] is not None:
        yield _labelled("returned", example.evidence["returned"])
    for record in example.evidence["log"]:
        if record["level"] not in _CHATTER:
            yield _labelled("logged", f"{record['level']} {record['message']}")


def timeline(example: Example) -> Iterator[str]:
    """The requests, a line each; attempts under what they put, with the gaps between them."""
    before = ""
    for request in example.evidence.get("requests", ()):
        at = f"{request['seconds']:.3f} s"
        answer = "connection dropped" if request["status"] is None else str(request["status"])
        answer += f" ({request['fault']})" if request["fault"] else ""
        answer += f" (refused: {request['refusal']})" if request.get("refusal") else ""
        target = f"{request['method']} {request['target']}"
        if request["attempt"] is None:
            yield f"{at}  {target} -> {answer}"
        else:
            if target != before:
                yield target
            gap = "" if request["wait"] is None else f"+{request['wait']:.3f} s"
            yield f"{at}  attempt {request['attempt']:<3}{gap:<10} -> {answer}"
        before = target


def _path(requirement: Requirement, example: Example) -> Iterator[str]:
    if not requirement.diagram:
        return
    drawn, *_ = requirement.route
    for number, (_, target) in enumerate(pairwise(requirement.route)):
        drawn += f" {'>X<' if number == example.diverged_at else '>'} {target}"
    yield _labelled("path", f"{requirement.diagram}: {drawn}")
    if example.diverged_at is not None:
        yield _labelled("diverged at", str(requirement.arrows[example.diverged_at]))


def _labelled(label: str, text: str) -> str:
    lines = [part for line in text.splitlines() for part in _wrapped(line)] or ["(nothing)"]
    name = click.style(f"{label:<{_LABEL}}", fg=_COLORS.get(label), bold=label in _COLORS)
    return f"\n{' ' * (_LABEL + 2)}".join([f"  {name}{lines[0]}", *lines[1:]])


def _wrapped(line: str) -> list[str]:
    if len(line) <= _WIDTH - _LABEL:
        # As it is, for wrapping would take columns apart.
        return [line] if line.strip() else []
    return textwrap.wrap(line, _WIDTH - _LABEL, break_long_words=False, break_on_hyphens=False)
