"""Annotations on a run of GitHub Actions.

GitHub Docs, "Workflow commands for GitHub Actions": a step shows no more than ten of each kind.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ...spec.requirements import Level
from ...verdict.report import Report, ReportedRequirement
from ...verdict.status import Status
from .common import name_of, reasons, together

_MOST = 10


@contextmanager
def commands_stopped(echo: Callable[[str], None]) -> Iterator[None]:
    """Keep GitHub Actions from taking what is printed meanwhile for commands.

    Only a token that nobody can guess makes it read them again.

    Args:
        echo: Prints.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    token = secrets.token_hex()
    echo(f"::stop-commands::{token}")
    try:
        yield
    finally:
        echo(f"::{token}::")


def annotations(report: Report) -> list[str]:
    """The lines that annotate a run: at most ten, the most important first."""
    wrong = [each for each in report.requirements if each.status.failed]
    important = together(sorted(wrong, key=_importance))
    shown = important if len(important) <= _MOST else important[: _MOST - 1]
    lines = [
        _command(name_of(group), "\n".join([*reasons(group[0]), group[0].repeat]))
        for group in shown
    ]
    if rest := [each.id for group in important[len(shown) :] for each in group]:
        lines.append(_command(f"{len(rest)} requirements more", ", ".join(rest)))
    return lines


def _importance(requirement: ReportedRequirement) -> tuple[bool, bool]:
    return requirement.status is Status.ADAPTER_ERROR, requirement.level is not Level.CORE


def _command(title: str, message: str) -> str:
    for_property = _escaped(title).replace(":", "%3A").replace(",", "%2C")
    return f"::error title={for_property}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
