"""The result of one run, as the report has it: short, repeatable, and without secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .status import Status

Facts = Mapping[str, str]
"""Facts of a run by name, such as `file_format` and `yaml`."""

Routes = tuple[tuple[str, ...], ...]
"""Routes through a diagram, each as the ids of its nodes."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request and its answer.

    Attributes:
        seconds: When its head arrived, in seconds since the call began.
        operation: The S3 operation, such as `PutObject`, or the method.
        target: The raw path and query.
        headers: Its content-type and content-length, as far as it has them.
        status: The HTTP status answered, or `None` if the connection was dropped.
        fault: The fault that the suite played, in words, or `None`.
        refusal: Why the suite refused it, as S3 would have, in words, or `None`.
        attempt: Which PutObject it is, from 1, or `None` if it is none.
        wait: The seconds since the attempt before, or `None` if there is none.
        error: What S3 itself answered with an error, or `None`.
    """

    seconds: float
    operation: str
    method: str
    target: str
    headers: Mapping[str, str]
    status: int | None
    fault: str | None
    refusal: str | None
    attempt: int | None
    wait: float | None
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """A record of the reporter's log."""

    level: str
    message: str


@dataclass(frozen=True, kw_only=True)
class FoundObject:
    """An object in a bucket: its size is in bytes, its beginning its first characters."""

    bucket: str
    key: str
    content_type: str
    size: int
    beginning: str


@dataclass(frozen=True, kw_only=True)
class FoundFile:
    """A file under the output folder: its path from there, its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The observations of a call, short and without secrets.

    Attributes:
        requests: The first 200 requests that went over the wire, in order.
        returned: What `report` returned, or `None` if it was not called or gave no text.
        exception: The exception that left `report`, in words, or `None`.
        log: The first 200 records of the log.
        objects: The first 200 objects in the buckets.
        files: The first 200 files under the output folder.
    """

    requests: tuple[Request, ...]
    ready: bool
    returned: str | None
    exception: str | None
    log: tuple[LogLine, ...]
    stdout: str
    stderr: str
    objects: tuple[FoundObject, ...]
    files: tuple[FoundFile, ...]
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A rule that a run broke: the sentence that does not hold, and where it is judged."""

    rule: str
    sentence: str
    diagram: str | None
    node: str | None
    expected: str
    seen: str


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """One run, judged by every rule that applies to it.

    Attributes:
        id: The slug of the scenario, by which `-k`, `call`, and `serve` find it.
        name: The name of the scenario, with the values of its row.
        rule: The rule that the scenario stands under, or `None`.
        feature: The extended feature that the scenario belongs to, or `None`.
        unusual: Whether no diagram draws the situation.
        file: The feature file, relative to the project root, or a file of the user's.
        values: The row of the table.
        status: `passed`, `failed`, `adapter-error`, or why it was not run.
        problem: Why there is no verdict, or why it was not run; empty otherwise.
        facts: What was given, by name.
        observed: What was observed, by name.
        paths: The routes that the run takes through each diagram.
        kept: The ids of the rules that applied and hold.
        uncertain: The ids of the rules that applied, and of which the run does not tell.
        findings: The rules that applied and do not hold.
        calls: The number of calls of the reporter.
        evidence: What was observed in the last call, if there was one.
        gherkin: The scenario, if the suite has none; empty otherwise.
    """

    id: str
    name: str
    rule: str | None
    feature: str | None
    unusual: bool
    file: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)
    status: Status
    problem: str = ""
    facts: Facts = field(default_factory=dict)
    observed: Facts = field(default_factory=dict)
    paths: Mapping[str, Routes] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    calls: int = 0
    seconds: float = 0.0
    evidence: Evidence | None = None
    gherkin: str = ""

    @property
    def judged(self) -> frozenset[str]:
        """The ids of the rules that applied."""
        return frozenset((*self.kept, *(finding.rule for finding in self.findings)))

    @property
    def source(self) -> tuple[str, ...]:
        """The option that adds its file, unless it is one of the suite's."""
        if self.file.endswith("exploring/triples.feature"):
            return ("--thorough",)
        is_own = self.file.startswith("features/")
        return () if is_own else (f"--explore-examples={self.file}",)

    def finding(self, rule: str) -> Finding | None:
        """The first finding about a rule."""
        return next((each for each in self.findings if each.rule == rule), None)
