"""The output of `verify`: progress while runs come in, then the rules and the conclusion."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from .. import __version__
from ..adapters.manifest import Manifest
from ..spec.rules import Level
from ..verdict.run_info import RunInfo
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..verdict.verdict import RuleResult, Verdict, conclude
from ..words.names import count_of
from .failure import Command, Line, explain_broken, explain_rule, headline
from .observer import Observer
from .printable import printable
from .progress import Progress

Echo = Callable[[str], None]
"""Takes the output piece by piece, styled for a terminal; `click.echo` is one."""

_WIDTH = 80
_COLORS = {"expected": "green", "seen": "red"}


@dataclass(frozen=True)
class Detail:
    """The amount of output.

    Attributes:
        quiet: Leave out what passes.
        verbose: Print a line for each run, and the rules that do not apply or were not selected.
        durations: The number of the slowest runs to name.
    """

    quiet: bool = False
    verbose: bool = False
    durations: int = 0


class Console(Observer):
    """Prints the progress and the result of a run of the suite, styled for a terminal."""

    def __init__(self, echo: Echo, command: Command, detail: Detail = Detail()) -> None:
        """Prepare the output.

        Args:
            echo: Takes the output.
            command: Gives a command line for the same reporter.
            detail: The amount of output.
        """
        self._progress = Progress(echo)
        self._echo = self._progress.print
        self._command = command
        self._detail = detail
        self._total = 0
        self._done = 0

    def start(self, manifest: Manifest, backend: str) -> None:
        """Print the reporter, the backend, and the declared features."""
        self._echo(click.style(f"s3-reporter-conformance {__version__}", bold=True))
        self._echo(printable(f"reporter  {manifest.name} {manifest.version}".rstrip()))
        self._echo(f"backend   {backend}")
        declared = ", ".join(sorted(manifest.features)) or "none declared"
        self._echo(
            "features  "
            + f"\n{' ' * 10}".join(textwrap.wrap(declared, _WIDTH - 10, break_on_hyphens=False))
        )

    def selected(self, count: int) -> None:
        """Begin to show the progress.

        Args:
            count: The number of runs to make.
        """
        self._total = count
        self._progress.begin(count)

    def ran(self, run: RunResult) -> None:
        """Count a run; with much detail, print a line about it."""
        self._done += 1
        self._progress.advance()
        if self._detail.verbose:
            broken = dict.fromkeys(finding.rule for finding in run.findings)
            breaks = f", breaks {', '.join(broken)}" if broken else ""
            self._echo(
                f"{self._done:>{len(str(self._total))}}/{self._total} {_label(run.status)} "
                f"{run.id}{breaks}"
            )

    def judged(self, verdict: Verdict, aborted: str = "") -> None:
        """Print the verdict on each rule, and the runs without a verdict.

        Args:
            verdict: The verdict.
            aborted: Why the run ended early, told elsewhere; empty if it did not.
        """
        self._progress.end()
        if not verdict.nothing_asked:
            self._rules(verdict)
        self._without_verdict(verdict, aborted)

    def summary(self, verdict: Verdict, run_info: RunInfo, seconds: float) -> None:
        """Print the verdict on each rule, and the whole.

        Args:
            verdict: The verdict.
            run_info: What the run told besides.
            seconds: The duration.
        """
        self.judged(verdict, run_info.aborted)
        self._not_judged(verdict)
        if self._detail.durations:
            self._slowest(verdict.runs)
        self._head("Summary")
        if run_info.backend:
            self._echo(f"  ran on {run_info.backend}")
        self._echo(f"  took {seconds:.1f} s{_share_of_the_reporter(verdict.runs)}")
        if not verdict.nothing_asked:
            self._counts(verdict)
        if run_info.aborted:
            self._say("The run ended early", "magenta", f": {run_info.aborted}")
        self._echo("")
        conclusion = conclude(verdict)
        self._say(conclusion.word, conclusion.color, f": {conclusion.reason}")

    def updated(self, path: Path, changes: Sequence[str]) -> None:
        """Print the changes of the file of known deviations."""
        self._echo(f"\n{path}: " + ("; ".join(changes) or "nothing to change"))

    def _rules(self, verdict: Verdict) -> None:
        told = {rule.id for rule in (*verdict.wrong, *verdict.unmet)}
        others = [r for r in verdict.rules if r.id not in told and self._is_shown(r.status)]
        if others:
            self._head("Rules that are not broken")
        for rule in others:
            runs = count_of(rule.judged, "run") if rule.judged else ""
            note = f": {' '.join(rule.note.split())}" if rule.note else ""
            self._echo(f"{_label(rule.status)} {headline(rule, runs)}{note}")
        # Last, so that they are still on the screen at the end.
        wrong = sorted(verdict.wrong, key=lambda rule: list(Level).index(rule.binding))
        self._blocks("Rules that are broken", wrong, verdict.runs)
        self._blocks("Recommendations that are not met", verdict.unmet, verdict.runs)

    def _not_judged(self, verdict: Verdict) -> None:
        names = [rule.id for rule in verdict.rules if rule.status is Status.NOT_JUDGED]
        if names and not verdict.nothing_asked:
            self._head("Rules that could not be judged")
            self._echo("  No run was one to which they apply, such as one with an upload:")
            self._echo(textwrap.indent(textwrap.fill(", ".join(names), _WIDTH - 2), "  "))

    def _blocks(self, title: str, rules: Sequence[RuleResult], runs: Sequence[RunResult]) -> None:
        if rules:
            self._head(title)
        for number, rule in enumerate(rules):
            before = "\n" if number else ""
            self._echo(f"{before}{_label(rule.status)} {headline(rule)}")
            self._print(explain_rule(rule, runs))

    def _is_shown(self, status: Status) -> bool:
        if status is Status.PASSED:
            return not self._detail.quiet
        if status is Status.NOT_JUDGED:
            return False
        return self._detail.verbose or status not in {Status.NOT_CLAIMED, Status.NOT_SELECTED}

    def _without_verdict(self, verdict: Verdict, aborted: str) -> None:
        broken = [
            run for run in verdict.broken_runs if not (aborted and run.problem.endswith(aborted))
        ]
        if broken:
            self._head("Runs without a verdict")
            self._print(explain_broken(broken))
            self._print([Line(self._command("call", "REPORTER", broken[0].id), "see")])
        not_run = [
            run for run in verdict.runs if run.status in {Status.NOT_RUN, Status.NOT_INSTALLED}
        ]
        if not_run:
            self._head("Runs that were not made")
            self._print(explain_broken(not_run))

    def _counts(self, verdict: Verdict) -> None:
        for level in Level:
            statuses = [rule.status for rule in verdict.rules if rule.binding is level]
            self._count(level.value, "rule", statuses)
        self._count("", "run", [run.status for run in verdict.runs])

    def _count(self, level: str, noun: str, statuses: Sequence[Status]) -> None:
        counts = Counter(statuses)
        words = ", ".join(each.counted(counts[each]) for each in Status if counts[each]) or "none"
        self._echo(f"  {level:<11} {count_of(len(statuses), noun):>9}: {words}")

    def _slowest(self, runs: Iterable[RunResult]) -> None:
        self._head("Slowest runs")
        slowest = sorted(runs, key=lambda run: run.seconds, reverse=True)
        for run in slowest[: self._detail.durations]:
            self._echo(
                f"  {run.seconds:6.2f} s, {_seconds_of_calls([run]):6.2f} s of them in the "
                f"reporter's last call: {run.id}"
            )

    def _head(self, title: str) -> None:
        self._echo("\n" + click.style(title, bold=True))

    def _print(self, lines: Iterable[Line]) -> None:
        message = "\n".join(line.shown(_painted) for line in lines)
        self._echo(textwrap.indent(message, "  "))

    def _say(self, word: str, color: str, rest: str) -> None:
        """Wrap a sentence that begins with a colored word."""
        lines = textwrap.wrap(word + rest, _WIDTH, break_long_words=False, break_on_hyphens=False)
        self._echo("\n".join(lines).replace(word, click.style(word, fg=color, bold=True), 1))


def _label(status: Status) -> str:
    return click.style(f"{status.label:<5}", fg=status.color, bold=status is not Status.PASSED)


def _share_of_the_reporter(runs: Sequence[RunResult]) -> str:
    of_all = sum(run.seconds for run in runs)
    of_calls = _seconds_of_calls(runs)
    if not of_calls or of_calls < of_all / 2:
        return ""
    return f"; calls of the reporter took {of_calls:.1f} s, some of them side by side"


def _seconds_of_calls(runs: Iterable[RunResult]) -> float:
    return sum(run.evidence.seconds for run in runs if run.evidence)


def _painted(label: str) -> str:
    color = _COLORS.get(label.strip())
    return click.style(label, fg=color, bold=True) if color else label
