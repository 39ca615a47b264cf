"""What `verify` prints: a line per requirement as it runs, and a summary."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from .. import __version__
from ..adapters.manifest import Manifest
from ..spec.requirements import Level, Requirement
from ..verdict.run_info import RunInfo
from ..verdict.status import Status
from ..verdict.verdict import Result, Verdict, conclude
from .failure import Command, Line, explain
from .printable import printable
from .progress import Progress

Echo = Callable[[str], None]
"""Takes what there is to tell, piece by piece, styled for a terminal; `click.echo` is one."""

_WIDTH = 80
_COLORS = {"expected": "green", "seen": "red", "diverged at": "red"}


@dataclass(frozen=True)
class Detail:
    """How much is told of a run.

    Attributes:
        quiet: Say nothing of what passes.
        verbose: Say what is not claimed, too.
        durations: How many of the slowest requirements to name.
    """

    quiet: bool = False
    verbose: bool = False
    durations: int = 0


class Console:
    """Tells of a run while it goes on, styled for a terminal."""

    def __init__(self, echo: Echo, command: Command, detail: Detail = Detail()) -> None:
        """Begin to tell.

        Args:
            echo: Takes what there is to tell.
            command: Gives a command line for the same reporter.
            detail: How much to tell.
        """
        self._progress = Progress(echo)
        self._echo = self._progress.print
        self._command = command
        self._detail = detail
        self._features: frozenset[str] = frozenset()
        self._total = 0
        self._done = 0
        self._area = ""
        self._said: dict[str, str] = {}

    def start(self, manifest: Manifest, backend: str) -> None:
        """Say what is going to happen."""
        self._features = manifest.features
        self._echo(click.style(f"s3-reporter-conformance {__version__}", bold=True))
        self._echo(printable(f"reporter  {manifest.name} {manifest.version}".rstrip()))
        self._echo(f"backend   {backend}")
        declared = ", ".join(sorted(manifest.features)) or "none declared"
        self._echo(
            "features  "
            + f"\n{' ' * 10}".join(textwrap.wrap(declared, _WIDTH - 10, break_on_hyphens=False))
        )

    def selected(self, requirements: Sequence[Requirement]) -> None:
        """Note which requirements are going to run."""
        self._total = sum(map(self._is_told, requirements))
        self._progress.begin(self._total)

    def result(self, requirement: Requirement, result: Result) -> None:
        """Tell of one requirement."""
        if not self._is_told(requirement):
            return
        self._done += 1
        self._progress.advance()
        lines = list(self._lines(requirement, result))
        if self._detail.quiet and not lines:
            return
        if requirement.area != self._area:
            self._area = requirement.area
            self._echo("\n" + click.style(self._area.replace("_", " "), bold=True))
        status = result.status
        self._echo(
            f"{self._done:>{len(str(self._total))}}/{self._total} "
            + click.style(f"{status.label:<5}", fg=status.color, bold=status is not Status.PASSED)
            + f" {requirement.id}  {requirement.name}"
        )
        if lines:
            message = "\n".join(line.shown(_painted) for line in lines)
            self._echo(textwrap.indent(message, "    ") + "\n")

    def summary(self, verdict: Verdict, run_info: RunInfo, seconds: float) -> None:
        """Tell of the whole.

        Args:
            verdict: What became of each requirement.
            run_info: What the run told besides.
            seconds: How long it took.
        """
        self._progress.end()
        if self._detail.durations:
            self._slowest(verdict)
        self._echo("\n" + click.style("Summary", bold=True))
        if run_info.backend:
            self._echo(f"  ran on {run_info.backend}")
        self._echo(f"  took {seconds:.1f} s{_share_of_the_reporter(verdict)}")
        if verdict.nothing_asked:
            self._say("Nothing was asked", "magenta", f": {run_info.aborted}")
        else:
            self._levels(verdict)
            if run_info.aborted:
                self._say("The run ended early", "magenta", f": {run_info.aborted}")
        self._echo("")
        conclusion = conclude(verdict)
        self._say(conclusion.word, conclusion.color, f": {conclusion.reason}")

    def updated(self, path: Path, changes: Sequence[str]) -> None:
        """Tell what became of the file of known deviations."""
        self._echo(f"\n{path}: " + ("; ".join(changes) or "nothing to change"))

    def _is_told(self, requirement: Requirement) -> bool:
        feature = requirement.feature
        return self._detail.verbose or not feature or feature in self._features

    def _levels(self, verdict: Verdict) -> None:
        for level in Level:
            statuses = Counter(r.status for q, r in verdict.results if q.level is level)
            words = ", ".join(s.counted(statuses[s]) for s in Status if statuses[s]) or "none"
            self._echo(f"  {level.value:<9} {statuses.total():>3} requirements: {words}")

    def _slowest(self, verdict: Verdict) -> None:
        self._echo("\n" + click.style("Slowest requirements", bold=True))
        ran = [(q, r) for q, r in verdict.results if r.status.ran]
        slowest = sorted(ran, key=lambda each: each[1].seconds, reverse=True)
        for requirement, result in slowest[: self._detail.durations]:
            self._echo(
                f"  {result.seconds:6.2f} s, {result.seconds_of_calls:6.2f} s of them in the "
                f"reporter's last calls: {requirement.id}  {requirement.name}"
            )

    def _lines(self, requirement: Requirement, result: Result) -> Iterator[Line]:
        """Why it did not pass, unless what broke is what broke before."""
        if not result.status.deviates and result.decisive and result.decisive.findings:
            broken = "\n".join(result.decisive.findings.values())
            before = self._said.setdefault(broken, requirement.id)
            if before != requirement.id:
                yield Line(f"the same as {before}")
                return
        yield from explain(requirement, result, self._command)

    def _say(self, word: str, colour: str, rest: str) -> None:
        """Wrap a sentence that begins with a coloured word."""
        lines = textwrap.wrap(word + rest, _WIDTH, break_long_words=False, break_on_hyphens=False)
        self._echo("\n".join(lines).replace(word, click.style(word, fg=colour, bold=True), 1))


def _share_of_the_reporter(verdict: Verdict) -> str:
    of_all = sum(result.seconds for _, result in verdict.results)
    of_calls = sum(result.seconds_of_calls for _, result in verdict.results)
    if not of_calls or of_calls < of_all / 2:
        return ""
    return f"; calls of the reporter took {of_calls:.1f} s, some of them side by side"


def _painted(label: str) -> str:
    color = _COLORS.get(label.strip())
    return click.style(label, fg=color, bold=True) if color else label
