"""Reports, as the pages need them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from ...spec.rules import Level, Rule
from ...verdict.circumstances import ALWAYS
from ...verdict.report import Report, Reporter
from ...verdict.runs import RunResult
from ...verdict.status import Status
from ...verdict.verdict import RuleResult
from ...words.names import count_of
from .labels import labels


@dataclass(frozen=True)
class Shown:
    """The look of a status: its class in the style sheet, its sign, and its name."""

    css: str
    sign: str
    words: str


def as_shown(status: Status | None) -> Shown:
    """The look of a status; `None` stands for a rule or a run that the report does not have."""
    if status is None:
        return Shown("absent", " ", "absent")
    return Shown(status.value, status.sign, status.words)


_UNMET = Shown("unmet", Status.FAILED.sign, "recommendation not met")
LOOKS = (
    as_shown(Status.PASSED),
    as_shown(Status.FAILED),
    _UNMET,
    *(as_shown(status) for status in Status if status not in {Status.PASSED, Status.FAILED}),
    as_shown(None),
)
"""The looks of rules and runs, in the order in which they are counted."""


@dataclass(frozen=True)
class Verified:
    """One report, and its place on the pages.

    Attributes:
        report: The report.
        slug: Its name in addresses and anchors.
        label: The difference from other reports of the same reporter and version; empty if there
            are none.
        rules: Its verdict on each rule, by id.
        runs: Its runs, by id.
    """

    report: Report
    slug: str
    label: str
    rules: Mapping[str, RuleResult]
    runs: Mapping[str, RunResult]

    @property
    def name(self) -> str:
        """The reporter, with its version."""
        return self._labeled(self.report.reporter.title)

    @property
    def version(self) -> str:
        """The version alone."""
        return self._labeled(self.report.reporter.version or "no version")

    @property
    def conclusion(self) -> str:
        """The conclusion, without its reason."""
        return self.report.conclusion.partition(": ")[0]

    @property
    def reason(self) -> str:
        """The reason of the conclusion, as a sentence."""
        reason = self.report.conclusion.partition(": ")[2]
        return f"{reason[:1].upper()}{reason[1:]}."

    def _labeled(self, text: str) -> str:
        return f"{text} ({self.label})" if self.label else text

    def look(self, rule: Rule) -> Shown:
        """The look of the verdict on a rule."""
        found = self.rules.get(rule.id)
        if found and found.is_unmet(strict=self.report.strict):
            return _UNMET
        return as_shown(self.status(rule))

    def run_look(self, name: str) -> Shown:
        """The look of a run."""
        run = self.runs.get(name)
        broken = [self.rules.get(finding.rule) for finding in run.findings] if run else []
        if broken and all(each and each.is_unmet(strict=self.report.strict) for each in broken):
            return _UNMET
        return as_shown(run.status if run else None)

    def status(self, rule: Rule) -> Status | None:
        """The status of a rule, or `None` if the report does not have it."""
        found = self.rules.get(rule.id)
        return found.status if found else None

    def simplest(self, result: RuleResult) -> RunResult | None:
        """The simplest run that breaks a rule, if the report has it."""
        return next((self.runs[run] for run in result.runs[:1] if run in self.runs), None)

    def fails(self, result: RuleResult) -> bool:
        """Whether a rule fails, and decides."""
        return result.is_wrong(strict=self.report.strict) and result.status is Status.FAILED

    def counts(self, rules: Iterable[Rule]) -> Mapping[Shown, int]:
        """The number of rules of each look that occurs."""
        counts = Counter(self.look(rule) for rule in rules)
        return {look: counts[look] for look in LOOKS if counts[look]}

    def passed(self, rules: Iterable[Rule]) -> str:
        """The number of rules that hold, of those with a verdict, in words."""
        statuses = [status for rule in rules if (status := self.status(rule)) and status.ran]
        if not statuses:
            return "no verdict"
        return f"{statuses.count(Status.PASSED)} of {len(statuses)} passed"

    def deviations(self, rules: Iterable[Rule]) -> Iterator[tuple[str, str, list[RuleResult]]]:
        """The rules that do not simply hold: a heading, a class, and the results, if any."""
        results = [self.rules[rule.id] for rule in rules if rule.id in self.rules]
        strict = self.report.strict
        groups = (
            ("Faults", "failed", self.fails),
            ("Recommendations not met", "unmet", lambda each: each.is_unmet(strict=strict)),
            ("Known deviations", "unmet", lambda each: each.status is Status.KNOWN_DEVIATION),
            (
                "Known deviations that are gone",
                "failed",
                lambda each: each.status is Status.UNEXPECTEDLY_PASSED,
            ),
            (
                "Core rules that no run could judge",
                "unmet",
                lambda each: each.status is Status.NOT_JUDGED and each.level is Level.CORE,
            ),
        )
        for heading, css, belongs in groups:
            if found := [each for each in results if belongs(each)]:
                yield heading, css, found


def circumstances(result: RuleResult) -> str:
    """The runs that a rule judged, and those that broke it, in words."""
    runs = count_of(result.judged, "run")
    if not result.broken:
        return f"in {runs}" if result.judged else ""
    if result.whenever == ALWAYS:
        return f"always ({runs})"
    if result.whenever:
        return f"whenever {result.whenever} ({result.broken} of {runs})"
    return f"in {result.broken} of {runs}"


def verified(reports: Iterable[Report]) -> list[Verified]:
    """Give every report a name of its own on the pages."""
    found: dict[str, Verified] = {}
    given = list(reports)
    for report, label in zip(given, labels(given), strict=True):
        slug = next(each for each in _slugs(report.reporter, label) if each not in found)
        found[slug] = Verified(
            report,
            slug,
            label,
            {each.id: each for each in report.rules},
            {each.id: each for each in report.runs},
        )
    return list(found.values())


def _slugs(reporter: Reporter, label: str) -> Iterator[str]:
    """The possible names of a reporter in addresses, the shortest first."""
    name, title, labeled = (
        re.sub(r"\W+", "-", text.lower()).strip("-")
        for text in (reporter.name, reporter.title, f"{reporter.title} {label}")
    )
    yield name or "reporter"
    yield title or "reporter"
    yield labeled or "reporter"
    yield from (f"{title}-n{number}" for number in count(2))
