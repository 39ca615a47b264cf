"""Commands to GitHub Actions: GitHub Docs, "Workflow commands for GitHub Actions"."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ...verdict.report import Report
from ...verdict.verdict import RuleResult
from ...words.names import count_of
from ..failure import causes_of, headline, reasons


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
    """The lines that annotate a run, the most important first: GitHub shows ten of each kind."""
    verdict = report.verdict
    return [
        *(_annotation("error", rule) for rule in verdict.wrong),
        *(
            _command("error", f"No verdict in {count_of(len(names), 'run')}", why)
            for why, names in causes_of(verdict.broken_runs).items()
        ),
        *(_annotation("warning", rule) for rule in verdict.unmet),
    ]


def _annotation(kind: str, rule: RuleResult) -> str:
    told = rule.extent if rule.broken else ""
    message = "\n".join(filter(None, [told, *reasons(rule), rule.repeat]))
    return _command(kind, headline(rule), message)


def _command(kind: str, title: str, message: str) -> str:
    for_property = _escaped(title).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} title={for_property}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
