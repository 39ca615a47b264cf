"""Where two conformance reports disagree."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import UsageError
from .report import SCHEMA_VERSION

ABSENT = "absent"
"""The status of a requirement that a report does not have."""


@dataclass(frozen=True)
class Disagreement:
    """A requirement with another status in each report.

    Attributes:
        requirement: Its id.
        name: Its name.
        first: Its status in the first report.
        second: Its status in the second.
    """

    requirement: str
    name: str
    first: str
    second: str


def read_report(path: Path) -> dict[str, Any]:
    """Read a conformance report.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    try:
        report: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    match report:
        case {"schema_version": int(version), "requirements": [*_]}:
            if version == SCHEMA_VERSION:
                return dict(report)
            raise UsageError(
                f"{path} is a report of version {version}; expected version {SCHEMA_VERSION}"
            )
        case _:
            raise UsageError(f"{path} is no conformance report: 'verify --report' writes one")


def disagreements(first: dict[str, Any], second: dict[str, Any]) -> Iterator[Disagreement]:
    """Compare the statuses of two reports, requirement by requirement."""
    ours, theirs = (
        {entry["id"]: entry for entry in report["requirements"]} for report in (first, second)
    )
    for name, entry in {**theirs, **ours}.items():
        before = ours[name]["status"] if name in ours else ABSENT
        after = theirs[name]["status"] if name in theirs else ABSENT
        if before != after:
            yield Disagreement(name, entry["name"], before, after)


def title(report: dict[str, Any]) -> str:
    """Who was verified on what, in a few words."""
    reporter = report["reporter"]
    version = reporter.get("version") or ""
    return f"{reporter['name']} {version}".strip() + f" on {report['backend']}"
