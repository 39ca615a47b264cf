"""The text about a broken rule or run, line by line."""

import re
import textwrap
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..adapters.logs import noticed_lines
from ..disk.files import NO_SPACE, no_space
from ..spec.rules import Level
from ..verdict.runs import Evidence, Finding, RunResult
from ..verdict.status import Status
from ..verdict.verdict import RuleResult
from ..words.errors import (
    QUOTING,
    AdapterError,
    AdapterTimeoutError,
    BackendError,
    NotInstalledError,
    UnsupportedError,
    UsageError,
)
from ..words.names import count_of, some_of
from .transcript import timeline
from .wrapping import LABEL

BACKEND = "the backend: "
"""The beginning of the problem of a run that lost S3."""
_HUNG = "the adapter hung: "
HOPELESS = (_HUNG, BACKEND)
"""The beginnings of problems that are the same, or cost the whole time limit, in each run."""
PATIENCE = 3
"""After so many of them in a row, no more runs are made, which would take the time limit each."""

_CHATTER = {"DEBUG", "INFO"}
# As much as fits on half a screen.
_MOST_REQUESTS, _MOST_RECORDS = 6, 3
_MOST_LINES, _MOST_CHARACTERS = 6, 320
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def diagnose(error: BaseException) -> tuple[Status, str]:
    """Say why there is no verdict on a run, or why it was not made."""
    match error:
        case UnsupportedError():
            return Status.NOT_RUN, str(error)
        case NotInstalledError():
            return Status.NOT_INSTALLED, str(error)
        case AdapterTimeoutError():
            why = f"{_HUNG}{error}"
        case AdapterError():
            why = f"the adapter: {error}"
        case BackendError():
            why = f"{BACKEND}{error}"
        case UsageError():
            why = str(error)
        case OSError(errno=number) if number in NO_SPACE:
            why = f"the disk: {no_space(error)}"
        case _:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            why = (
                "the suite itself failed, which says nothing of the reporter; please report this: "
                f"{type(error).__name__}: {error} ({frame.filename}, line {frame.lineno})"
            )
    return Status.ADAPTER_ERROR, why


def explain_rule(
    rule: RuleResult,
    runs: Iterable[RunResult],
    *,
    verbose: bool = False,
    before: Mapping[str, str] = {},
) -> Iterator[str]:
    """Tell why a rule did not pass, once, with the simplest of all runs; nothing if it did.

    It fits on half a screen, unless it is verbose.  Runs that were told `before`, with the rules
    that they were told for, are not told again.
    """
    if rule.note:
        yield rule.note
    if not rule.runs:
        return
    by_id = {run.id: run for run in runs}
    yield rule.extent + ("" if rule.whenever else f": {some_of(rule.runs)}")
    if rule.level is not rule.binding:
        yield f"It counts as {rule.binding.value}: no diagram draws the runs that break it."
    elif rule.level is Level.CORE and _is_left_to_others(rule, by_id):
        yield "No run that a diagram draws was asked: if one keeps it, it counts as recommended."
    if rule.narrowed:
        yield rule.narrowed
    yield from _expected_and_seen(rule, verbose=verbose)
    simplest = by_id.get(rule.runs[0])
    if rule.runs[0] in before:
        yield _labeled("requests", f"as for {before[rule.runs[0]]}: it is the same run")
        simplest = None
    elif simplest:
        yield from _evidence(simplest.evidence, rule.seen or "", verbose=verbose)
    if verbose:
        yield _labeled("then", rule.sentence or "")
        yield _read(rule.file, rule.line, rule.id)
    if simplest and simplest.gherkin:
        yield _labeled("scenario", f"in {simplest.file}")
        yield f"\n{textwrap.indent(simplest.gherkin, '  ')}\n"
    yield _labeled("repeat", rule.repeat)


def _is_left_to_others(rule: RuleResult, runs: Mapping[str, RunResult]) -> bool:
    broken = [runs[each].unusual for each in rule.runs if each in runs]
    # A single call is all that there is.
    others = (r.unusual or r.status is Status.NOT_SELECTED for r in runs.values())
    return bool(broken) and all(broken) and all(others)


