"""What `verify` prints: a line per requirement as it runs, and a summary."""

import os
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from . import __version__
from .reporters.manifest import Manifest
from .requirements import Level, Requirement
from .verdict import Result, Status, Verdict

_WIDTH = 80
_SHOWN = {
    Status.PASSED: ("pass", "green"),
    Status.FAILED: ("FAIL", "red"),
    Status.KNOWN_DEVIATION: ("known", "yellow"),
    Status.UNEXPECTEDLY_PASSED: ("PASS!", "red"),
    Status.ADAPTER_ERROR: ("ERROR", "magenta"),
    Status.NOT_CLAIMED: ("-", "yellow"),
    Status.NOT_RUN: ("-", "yellow"),
}


class Console:
    """Writes to standard output; in colour on a terminal, unless NO_COLOR is set."""

    def __init__(self, requirements: Sequence[Requirement], *, quiet: bool = False) -> None:
        """Take what there is to run.

        Args:
            requirements: What there is to run.
            quiet: Say nothing of what passes.
        """
        self._quiet = quiet
        self._total = len(requirements)
        self._done = 0
        self._area = ""
        self._said: dict[str, str] = {}

    def start(self, manifest: Manifest, backend: str) -> None:
        """Say what is going to happen."""
        _echo(click.style(f"s3-reporter-conformance {__version__}", bold=True))
        _echo(f"reporter  {manifest.name} {manifest.version}".rstrip())
        _echo(f"backend   {backend}")
        declared = ", ".join(sorted(manifest.features)) or "none declared"
        _echo(
            "features  "
            + f"\n{' ' * 10}".join(textwrap.wrap(declared, _WIDTH - 10, break_on_hyphens=False))
        )

    def result(self, requirement: Requirement, result: Result) -> None:
        """Tell of one requirement."""
        self._done += 1
        if self._quiet and not result.message:
            return
        if requirement.area != self._area:
            self._area = requirement.area
            _echo("\n" + click.style(self._area.replace("_", " "), bold=True))
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
            of_level = [
                result for requirement, result in verdict.results if requirement.level is level
            ]
            counts = {status: sum(r.status is status for r in of_level) for status in Status}
            words = ", ".join(
                f"{count} {status.value.replace('-', ' ')}"
                for status, count in counts.items()
                if count
            )
            _echo(f"  {level.value:<9} {len(of_level):>3} requirements: {words or 'none'}")
        if breakdown:
            _say("The run ended early", "magenta", f": {breakdown}")
        _echo("")
        self._last_word(verdict)

    def updated(self, path: Path, changes: Sequence[str]) -> None:
        """Tell what became of the file of known deviations."""
        _echo(f"\n{path}: " + ("; ".join(changes) or "nothing to change"))

    def _last_word(self, verdict: Verdict) -> None:
        counts = verdict.counts
        if counts[Status.FAILED] or counts[Status.UNEXPECTEDLY_PASSED]:
            _say("Does not conform", "red", f": {'; '.join(_what_is_wrong(verdict))}")
        elif counts[Status.ADAPTER_ERROR]:
            _say("No verdict", "magenta", ": the reporter could not be asked about everything")
        elif counts[Status.KNOWN_DEVIATION]:
            known = _ids(verdict, Status.KNOWN_DEVIATION)
            _say("Deviates as known", "yellow", f": {known}; all else that ran passed")
        elif not counts[Status.PASSED]:
            _say("No verdict", "yellow", ": nothing was run")
        elif not verdict.conformant:
            unable = f"; this backend cannot do what {_ids(verdict, Status.NOT_RUN)} needs"
            _say(
                "Partial",
                "yellow",
                ": what ran passed, but not everything was "
                + ("run" + unable if counts[Status.NOT_RUN] else "selected"),
            )
        else:
            unclaimed = f"; not claimed: {_ids(verdict, Status.NOT_CLAIMED)}"
            _say(
                "Conforms",
                "green",
                ": every core requirement passed, and every extended one that is claimed"
                + (unclaimed if counts[Status.NOT_CLAIMED] else ""),
            )

    def _once(self, requirement: Requirement, message: str) -> str:
        if message in self._said:
            return f"the same as {self._said[message]}"
        self._said[message] = requirement.id
        return message


def _what_is_wrong(verdict: Verdict) -> Iterator[str]:
    for status, words in (
        (Status.FAILED, "failed"),
        (Status.UNEXPECTEDLY_PASSED, "passed, although known not to:"),
        (Status.ADAPTER_ERROR, "nothing can be said of"),
    ):
        if verdict.counts[status]:
            yield f"{words} {_ids(verdict, status)}"


def _ids(verdict: Verdict, status: Status) -> str:
    return ", ".join(q.id for q, r in verdict.results if r.status is status)


def _say(word: str, colour: str, rest: str) -> None:
    """Wrap a sentence that begins with a coloured word."""
    lines = textwrap.wrap(word + rest, _WIDTH, break_long_words=False, break_on_hyphens=False)
    _echo("\n".join(lines).replace(word, click.style(word, fg=colour, bold=True), 1))


def _echo(text: str) -> None:
    click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
