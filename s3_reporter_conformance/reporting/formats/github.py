"""Annotations on a run of GitHub Actions.

GitHub Docs, "Workflow commands for GitHub Actions": a step shows no more than ten of each kind.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ...spec.rules import Level
from ...verdict.report import Report
from ...verdict.verdict import RuleResult
from ...words.names import count_of
from ..failure import causes_of, headline, reasons

_MOST = 10


@contextmanager
def commands_stopped(echo: Callable[[str], None]) -> Iterator[None]:
    """Keep GitHub Actions from taking what is printed meanwhile for commands.

    Only a token that nobody can guess makes it read them again.
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
    """The lines that annotate a run: at most ten of each kind, the most important first."""
    verdict = report.verdict
    wrong = sorted(verdict.wrong, key=lambda rule: rule.level is not Level.CORE)
    broken = [
        (f"No verdict in {count_of(len(names), 'run')}", why)
        for why, names in causes_of(verdict.broken_runs).items()
    ]
    return [
        *_commands("error", [*map(_annotation, wrong), *broken]),
        *_commands("warning", list(map(_annotation, verdict.unmet))),
    ]


def _annotation(rule: RuleResult) -> tuple[str, str]:
    told = rule.extent if rule.broken else ""
    return headline(rule), "\n".join(filter(None, [told, *reasons(rule), rule.repeat]))


def _commands(kind: str, annotations: Sequence[tuple[str, str]]) -> Iterator[str]:
    shown = annotations if len(annotations) <= _MOST else annotations[: _MOST - 1]
    rest = [title for title, _ in annotations[len(shown) :]]
    more = [(f"{len(rest)} more", "\n".join(rest))] if rest else []
    for title, message in [*shown, *more]:
        for_property = _escaped(title).replace(":", "%3A").replace(",", "%2C")
        yield f"::{kind} title={for_property}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
