"""Requirements that only older reports have, because the suite dropped them."""

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from ...spec.diagrams import all_diagrams
from ...spec.requirements import Requirement
from ...verdict.report import ReportedRequirement
from .results import Verified


def gone(reports: Iterable[Verified], present: Collection[Requirement]) -> list[Requirement]:
    """Find what reports have and the suite does not.

    Args:
        reports: The reports.
        present: The requirements of the suite.

    Returns:
        One requirement for each id, as the first report that has it tells it.
    """
    known = {requirement.id for requirement in present}
    found: dict[str, Requirement] = {}
    for each in reports:
        for name, reported in each.requirements.items():
            if name not in known:
                found.setdefault(name, _requirement(reported))
    return [found[name] for name in sorted(found)]


def _requirement(reported: ReportedRequirement) -> Requirement:
    return Requirement(
        id=reported.id,
        name=reported.name,
        level=reported.level,
        feature=reported.feature,
        diagram=reported.diagram if reported.diagram in all_diagrams() else None,
        # The path may be gone, too.
        path=None,
        interpretations=(),
        rule="",
        mistakes="",
        area=PurePosixPath(reported.file).stem,
        line=reported.line,
        scenario=reported.name,
        rows=(),
        gherkin="",
    )
