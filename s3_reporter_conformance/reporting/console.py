"""The output of `verify`: progress while runs come in, then the rules and the conclusion."""

import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from threading import RLock

import click
from tqdm import tqdm

from .. import __version__
from ..adapters.manifest import Manifest
from ..spec.rules import Level
from ..verdict.report import RunInfo
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..verdict.verdict import RuleResult, Verdict, conclude
from ..words.names import count_of
from .evidence import printable
from .failure import explain_broken, explain_rule, headline
from .observer import Observer
from .outputs import Detail
from .transcript import LABEL

Echo = Callable[[str], None]
"""Takes the output piece by piece, styled for a terminal; `click.echo` is one."""

_WIDTH = 80
_COLORS = {"expected": "green", "seen": "red"}
_LABELS = re.compile(r"(?<=^    )(expected|seen) +", re.MULTILINE)
_PROGRESS = "{n_fmt} of {total_fmt} runs, {elapsed} so far, {remaining} left"

# The process is going to fork: no thread of tqdm's, and no lock between processes.
tqdm.monitor_interval = 0
tqdm.set_lock(RLock())


class Console(Observer):
    """Prints the progress and the result of a run of the suite, styled for a terminal."""

    def __init__(self, echo: Echo, command: Callable[..., str], detail: Detail = Detail()) -> None:
        """Prepare; `command` gives the command line with some words, such as `REPORTER`."""
        self._print = echo
        self._command = command
        self._detail = detail
        self._progress = tqdm(disable=True)

    def start(self, manifest: Manifest, backend: str) -> None:
        """Print the reporter, the backend, and the declared features."""
        features = ", ".join(sorted(manifest.features)) or "none declared"
        self._echo(click.style(f"s3-reporter-conformance {__version__}", bold=True))
        self._echo(printable(f"reporter  {manifest.name} {manifest.version}".rstrip()))
        self._echo(f"backend   {backend}")
        lines = textwrap.wrap(f"features  {features}", _WIDTH, break_on_hyphens=False)
        self._echo(f"\n{' ' * 10}".join(lines))

    def selected(self, count: int) -> None:
        """Begin to show the progress, at the foot of a terminal; elsewhere nothing."""
        self._progress = tqdm(
            total=count,
            bar_format=_PROGRESS,
            leave=False,
            file=sys.stdout,
            disable=not sys.stdout.isatty(),
        )

    def ran(self, run: RunResult) -> None:
        """Count a run; with much detail, print a line about it."""
        self._progress.update()
        if self._detail.verbose:
            broken = dict.fromkeys(finding.rule for finding in run.findings)
            breaks = f", breaks {', '.join(broken)}" if broken else ""
            self._echo(f"{_label(run.status)} {run.id}{breaks}")

    def judged(self, verdict: Verdict, aborted: str = "") -> None:
        """Print the verdict on each rule, and the runs without one that `aborted` does not tell."""
        self._progress.close()
        if not verdict.nothing_asked:
            told = {rule.id for rule in (*verdict.wrong, *verdict.unmet)}
            others = [r for r in verdict.rules if r.id not in told and self._is_shown(r.status)]
            self._section("Rules that are not broken", map(_line, others))
            # Last, so that they are still on the screen at the end.
            wrong = sorted(verdict.wrong, key=lambda rule: list(Level).index(rule.binding))
            self._broken("Rules that are broken", wrong, verdict)
            self._broken("Recommendations that are not met", verdict.unmet, verdict)
        broken = [r for r in verdict.broken_runs if not (aborted and r.problem.endswith(aborted))]
        if broken:
            see = f"  {'see':<{LABEL}}{self._command('call', 'REPORTER', broken[0].id)}"
            self._section("Runs without a verdict", _indented([*explain_broken(broken), see]))
        unmade = {Status.NOT_RUN, Status.NOT_INSTALLED}
        not_run = [run for run in verdict.runs if run.status in unmade]
        self._section("Runs that were not made", _indented(explain_broken(not_run)))

    def summary(self, verdict: Verdict, run_info: RunInfo, seconds: float) -> None:
        """Print the verdict on each rule, and the whole."""
        self.judged(verdict, run_info.aborted)
        unjudged = [rule.id for rule in verdict.rules if rule.status is Status.NOT_JUDGED]
        if unjudged and not verdict.nothing_asked:
            why = "No run was one to which they apply, such as one with an upload:"
            names = textwrap.wrap(", ".join(unjudged), _WIDTH - 2)
            self._section("Rules that could not be judged", _indented([why, *names]))
        slowest = sorted(verdict.runs, key=lambda run: run.seconds, reverse=True)
        slow = [f"  {run.seconds:6.2f} s  {run.id}" for run in slowest[: self._detail.durations]]
        self._section("Slowest runs", slow)
        self._section("Summary", _indented(_summary(verdict, run_info, seconds)))
        if run_info.aborted:
            self._conclude("The run ended early", "magenta", run_info.aborted)
        self._echo("")
        conclusion = conclude(verdict)
        self._conclude(conclusion.word, conclusion.color, conclusion.reason)

    def _broken(self, title: str, rules: Iterable[RuleResult], verdict: Verdict) -> None:
        blocks = []
        for rule in rules:
            head = f"{_label(rule.status)} {headline(rule)}"
            blocks.append("\n".join([head, *_indented(explain_rule(rule, verdict.runs))]))
        self._section(title, ["\n\n".join(blocks)])

    def _is_shown(self, status: Status) -> bool:
        if status is Status.PASSED:
            return not self._detail.quiet
        if status is Status.NOT_JUDGED:
            return False
        return self._detail.verbose or status not in {Status.NOT_CLAIMED, Status.NOT_SELECTED}

    def _section(self, title: str, lines: Iterable[str]) -> None:
        if text := "\n".join(lines):
            self._echo(f"\n{click.style(title, bold=True)}")
            self._echo(_LABELS.sub(lambda m: click.style(m[0], _COLORS[m[1]], bold=True), text))

    def _conclude(self, word: str, color: str, reason: str) -> None:
        text = f"{word}: {reason}"
        lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        self._echo("\n".join(lines).replace(word, click.style(word, fg=color, bold=True), 1))

    def _echo(self, text: str) -> None:
        # Above the line of progress, if there is one.
        with tqdm.external_write_mode(file=sys.stdout):
            self._print(text)


def _indented(lines: Iterable[str]) -> Iterable[str]:
    return (textwrap.indent(line, "  ") for line in lines)


def _line(rule: RuleResult) -> str:
    runs = count_of(rule.judged, "run") if rule.judged else ""
    note = f": {' '.join(rule.note.split())}" if rule.note else ""
    return f"{_label(rule.status)} {headline(rule, runs)}{note}"


def _label(status: Status) -> str:
    return click.style(f"{status.label:<5}", fg=status.color, bold=status is not Status.PASSED)


def _summary(verdict: Verdict, run_info: RunInfo, seconds: float) -> Iterable[str]:
    if run_info.backend:
        yield f"ran on {run_info.backend}"
    yield f"took {seconds:.1f} s"
    if verdict.nothing_asked:
        return
    for level in Level:
        statuses = [rule.status for rule in verdict.rules if rule.binding is level]
        yield _count(level.value, "rule", statuses)
    yield _count("", "run", [run.status for run in verdict.runs])


def _count(level: str, noun: str, statuses: Sequence[Status]) -> str:
    counts = Counter(statuses)
    words = ", ".join(each.counted(counts[each]) for each in Status if counts[each]) or "none"
    return f"{level:<11} {count_of(len(statuses), noun):>9}: {words}"
