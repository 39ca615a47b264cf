"""The conformance report in the forms that other tools read: each made of the report alone."""

from collections.abc import Iterable
from typing import Any

Report = dict[str, Any]
"""A conformance report; see `s3_reporter_conformance.report`."""

WRONG = ("failed", "unexpectedly-passed")
"""The statuses that make a reporter nonconforming."""

BROKEN = "adapter-error"
"""The status of which nothing can be said."""


def reasons(requirement: dict[str, Any]) -> list[str]:
    """Why a requirement is not passed: what was expected and seen, or what kept it from running."""
    if requirement["expected"] is not None:
        return [f"expected {requirement['expected']}", f"seen {requirement['observed']}"]
    return [requirement["observed"] or requirement["message"] or requirement["status"]]


def together(requirements: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Put those requirements together that could not be asked for one and the same reason."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in requirements:
        reason = each["observed"] or each["message"]
        groups.setdefault(reason if each["status"] == BROKEN else each["id"], []).append(each)
    return list(groups.values())


def name_of(group: list[dict[str, Any]]) -> str:
    """What a group of requirements is called: by the first."""
    more = f" and {len(group) - 1} more" if len(group) > 1 else ""
    return f"{group[0]['id']} {group[0]['name']}{more}"
