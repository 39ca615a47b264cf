"""Commands to GitHub Actions: GitHub Docs, "Workflow commands for GitHub Actions"."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...disk.files import read
from ...verdict.report import Report
from ...verdict.status import Status
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


def annotations(report: Report, reporter: str = "") -> list[str]:
    """The lines that annotate a run, the most important first: GitHub shows ten of each kind.

    They point at the line of the manifest, if `reporter` is the path of one.
    """
    verdict, place = report.verdict, _place(Path(reporter))
    no_verdict = {
        f"No verdict in {count_of(len(names), 'run')}": why
        for why, names in causes_of(verdict.broken_runs).items()
    }
    errors = {**dict(map(_title_and_message, verdict.wrong)), **no_verdict}
    warnings = dict(map(_title_and_message, verdict.unmet))
    return [
        f"::{kind} {place}title={_property(title)}::{_escaped(message)}"
        for kind, told in (("error", errors), ("warning", warnings))
        for title, message in told.items()
    ]


def step_outputs(report: Report) -> str:
    """The outputs of a step: GitHub's contexts offer them to later ones."""
    verdict = report.verdict
    counts = {
        "broken": len(verdict.wrong),
        "unmet": len(verdict.unmet),
        "passed": verdict.counts()[Status.PASSED],
    }
    lines = [f"conclusion={report.conclusion}", *(f"{name}={n}" for name, n in counts.items())]
    return "\n".join([*lines, ""])


def _title_and_message(rule: RuleResult) -> tuple[str, str]:
    told = rule.extent if rule.broken else ""
    return headline(rule), "\n".join(filter(None, [told, *reasons(rule), rule.repeat]))


def _place(manifest: Path) -> str:
    if not manifest.is_file():
        return ""
    lines = enumerate(read(manifest).splitlines(), 1)
    line = next((number for number, text in lines if text.startswith("adapter")), 1)
    file = os.path.relpath(manifest, os.environ.get("GITHUB_WORKSPACE"))
    return f"file={_property(file)},line={line},"


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
