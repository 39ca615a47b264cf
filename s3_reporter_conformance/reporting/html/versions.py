"""One reporter over time, so that the pages show the changes for better or worse."""

from collections.abc import Iterable, Sequence

from packaging.version import InvalidVersion, Version

from ...spec.rules import Rule
from ...verdict.status import Status
from .verified import Look, Verified

# These results say nothing of a version.
_UNASKED = {Status.NOT_SELECTED, Status.NOT_RUN, Status.NOT_INSTALLED}


def histories(reports: Sequence[Verified]) -> list[Sequence[Verified]]:
    """Find the reporters that were verified several times, the oldest version first.

    Reports on one reporter have its name, its kind of adapter, and its backend, whatever that
    backend's version.  They are ordered by the number of its version (PEP 440), then by time; or,
    if a version is no number, as given.
    """
    by_reporter: dict[tuple[str, str, str], list[Verified]] = {}
    for each in reports:
        reporter = each.report.reporter
        kind = reporter.adapter.partition(":")[0]
        key = (reporter.name, kind, each.report.backend_name)
        by_reporter.setdefault(key, []).append(each)
    return [_in_order(found) for found in by_reporter.values() if len(found) > 1]


def changing(versions: Sequence[Verified], rules: Iterable[Rule]) -> list[Rule]:
    """The rules whose result is not the same in all versions that were asked."""
    return [rule for rule in rules if len(_answers(versions, rule)) > 1]


def _answers(versions: Sequence[Verified], rule: Rule) -> set[Look]:
    found = (each for each in versions if rule.id in each.rules)
    return {each.look(rule) for each in found if each.rules[rule.id].status not in _UNASKED}


def _in_order(reports: Sequence[Verified]) -> Sequence[Verified]:
    def number(each: Verified) -> tuple[Version, str]:
        # A reporter without a version has one from now on, or never.
        return Version(each.report.reporter.version or "0"), each.report.started

    try:
        return sorted(reports, key=number)
    except InvalidVersion:
        return reports
