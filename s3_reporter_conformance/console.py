"""What `verify` prints: a line per requirement as it runs, and a summary."""

import os
import textwrap
from collections.abc import Sequence

import click

from . import __version__
from .reporters.manifest import Manifest
from .requirements import Level, Requirement
from .verdict import Result, Status, Verdict

_WIDTH = 80
_SHOWN = {
    Status.PASSED: ("pass", "green"),
    Status.FAILED: ("FAIL", "red"),
    Status.ADAPTER_ERROR: ("ERROR", "magenta"),
    Status.NOT_CLAIMED: ("-", "yellow"),
}


class Console:
    """Writes to standard output; in colour on a terminal, unless NO_COLOR is set."""

    def __init__(self, requirements: Sequence[Requirement]) -> None:
        """Take what there is to run."""
        self._total = len(requirements)
        self._done = 0
        self._area = ""
        self._said: dict[str, str] = {}

    def start(self, manifest: Manifest, backend: str) -> None:
        """Say what is going to happen."""
        _echo(click.style(f"s3-reporter-conformance {__version__}", bold=True))
        _echo(f"reporter  {manifest.name}")
        _echo(f"backend   {backend}")
        _echo(f"features  {', '.join(sorted(manifest.features)) or 'none declared'}")

    def result(self, requirement: Requirement, result: Result) -> None:
        """Tell of one requirement."""
        if requirement.area != self._area:
            self._area = requirement.area
            _echo("\n" + click.style(self._area.replace("_", " "), bold=True))
        self._done += 1
        word, colour = _SHOWN[result.status]
        _echo(
            f"{self._done:>{len(str(self._total))}}/{self._total} "
            + click.style(f"{word:<5}", fg=colour, bold=result.status is not Status.PASSED)
            + f" {requirement.id}  {requirement.name}"
        )
        if result.message:
            _echo(textwrap.indent(self._once(requirement, result.message), "    ") + "\n")

    def summary(self, verdict: Verdict, breakdown: str, backend: str) -> None:
        """Tell of the whole."""
        _echo("\n" + click.style("Summary", bold=True))
        if backend:
            _echo(f"  ran on {backend}")
        for level in Level:
            of_level = [result for requirement, result in verdict.results if requirement.level is level]
            counts = {status: sum(r.status is status for r in of_level) for status in Status}
            words = ", ".join(
                f"{count} {status.value.replace('-', ' ')}"
                for status, count in counts.items()
                if count
            )
            _echo(f"  {level.value:<9} {len(of_level):>3} requirements: {words or 'none'}")
        if breakdown:
            _echo(_filled(click.style("The run ended early: ", fg="magenta") + breakdown))
        _echo(self._last_word(verdict))

    def _last_word(self, verdict: Verdict) -> str:
        def ids(status: Status) -> str:
            return ", ".join(q.id for q, r in verdict.results if r.status is status)

        if verdict.counts[Status.FAILED]:
            words = click.style("Does not conform", fg="red", bold=True)
            words += f": failed {ids(Status.FAILED)}"
            if verdict.counts[Status.ADAPTER_ERROR]:
                words += f"; nothing can be said of {ids(Status.ADAPTER_ERROR)}"
        elif verdict.counts[Status.ADAPTER_ERROR]:
            words = click.style("No verdict", fg="magenta", bold=True)
            words += ": nothing can be said of the reporter, since it or its adapter broke"
        elif not verdict.counts[Status.PASSED]:
            words = click.style("No verdict", fg="yellow", bold=True) + ": nothing was run"
        elif not verdict.conformant:
            words = click.style("Partial", fg="yellow", bold=True)
            words += ": what ran passed, but not every core requirement ran"
        else:
            words = click.style("Conforms", fg="green", bold=True) + ": every core requirement passed"
            if verdict.counts[Status.NOT_CLAIMED]:
                words += f"; not claimed {ids(Status.NOT_CLAIMED)}"
        return "\n" + _filled(words)

    def _once(self, requirement: Requirement, message: str) -> str:
        if message in self._said:
            return f"the same as {self._said[message]}"
        self._said[message] = requirement.id
        return message


def _filled(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )


def _echo(text: str) -> None:
    click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
