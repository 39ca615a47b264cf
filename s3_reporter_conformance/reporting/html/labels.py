"""Labels that tell apart the reports of one reporter in one version."""

from collections.abc import Callable, Sequence

from ...verdict.report import Report

# The most telling first; two reports may share all of it.
_TELLING: tuple[Callable[[Report], str], ...] = (
    lambda report: report.backend,
    lambda report: report.reporter.adapter.partition(":")[0],
    lambda report: report.started[:10],
    lambda report: report.started[11:19],
)


def labels(reports: Sequence[Report]) -> list[str]:
    """The label to add to the name and the version of each reporter.

    Returns:
        For each report, its difference from the others of the same reporter and version: the
            backend, the adapter, the date, or the time.  If it differs in none, its number.
            Empty for a report that is the only one.
    """
    return [
        _label(report, [each for each in reports if each.reporter.title == report.reporter.title])
        for report in reports
    ]


def _label(report: Report, alike: Sequence[Report]) -> str:
    told: list[str] = []
    left = [each for each in alike if each is not report]
    for telling in _TELLING:
        mine = telling(report)
        if left and any(telling(each) != mine for each in alike):
            told.append(mine)
            left = [each for each in left if telling(each) == mine]
    if left:
        told.append(f"no. {[each is report for each in alike].index(True) + 1}")
    return ", ".join(told)
