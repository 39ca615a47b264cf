"""The conformance report; `docs/report.schema.json` is generated from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from .. import __version__
from ..adapters.retries import Jitter
from .runs import RunResult
from .status import Status
from .verdict import RuleResult, Verdict

SCHEMA_VERSION: Final = 3
# Such as the end of "moto 5.2.5".
_VERSION = re.compile(r" v?\d\S*$")


@dataclass(frozen=True, kw_only=True)
class Suite:
    """The program that wrote the report."""

    name: str = "s3-reporter-conformance"
    version: str = __version__


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """The implementation under test, as its manifest describes it; the features are sorted."""

    name: str
    version: str
    url: str
    adapter: str
    features: tuple[str, ...]
    max_retries: int
    jitter: Jitter

    @property
    def title(self) -> str:
        """The name, with the version."""
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, kw_only=True)
class Report:
    """The verdict on a reporter, with the evidence.

    Attributes:
        backend: The source of the S3 API, with its version.
        seed: The seed of bucket names and access keys.
        started: When the run began, in ISO 8601.
        strict: Whether recommendations decide, too.
        aborted: Why the run broke off; empty if it did not.
        conclusion: The last word on the reporter, a colon, and the reason.
        summary: The number of rules of each status.
        rules: Every rule of the suite, in its order.
        runs: Every run of the suite, in its order.
    """

    schema_version: Literal[3] = SCHEMA_VERSION
    suite: Suite = Suite()
    reporter: Reporter
    backend: str
    seed: str
    started: str
    strict: bool
    aborted: str
    conformant: bool
    conclusion: str
    summary: Mapping[Status, int]
    rules: tuple[RuleResult, ...]
    runs: tuple[RunResult, ...]

    @property
    def title(self) -> str:
        """The reporter and the backend, in a few words."""
        return f"{self.reporter.title} on {self.backend}"

    @property
    def backend_name(self) -> str:
        """The source of the S3 API, without the version."""
        return _VERSION.sub("", self.backend)

    @property
    def verdict(self) -> Verdict:
        """The verdict in it, without whether the user broke the run off."""
        return Verdict(self.rules, self.runs, self.strict, aborted=self.aborted)


@dataclass
class RunInfo:
    """Notes for the report, taken while the suite runs, in each of its processes."""

    seed: str = ""
    backend: str = ""
    aborted: str = ""
    explored: tuple[str, ...] = ()
