"""The result of one run: the situation, the rules that it kept and broke, and the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .evidence import Evidence
from .status import Status

Facts = Mapping[str, str]
"""Facts of a run by name, such as `file_format` and `yaml`."""

Routes = tuple[tuple[str, ...], ...]
"""Routes through a diagram, each as the ids of its nodes."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A rule that a run broke.

    Attributes:
        rule: The id of the rule.
        sentence: The sentence that does not hold.
        diagram: The diagram at which it is judged, or `None` if it is beyond the diagrams.
        node: The node at which it is judged.
        expected: The behavior that the sentence demands.
        seen: The behavior that was observed.
    """

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
        file: The feature file, relative to the project root.
        line: The line of the scenario, or of its row.
        values: The row of the table.
        status: `passed`, `failed`, `adapter-error`, or why it was not run.
        problem: Why there is no verdict, or why it was not run; empty otherwise.
        facts: What was given, by name.
        observed: What was observed, by name.
        paths: The routes that the run takes through each diagram.
        kept: The ids of the rules that applied and hold.
        findings: The rules that applied and do not hold.
        calls: The number of calls of the reporter.
        seconds: The duration of the run, in seconds.
        evidence: What was observed in the last call, if there was one.
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
    findings: tuple[Finding, ...] = ()
    calls: int = 0
    seconds: float = 0.0
    evidence: Evidence | None = None

    @property
    def judged(self) -> frozenset[str]:
        """The ids of the rules that applied."""
        return frozenset((*self.kept, *(finding.rule for finding in self.findings)))

    def finding(self, rule: str) -> Finding | None:
        """The first finding about a rule."""
        return next((each for each in self.findings if each.rule == rule), None)
