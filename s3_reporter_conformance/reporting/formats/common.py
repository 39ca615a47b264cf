"""What several of the forms need."""

from collections.abc import Iterable

from ...verdict.report import ReportedRequirement
from ...verdict.status import Status


def reasons(requirement: ReportedRequirement) -> list[str]:
    """Why a requirement is not passed: what was expected and seen, or what kept it from running."""
    if requirement.expected is not None:
        return [f"expected {requirement.expected}", f"seen {requirement.observed}"]
    return [requirement.observed or requirement.message or requirement.status.value]


def together(requirements: Iterable[ReportedRequirement]) -> list[list[ReportedRequirement]]:
    """Put those requirements together that could not be asked for one and the same reason."""
    groups: dict[str, list[ReportedRequirement]] = {}
    for each in requirements:
        broken = each.status is Status.ADAPTER_ERROR
        groups.setdefault((each.observed or each.message) if broken else each.id, []).append(each)
    return list(groups.values())


def name_of(group: list[ReportedRequirement]) -> str:
    """What a group of requirements is called: by the first."""
    more = f" and {len(group) - 1} more" if len(group) > 1 else ""
    return f"{group[0].id} {group[0].name}{more}"
