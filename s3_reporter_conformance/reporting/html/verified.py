"""Reports, as the pages need them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...spec.rules import Rule
from ...verdict.report import Report
from ...verdict.runs import RunResult
from ...verdict.status import Status
from ...verdict.verdict import RuleResult


class Look(NamedTuple):
    """The look of a status: its class in the style sheet, its sign, and its name."""

    css: str
    sign: str
    words: str


_LOOKS = {status: Look(status.value, status.sign, status.words) for status in Status}
_UNMET = Look("unmet", Status.KNOWN_DEVIATION.sign, "recommendation not met")
_ABSENT = Look("absent", " ", "absent")
_ELSEWHERE = Look("elsewhere", "…", "broken at another box")
_PASSED, _FAILED, *_OTHERS = _LOOKS.values()
LOOKS = (_PASSED, _FAILED, _UNMET, *_OTHERS, _ABSENT)
"""The looks of rules and runs, in the order in which they are counted."""


@dataclass(frozen=True)
class Verified:
    """One report, its name in addresses, and its difference from others of the same version."""

    report: Report
    slug: str
    label: str
    rules: Mapping[str, RuleResult]
    runs: Mapping[str, RunResult]

    @property
    def name(self) -> str:
        """The reporter, with its version."""
        title = self.report.reporter.title
        return f"{title} ({self.label})" if self.label else title

    @property
    def conclusion(self) -> str:
        """The conclusion, without its reason."""
        return self.report.conclusion.partition(": ")[0]

    def look(self, rule: Rule, place: str = "") -> Look:
        """The look of the verdict on a rule; of a broken one, at one place or at any."""
        found = self.rules.get(rule.id)
        if found is None:
            return _ABSENT
        if place and found.broken and place not in found.broken_at:
            return _ELSEWHERE
        return _UNMET if found.is_unmet(strict=self.report.strict) else _LOOKS[found.status]

    def run_look(self, name: str) -> Look:
        """The look of a run."""
        run = self.runs.get(name)
        if run is None:
            return _ABSENT
        broken = [self.rules.get(finding.rule) for finding in run.findings]
        if broken and all(each and each.is_unmet(strict=self.report.strict) for each in broken):
            return _UNMET
        return _LOOKS[run.status]


def worst_first(each: Verified) -> tuple[bool, bool, int]:
    """A key to sort by: the most faults first; the reference, which shows how it is done, last."""
    report = each.report
    return report.conformant, report.reporter.name == "reference", -len(report.verdict.wrong)


def headline(shown: Sequence[Verified]) -> str:
    """The verdict in one line."""
    if len(shown) == 1:
        return f"{shown[0].name}: {shown[0].conclusion.lower()}"
    conforming = sum(each.report.conformant for each in shown)
    verb = "conforms" if conforming == 1 else "conform"
    return f"{conforming} of {len(shown)} reporters {verb}"


def verified(reports: Sequence[Report]) -> list[Verified]:
    """Give every report a name of its own on the pages, the newest the shortest address."""
    found: dict[str, Verified] = {}
    for report in sorted(reports, key=lambda each: each.started, reverse=True):
        label = _label(report, reports)
        texts = (report.reporter.name, f"{report.reporter.title} {label}", f"no. {len(found) + 1}")
        # The shortest address that is not taken.
        slugs = (re.sub(r"\W+", "-", text.lower()).strip("-") for text in texts)
        slug = next(each for each in slugs if each and each not in found)
        rules = {each.id: each for each in report.rules}
        found[slug] = Verified(report, slug, label, rules, {each.id: each for each in report.runs})
    given = {id(each.report): each for each in found.values()}
    return [given[id(report)] for report in reports]


def _label(report: Report, reports: Sequence[Report]) -> str:
    alike = [each for each in reports if each.reporter.title == report.reporter.title]
    if len(alike) == 1:
        return ""
    is_told = [each.backend for each in alike].count(report.backend) == 1
    return report.backend if is_told else report.started
