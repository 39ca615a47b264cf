"""The conformance report; `docs/report.schema.json` says what its fields mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .. import __version__
from ..adapters.manifest import Jitter
from ..spec.requirements import Level
from .example import Arrow, Example
from .status import Status

SCHEMA_VERSION = 2
# Such as the end of "moto 5.2.5".
_VERSION = re.compile(r" v?\d\S*$")


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What wrote the report."""

    name: str = "s3-reporter-conformance"
    version: str = __version__


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """The implementation under test, as its manifest has it; the features are sorted."""

    name: str
    version: str
    url: str
    adapter: str
    features: tuple[str, ...]
    max_retries: int
    jitter: Jitter

    @property
    def title(self) -> str:
        """Who was verified, with the version."""
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, kw_only=True)
class ReportedRequirement:
    """A requirement and what became of it.

    Attributes:
        id: Such as `KEY-07`.
        name: The scenario's name.
        level: How binding it is.
        feature: The extended feature that it belongs to, or `None`.
        diagram: The diagram that it follows, or `None` if it is beyond them.
        path: The decisions that its route through the diagram takes, or `None`.
        file: The feature file, seen from the project's root.
        line: The line of the scenario.
        status: What became of it.
        message: In words, what happened; empty if it passed.
        expected: What the sentence that failed asks for, or `None` if none failed.
        observed: What was seen instead, or what broke; `None` if nothing did.
        diverged_at: The arrow on which the reporter left the path, where the sentence tells.
        wire: The requests of the decisive example, a line each.
        seconds: How long all of its examples took.
        repeat: The command that runs it again.
        examples: What became of each example, as far as they ran.
    """

    id: str
    name: str
    level: Level
    feature: str | None
    diagram: str | None
    path: str | None
    file: str
    line: int
    status: Status
    message: str
    expected: str | None
    observed: str | None
    diverged_at: Arrow | None
    wire: tuple[str, ...]
    seconds: float
    repeat: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a run says of a reporter.

    Attributes:
        schema_version: The version of this form.
        suite: What wrote it.
        reporter: The implementation under test.
        backend: Where the S3 API came from, with its version.
        seed: What the names of buckets and the access keys were made up from.
        started: When the run began, as ISO 8601 writes it.
        aborted: Why the run broke off; empty if it did not.
        conformant: Whether the reporter conforms.
        conclusion: The last word on the reporter, a colon, and why.
        summary: How many requirements there are of each status.
        requirements: Every requirement of the suite, in its order.
    """

    schema_version: int = SCHEMA_VERSION
    suite: Suite = Suite()
    reporter: Reporter
    backend: str
    seed: str
    started: str
    aborted: str
    conformant: bool
    conclusion: str
    summary: Mapping[Status, int]
    requirements: tuple[ReportedRequirement, ...]

    @property
    def title(self) -> str:
        """Who was verified on what, in a few words."""
        return f"{self.reporter.title} on {self.backend}"

    @property
    def backend_name(self) -> str:
        """Where the S3 API came from, without the version."""
        return _VERSION.sub("", self.backend)

    @property
    def statuses(self) -> Mapping[str, Status]:
        """What became of each requirement, by its id."""
        return {each.id: each.status for each in self.requirements}
