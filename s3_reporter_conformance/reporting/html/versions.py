"""One reporter in several versions, so that the pages show the changes for better or worse."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from packaging.version import InvalidVersion, Version

from ...spec.rules import Rule
from ...verdict.status import Status
from .reporters import Verified

# These say nothing of a version; `None` is that of a rule that the report does not have.
_UNASKED = {Status.NOT_SELECTED, Status.NOT_RUN, Status.NOT_INSTALLED, None}


@dataclass(frozen=True)
class History:
    """A reporter in two or more versions, from the oldest to the newest."""

    versions: tuple[Verified, ...]

    @property
    def newest(self) -> Verified:
        """The version that the start page and the diagrams show."""
        return self.versions[-1]

    @property
    def older(self) -> tuple[Verified, ...]:
        """The versions before the newest."""
        return self.versions[:-1]

    def steps(self) -> "Iterator[Step]":
        """The changes of each version, beginning with the second."""
        for before, after in pairwise(self.versions):
            yield Step(before, after)

    def changing(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules whose status is not the same in all versions that were asked."""
        return [
            rule
            for rule in rules
            if len({each.status(rule) for each in self.versions} - _UNASKED) > 1
        ]


@dataclass(frozen=True)
class Step:
    """From one version to the next."""

    before: Verified
    after: Verified

    def better(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules that pass now and did not before."""
        return [rule for rule in rules if _turned(rule, self.before, self.after)]

    def worse(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules that passed before and do not now."""
        return [rule for rule in rules if _turned(rule, self.after, self.before)]


def _turned(rule: Rule, other: Verified, passing: Verified) -> bool:
    """Whether one version passes where the other, which was asked too, does not."""
    known = other.status(rule) not in _UNASKED | {Status.PASSED}
    return known and passing.status(rule) is Status.PASSED


def histories(reports: Sequence[Verified]) -> list[History]:
    """Find the reporters that were verified in several versions.

    Versions of one reporter have its name, its kind of adapter, and its backend, whatever that
    backend's version.  They are ordered by number (PEP 440), or, if one of them has none, as given.
    """
    by_reporter: dict[tuple[str, str, str], list[Verified]] = {}
    for each in reports:
        reporter = each.report.reporter
        kind = reporter.adapter.partition(":")[0]
        key = (reporter.name, kind, each.report.backend_name)
        by_reporter.setdefault(key, []).append(each)
    return [
        History(tuple(_in_order(found)))
        for found in by_reporter.values()
        if len({each.report.reporter.version for each in found}) > 1
    ]


def _in_order(reports: Sequence[Verified]) -> Sequence[Verified]:
    try:
        return sorted(
            reports,
            key=lambda each: (Version(each.report.reporter.version), each.report.started),
        )
    except InvalidVersion:
        return reports
