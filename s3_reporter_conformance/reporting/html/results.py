"""What reports say, as the pages need it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ...spec.diagrams import Diagram, Edge
from ...spec.requirements import Requirement
from ..formats.common import BROKEN, WRONG, Report
from ..report import reporter_of

SIGNS: Mapping[str, str] = {
    "passed": "✓",
    "failed": "✗",
    "known-deviation": "≈",
    "unexpectedly-passed": "!",
    "adapter-error": "?",
    "not-claimed": "-",
    "not-selected": "·",
    "not-run": "○",
    "absent": " ",
}
"""What stands for each status, so that none is told by its color alone."""

_ABSENT: Mapping[str, Any] = {"status": "absent", "examples": [], "diverged_at": None}


class Mark(Enum):
    """What is known of an arrow or a node of a diagram, in words and with a sign of its own."""

    LEFT = "left", "✗", "a requirement failed here"
    TOUCHED = "touched", "≈", "on the path of a requirement that failed elsewhere"
    BROKEN = "broken", "?", "nothing can be said: the reporter could not be asked"
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
        requirements: What it says of each requirement, by id.
    """

    report: Report
    slug: str
    requirements: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The reporter, with its version."""
        return reporter_of(self.report)

    def result(self, requirement: Requirement) -> Any:
        """What the report says of a requirement; its status is `absent` if it says nothing."""
        return self.requirements.get(requirement.id, _ABSENT)

    def counts(self, requirements: Iterable[Requirement]) -> dict[str, int]:
        """How many of the requirements have each status that occurs."""
        counts = Counter(self.result(requirement)["status"] for requirement in requirements)
        return {status: counts[status] for status in SIGNS if counts[status]}

    def arrow(self, edge: Edge, taking: Iterable[Requirement]) -> Mark:
        """What is known of an arrow from the requirements whose routes take it."""
        return self._mark(taking, lambda left: left == (edge.source, edge.target))

    def node(self, node: str, requirements: Iterable[Requirement]) -> Mark:
        """What is known of a node from the requirements whose routes pass it."""
        passing = [r for r in requirements if node in r.route]
        return self._mark(passing, lambda left: left is not None and left[1] == node)

    def _mark(self, requirements: Iterable[Requirement], here: Any) -> Mark:
        results = [self.result(requirement) for requirement in requirements]
        wrong = [each for each in results if each["status"] in {*WRONG, "known-deviation"}]
        if any(here(_ends(each["diverged_at"])) for each in wrong):
            return Mark.LEFT
        if wrong:
            return Mark.TOUCHED
        statuses = {each["status"] for each in results}
        if BROKEN in statuses:
            return Mark.BROKEN
        return Mark.PASSED if "passed" in statuses else Mark.UNKNOWN


def verified(reports: Iterable[Report]) -> list[Verified]:
    """Give every report a name of its own on the pages."""
    found: list[Verified] = []
    for report in reports:
        slug = re.sub(r"\W+", "-", report["reporter"]["name"].lower()).strip("-") or "reporter"
        taken = sum(each.slug == slug or each.slug.startswith(f"{slug}-n") for each in found)
        by_id = {each["id"]: each for each in report["requirements"]}
        found.append(Verified(report, f"{slug}-n{taken + 1}" if taken else slug, by_id))
    return found


def arrows_left(diagram: Diagram, results: Iterable[Any]) -> set[Edge]:
    """The arrows of a diagram on which results say that the path was left."""
    ends = {_ends(each["diverged_at"]) for each in results}
    return {edge for edge in diagram.edges if (edge.source, edge.target) in ends}


def _ends(diverged_at: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return (diverged_at["source"], diverged_at["target"]) if diverged_at else None