def explain_findings(run: RunResult) -> Iterator[str]:
    """Tell which rules a run breaks, or why there is no verdict on it."""
    if run.problem:
        yield run.problem
    for finding in run.findings:
        yield f"breaks {finding.rule}"
        yield _labeled("sentence", finding.sentence)
        yield from _expected_and_seen(finding, verbose=True)


def explain_run(run: RunResult) -> Iterator[str]:
    """Tell why a run did not pass; nothing if it did."""
    yield from explain_findings(run)
    if run.findings:
        yield from _evidence(run.evidence, "", verbose=True)
        yield _read(run.file, run.line, run.findings[0].rule)


def explain_broken(runs: Iterable[RunResult]) -> Iterator[str]:
    """Tell why runs have no verdict: each cause once, with the requests of its first run."""
    by_id = {run.id: run for run in runs}
    for problem, names in causes_of(by_id.values()).items():
        yield problem
        if evidence := by_id[names[0]].evidence:
            yield _requests(evidence, "")
        yield _labeled("in", f"{count_of(len(names), 'run')}: {some_of(names)}")


def causes_of(runs: Iterable[RunResult]) -> Mapping[str, Sequence[str]]:
    """The problems of runs without a verdict, each with the ids of the runs.

    Problems that differ in a number, such as that of seconds, or in the output quoted, are one.
    """
    causes: dict[str, tuple[str, list[str]]] = {}
    for run in runs:
        problem = _NUMBER.sub("", run.problem).partition(QUOTING)[0]
        _, names = causes.setdefault(problem, (run.problem, []))
        names.append(run.id)
    return dict(causes.values())


def headline(rule: RuleResult, more: str = "") -> str:
    """The id and the name of a rule; its level, unless that is core, and more in brackets."""
    level = "" if rule.level is Level.CORE else rule.level.value
    words = ", ".join(filter(None, (level, more)))
    return f"{rule.id} {rule.name}" + (f" ({words})" if words else "")


def reasons(rule: RuleResult) -> list[str]:
    """Why a rule did not pass: the expectation and the observation, or why it was not judged."""
    if rule.expected is not None:
        return [f"expected {rule.expected}", f"seen {rule.seen}"]
    return [rule.note or rule.status.words]


def _expected_and_seen(found: RuleResult | Finding, *, verbose: bool) -> Iterator[str]:
    yield _labeled("expected", _brief(found.expected or "", verbose=verbose))
    yield _labeled("seen", _brief(found.seen or "", verbose=verbose))


def _evidence(evidence: Evidence | None, told: str, *, verbose: bool) -> Iterator[str]:
    if evidence is None:
        return
    yield _requests(evidence, told, verbose=verbose)
    if evidence.returned is not None:
        yield _labeled("returned", _brief(evidence.returned, verbose=verbose))
    records = [f"{x.level} {x.message}" for x in evidence.log if x.level not in _CHATTER]
    # A program prints its log.
    printed = [] if evidence.log else noticed_lines(evidence.stderr)
    logged = [_brief(each, verbose=verbose) for each in (*records, *printed)]
    for record in logged if verbose else _shortened(logged, _MOST_RECORDS):
        yield _labeled("logged", record)


def _requests(evidence: Evidence, told: str, *, verbose: bool = False) -> str:
    requests = list(timeline(evidence.requests, told))
    shown = requests if verbose else _shortened(requests, _MOST_REQUESTS)
    return _labeled("requests", "\n".join(shown) or "none")


def _brief(text: str, *, verbose: bool) -> str:
    """The beginning of a text, with as many words and lines as are read at a glance."""
    if verbose:
        return text
    lines = text.splitlines()
    brief = "\n".join(lines[:_MOST_LINES])[:_MOST_CHARACTERS]
    return brief if len(brief) == len("\n".join(lines)) else f"{brief} ..."


def _read(file: str, line: int, rule: str) -> str:
    return _labeled("read", f"{file}, line {line}\ns3-reporter-conformance explain {rule}")


def _labeled(label: str, text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()] or ["(nothing)"]
    return f"  {label:<{LABEL}}" + f"\n{' ' * (LABEL + 2)}".join(lines)


def _shortened(parts: list[str], most: int) -> list[str]:
    """The first parts and the last; the others are counted."""
    if len(parts) <= most + 1:
        return parts
    return [*parts[: most - 1], f"... {len(parts) - most} more", parts[-1]]
