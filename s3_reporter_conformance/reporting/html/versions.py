"""One reporter in several versions, so that the pages show the changes for better or worse."""

from collections.abc import Iterable, Sequence

from packaging.version import InvalidVersion, Version

from ...spec.rules import Rule
from ...verdict.status import Status
from .verified import Verified

# These say nothing of a version; `None` is that of a rule that the report does not have.
_UNASKED = {Status.NOT_SELECTED, Status.NOT_RUN, Status.NOT_INSTALLED, None}


def histories(reports: Sequence[Verified]) -> list[Sequence[Verified]]:
    """Find the reporters that were verified in several versions, the oldest first.

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
        _in_order(found)
        for found in by_reporter.values()
        if len({each.report.reporter.version for each in found}) > 1
    ]


def gained(before: Verified, after: Verified, rules: Iterable[Rule]) -> list[Rule]:
    """The rules that pass in one version, and do not in another that was asked."""
    return [
        rule
        for rule in rules
        if after.status(rule) is Status.PASSED
        and before.status(rule) not in _UNASKED | {Status.PASSED}
    ]


def changing(versions: Sequence[Verified], rules: Iterable[Rule]) -> list[Rule]:
    """The rules whose status is not the same in all versions that were asked."""
    return [rule for rule in rules if len({each.status(rule) for each in versions} - _UNASKED) > 1]


def _in_order(reports: Sequence[Verified]) -> Sequence[Verified]:
    try:
        return sorted(
            reports, key=lambda each: (Version(each.report.reporter.version), each.report.started)
        )
    except InvalidVersion:
        return reports
