"""Where the result of a run goes, besides the terminal."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from .files import append, empty, write
from .formats import Report
from .formats.cucumber import messages
from .formats.github import annotations
from .formats.junit import junit
from .formats.markdown import markdown
from .report import dump

Form = Callable[[Report], str]


@dataclass(frozen=True)
class Outputs:
    """The files to write, each if the user wants it."""

    report: Path | None
    junit: Path | None
    markdown: Path | None
    cucumber: Path | None

    def prepare(self) -> None:
        """Make sure, before a run takes its time, that they can be written, and empty them.

        Raises:
            UsageError: One cannot.
        """
        for path, _ in self._wanted():
            empty(path)
        if step_summary := _step_summary():
            append(step_summary, "")

    def write(self, report: Report) -> None:
        """Write them, and tell GitHub Actions where that is where the suite runs.

        Raises:
            UsageError: One cannot be written.
        """
        for path, form in self._wanted():
            write(path, form(report))
        if step_summary := _step_summary():
            append(step_summary, markdown(report))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            for line in annotations(report):
                click.echo(line)

    def _wanted(self) -> Iterator[tuple[Path, Form]]:
        forms: tuple[tuple[Path | None, Form], ...] = (
            (self.report, dump),
            (self.junit, junit),
            (self.markdown, markdown),
            (self.cucumber, messages),
        )
        return ((path, form) for path, form in forms if path is not None)


def _step_summary() -> Path | None:
    """The file that GitHub Actions shows on the page of a run."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None
