"""The text about a broken rule or run: plain lines, painted where they are shown."""

import textwrap
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..disk.files import NO_SPACE, no_space
from ..spec.rules import Level
from ..verdict.circumstances import ALWAYS
from ..verdict.evidence import Evidence
from ..verdict.runs import Finding, RunResult
from ..verdict.status import Status
from ..verdict.verdict import RuleResult
from ..words.errors import (
    AdapterError,
    BackendError,
    Nonconformance,
    NotInstalledError,
    UnsupportedError,
)
from ..words.names import count_of, some_of

_WIDTH = 74
_LABEL = 12
_CHATTER = {"DEBUG", "INFO"}

Command = Callable[..., str]
"""Gives the command line with some words; `REPORTER` among them stands for the reporter."""


@dataclass(frozen=True)
class Line:
    """One part of a message.

    Attributes:
        text: The part; it may go on over several lines.
        label: The subject of it; empty for a sentence that stands for itself.
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
        case UnsupportedError():
            return Status.NOT_RUN
        case NotInstalledError():
            return Status.NOT_INSTALLED
        case _:
            return Status.ADAPTER_ERROR


def problem_of(error: BaseException) -> str:
    """Say why there is no verdict on a run, or why it was not run."""
    match error:
        case UnsupportedError() | NotInstalledError():
            return str(error)
        case AdapterError():
            return f"the adapter: {error}"
        case BackendError():
            return f"the backend: {error}"
        case OSError(errno=number) if number in NO_SPACE:
            return f"the disk: {no_space(error)}"
        case _:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            return (
                "the suite itself failed, which says nothing of the reporter; please report this: "
                f"{type(error).__name__}: {error} ({frame.filename}, line {frame.lineno})"
            )


def explain_rule(rule: RuleResult, runs: Sequence[RunResult]) -> Iterator[Line]:
    """Tell why a rule did not pass, once, with the simplest run; nothing if it did.

    Args:
        rule: The verdict on the rule.
        runs: All runs.
    """
    if rule.note:
        yield Line(rule.note)
    if not rule.runs:
        return
    by_id = {run.id: run for run in runs}
    simplest = by_id.get(rule.runs[0])
    yield Line(extent(rule))
    if rule.level is not rule.binding:
        yield Line(
            f"It counts as {rule.binding.value}, since only runs that no diagram draws break it."
        )
    yield _labelled("run", _run_in_words(rule.runs[0], simplest))
    if rule.nearest:
        yield _labelled("kept in", "\n".join(_nearest_in_words(rule, by_id)))
    if applies := _applies(rule):
        yield _labelled("when", applies)
    yield _labelled("then", rule.sentence or "")
    yield _labelled("expected", rule.expected or "")
    yield _labelled("seen", rule.seen or "")
    yield from _seen(simplest.evidence if simplest else None)
    yield _read(rule.file, rule.line, rule.id)
    # In one piece, to be copied.
    yield Line(rule.repeat, "repeat")


def _applies(rule: RuleResult) -> str:
    """The runs that the rule judges by the sentence that does not hold, in its own words."""
    from ..spec.gherkin import all_rules  # noqa: PLC0415 -- `--help` needs no Gherkin

    judgments = (each for known in all_rules() if known.id == rule.id for each in known.judgments)
    return next((", and ".join(each.when) for each in judgments if rule.sentence in each.then), "")


def extent(rule: RuleResult) -> str:
    """Say in which runs a rule is broken."""
    whole = count_of(rule.judged, "run")
    if rule.whenever is None:
        return f"in {rule.broken} of {whole}"
    broken = f"{rule.broken} of {count_of(rule.broken, 'run')}"
    if rule.whenever == ALWAYS:
        return f"always: in each run that it judges ({broken})"
    others = count_of(rule.judged - rule.broken, "other")
    return f"whenever {rule.whenever} ({broken}; 0 of {others})"


def explain_run(run: RunResult) -> Iterator[Line]:
    """Tell why a run did not pass; nothing if it did.

    Args:
        run: The run.
    """
    if run.problem:
        yield from map(Line, _wrapped(run.problem))
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in run.findings:
        said = (finding.sentence, finding.expected, finding.seen)
        alike.setdefault(said, []).append(finding)
    for (sentence, expected, seen), findings in alike.items():
        yield Line(f"breaks {', '.join(finding.rule for finding in findings)}")
        yield _labelled("sentence", sentence)
        yield _labelled("expected", expected)
        yield _labelled("seen", seen)
    if run.findings:
        yield from _seen(run.evidence)
        yield _read(run.file, run.line, run.findings[0].rule)


def explain_broken(runs: Sequence[RunResult]) -> Iterator[Line]:
    """Tell why runs have no verdict: each cause once, with the number of the runs.

    Args:
        runs: The runs in which the adapter or the backend broke.
    """
    for problem, names in causes_of(runs).items():
        yield from map(Line, _wrapped(problem))
        yield _labelled("in", f"{count_of(len(names), 'run')}: {some_of(names)}")


def causes_of(runs: Iterable[RunResult]) -> Mapping[str, Sequence[str]]:
    """The problems of runs without a verdict, each with the ids of the runs."""
    causes: dict[str, list[str]] = {}
    for run in runs:
        causes.setdefault(run.problem, []).append(run.id)
    return causes


def headline(rule: RuleResult, more: str = "") -> str:
    """The id and the name of a rule, and its level unless that is core.

    Args:
        rule: The rule.
        more: What else belongs into the brackets behind the name; empty for nothing.
    """
    level = "" if rule.level is Level.CORE else rule.level.value
    words = ", ".join(filter(None, (level, more)))
    return f"{rule.id} {rule.name}" + (f" ({words})" if words else "")


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


def _run_in_words(name: str, run: RunResult | None) -> str:
    return f"{name}: {run.name}" if run else name


def _nearest_in_words(rule: RuleResult, runs: Mapping[str, RunResult]) -> Iterator[str]:
    if rule.nearest:
        yield _run_in_words(rule.nearest.run, runs.get(rule.nearest.run))
        for each in rule.nearest.differs:
            yield f"where {each.name} is {each.there} instead of {each.here}"


def _seen(evidence: Evidence | None) -> Iterator[Line]:
    if evidence is None:
        return
    yield _labelled("requests", "\n".join(timeline(evidence)) or "none")
    if evidence.returned is not None:
        yield _labelled("returned", evidence.returned)
    for record in evidence.log:
        if record.level not in _CHATTER:
            yield _labelled("logged", f"{record.level} {record.message}")


def _read(file: str, line: int, rule: str) -> Line:
    return _labelled("read", f"{file}, line {line}\ns3-reporter-conformance explain {rule}")


def _labelled(label: str, text: str) -> Line:
    lines = [part for line in text.splitlines() for part in _wrapped(line)]
    return Line("\n".join(lines) or "(nothing)", label)


def _wrapped(line: str) -> list[str]:
    if len(line) <= _WIDTH - _LABEL:
        # As it is, for wrapping would take columns apart.
        return [line] if line.strip() else []
    return textwrap.wrap(line, _WIDTH - _LABEL, break_long_words=False, break_on_hyphens=False)
