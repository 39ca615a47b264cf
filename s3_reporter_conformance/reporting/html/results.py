"""What reports say, as the pages need it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import count

from ...spec.diagrams import Diagram, Edge
from ...spec.requirements import Requirement
from ...verdict.example import Arrow
from ...verdict.report import Report, ReportedRequirement, Reporter
from ...verdict.status import Status
from .labels import labels


@dataclass(frozen=True)
class Shown:
    """How a status is shown.

    Attributes:
        css: Its class in the style sheet.
        sign: What stands for it.
        words: What it is called.
    """

    css: str
    sign: str
    words: str


def as_shown(status: Status | None) -> Shown:
    """How a status is shown; `None` is that of a requirement that the report does not have."""
    if status is None:
        return Shown("absent", " ", "absent")
    return Shown(status.value, status.sign, status.words)


class Mark(Enum):
    """What is known of an arrow or a node of a diagram, in words and with a sign of its own."""

    LEFT = "left", "✗", "a requirement failed here"
    TOUCHED = "touched", "≈", "on the path of a requirement that failed elsewhere"
    BROKEN = "broken", "?", "no verdict: the reporter could not be asked"
    PASSED = "passed", "✓", "every requirement that came by passed"
    UNKNOWN = "unknown", "·", "no requirement that came by was run"

    def __init__(self, css: str, sign: str, words: str) -> None:
        """Take the name in the style sheet, the sign, and the words."""
        self.css = css
        self.sign = sign
        self.words = words


@dataclass(frozen=True)
class Verified:
    """One report, and where it is on the pages.

    Attributes:
        report: The report.
        slug: How pages and anchors call it.
        label: What tells it from other reports of the same reporter and version; empty if nothing
            has to.
        requirements: What it says of each requirement, by id.
    """

    report: Report
    slug: str
    label: str
    requirements: Mapping[str, ReportedRequirement]

    @property
    def name(self) -> str:
        """The reporter, with its version."""
        return self._labeled(self.report.reporter.title)

    @property
    def version(self) -> str:
        """The version alone."""
        return self._labeled(self.report.reporter.version or "no version")

    def _labeled(self, text: str) -> str:
        return f"{text} ({self.label})" if self.label else text

    def status(self, requirement: Requirement) -> Status | None:
        """What became of a requirement, or `None` if the report does not have it."""
        found = self.requirements.get(requirement.id)
        return found.status if found else None

    def counts(self, requirements: Iterable[Requirement]) -> Mapping[Status | None, int]:
        """How many of the requirements have each status that occurs."""
        counts = Counter(self.status(requirement) for requirement in requirements)
        return {status: counts[status] for status in (*Status, None) if counts[status]}

    def passed(self, requirements: Iterable[Requirement]) -> str:
        """How many of the requirements that it was asked passed, in words."""
        statuses = [self.status(requirement) for requirement in requirements]
        asked = [s for s in statuses if s and (s.ran or s is Status.ADAPTER_ERROR)]
        if not asked:
            return "nothing was asked"
        return f"{asked.count(Status.PASSED)} of {len(asked)} passed"

    def arrow(self, edge: Edge, taking: Iterable[Requirement]) -> Mark:
        """What is known of an arrow from the requirements whose routes take it."""
        return self._mark(
            taking, lambda left: (left.source, left.target) == (edge.source, edge.target)
        )

    def node(self, node: str, requirements: Iterable[Requirement]) -> Mark:
        """What is known of a node from the requirements whose routes pass it."""
        passing = [r for r in requirements if node in r.route]
        return self._mark(passing, lambda left: left.target == node)

    def _mark(self, requirements: Iterable[Requirement], here: Callable[[Arrow], bool]) -> Mark:
        ids = [requirement.id for requirement in requirements]
        results = [self.requirements[name] for name in ids if name in self.requirements]
        deviating = [each for each in results if each.status.deviates]
        if any(each.diverged_at and here(each.diverged_at) for each in deviating):
            return Mark.LEFT
        if deviating:
            return Mark.TOUCHED
        statuses = {each.status for each in results}
        if Status.ADAPTER_ERROR in statuses:
            return Mark.BROKEN
        return Mark.PASSED if Status.PASSED in statuses else Mark.UNKNOWN


def verified(reports: Iterable[Report]) -> list[Verified]:
    """Give every report a name of its own on the pages."""
    found: dict[str, Verified] = {}
    given = list(reports)
    for report, label in zip(given, labels(given), strict=True):
        slug = next(each for each in _slugs(report.reporter, label) if each not in found)
        requirements = {each.id: each for each in report.requirements}
        found[slug] = Verified(report, slug, label, requirements)
    return list(found.values())


def _slugs(reporter: Reporter, label: str) -> Iterator[str]:
    """What pages can call a reporter, the shortest first."""
    name, title, labeled = (
        re.sub(r"\W+", "-", text.lower()).strip("-")
        for text in (reporter.name, reporter.title, f"{reporter.title} {label}")
    )
    yield name or "reporter"
    yield title or "reporter"
    yield labeled or "reporter"
    yield from (f"{title}-n{number}" for number in count(2))


def arrows_left(diagram: Diagram, results: Iterable[ReportedRequirement]) -> set[Edge]:
    """The arrows of a diagram on which results say that the path was left."""
    ends = {(at.source, at.target) for each in results if (at := each.diverged_at)}
    return {edge for edge in diagram.edges if (edge.source, edge.target) in ends}
