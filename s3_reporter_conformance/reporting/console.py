"""The output of `verify`: progress while runs come in, then the rules and the conclusion."""

import re
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from threading import RLock
from time import monotonic

import click
from tqdm import tqdm

from ..adapters.manifest import Manifest
from ..spec.rules import Level
from ..verdict.exit_code import ExitCode
from ..verdict.report import RunInfo
from ..verdict.runs import RunResult
from ..verdict.status import Status, totals
from ..verdict.verdict import RuleResult, Verdict, conclude
from ..words.names import count_of, some_of
from .evidence import printable
from .failure import explain_broken, explain_rule, headline
from .observer import Observer
from .outputs import Detail
from .wrapping import LABEL, wrapped

Echo = Callable[[str], None]
"""Takes the output piece by piece, styled for a terminal; `click.echo` is one."""

_WIDTH = 80
_WIDEST = 120
_COLORS = {each.label: each.color for each in Status} | {"expected": "green", "seen": "red"}
_LABELS = re.compile(
    rf"^(?:{'|'.join(f'{each.label:<5}' for each in Status)})(?= )|(?<=^    )(?:expected|seen) +",
    re.MULTILINE,
)
_ESTIMATE = "{n_fmt} of {total_fmt} runs, {elapsed} so far, {remaining} left"
# How often a log, which shows no line of progress, tells how far the run is, in seconds.
_TOLD_EVERY = 120.0
# Without being ready, and without an upload, there is little to judge.
_BEFORE_OTHERS = {"CFG-01", "SEQ-01"}

# The process is going to fork: no thread of tqdm's, and no lock between processes.
tqdm.monitor_interval = 0
tqdm.set_lock(RLock())


class Console(Observer):
    """Prints the progress and the result of a run of the suite, styled for a terminal."""

    def __init__(
        self,
        echo: Echo,
        command: Callable[..., str],
        detail: Detail = Detail(),
        files: Sequence[str] = (),
    ) -> None:
        """Prepare; `command` gives the command line with some words, such as `REPORTER`.

        The next runs need the same `files`, which are options.
        """
        self._print = echo
        self._command = command
        self._detail = detail
        self._files = files
        self._progress = tqdm(disable=True)
        self._made, self._began = 0, monotonic()
        self._tell_at = self._began + _TOLD_EVERY
        # The runs whose requests were shown, each with the rule that it was shown for.
        self._told: dict[str, str] = {}

    def start(self, manifest: Manifest, backend: str) -> None:
        """Print the reporter, the backend, and the declared features."""
        features = ", ".join(sorted(manifest.features)) or "none declared"
        self._echo(printable(f"reporter  {manifest.name} {manifest.version}".rstrip()))
        self._echo(f"backend   {backend}\nfeatures  {features}")

    def selected(self, count: int | None, what: str = "{} runs") -> None:
        """Begin to show the progress, at the foot of a terminal; elsewhere, now and then."""
        self._progress.close()
        self._progress = tqdm(
            total=count,
            bar_format=f"{what.format('{n_fmt} of {total_fmt}')}, {{elapsed}} so far",
            mininterval=0,
            # What is left is estimated from the average.
            smoothing=0,
            leave=False,
            file=sys.stdout,
            disable=not sys.stdout.isatty(),
        )

    def ticked(self) -> None:
        """Show that time goes by."""
        self._progress.refresh()
        now = monotonic()
        if now >= self._tell_at and self._progress.disable and self._detail == Detail():
            self._tell_at = now + _TOLD_EVERY
            minutes = round((now - self._began) / 60)
            self._echo(f"{count_of(self._made, 'run')} made in {count_of(minutes, 'minute')}")

    def interrupted(self) -> None:
        """Say at once that the run ends."""
        self._progress.close()
        self._echo("Interrupted: the reporter is stopped, and what the run made is deleted.")

    def ran(self, run: RunResult) -> None:
        """Count a run; with much detail, print a line about it."""
        # The first quarter takes longer than the others.
        if 4 * self._progress.n >= (self._progress.total or 0):
            self._progress.bar_format = _ESTIMATE
        self._progress.update()
        self._made += 1
        if self._detail.verbose:
            broken = dict.fromkeys(finding.rule for finding in run.findings)
            breaks = f", breaks {', '.join(broken)}" if broken else ""
            self._echo(f"{run.status.label:<5} {run.id}{breaks}")

    def explored(self) -> None:
        """Count a rule, or a situation."""
        self._progress.update()

    def broken(self, verdict: Verdict, aborted: str = "") -> None:
        """Print what went wrong; of runs without a verdict, what `aborted` does not tell."""
        self._progress.close()
        if not verdict.nothing_asked:
            gone = [rule for rule in verdict.wrong if not rule.broken]
            faults = [rule for rule in verdict.wrong if rule.broken]
            self._faults("Rules that are broken", faults, verdict)
            self._faults("Known deviations that are gone", gone, verdict)
            self._faults("Recommendations that are not met", verdict.unmet, verdict)
        broken = [r for r in verdict.broken_runs if not (aborted and r.problem.endswith(aborted))]
        if broken:
            name, source = broken[0].id, broken[0].source
            words = (
                ("verify", "REPORTER", *source, "-k", name)
                if source
                else ("call", "REPORTER", name)
            )
            see = f"  {'see':<{LABEL}}{self._command(*words)}"
            self._section("Runs without a verdict", _indented([*explain_broken(broken), see]))
        unmade = {Status.NOT_RUN, Status.NOT_INSTALLED}
        not_run = [
            replace(run, evidence=None)
            for run in verdict.runs
            if run.status in unmade and not verdict.interrupted
        ]
        self._section("Runs that were not made", _indented(explain_broken(not_run)))

    def summary(self, verdict: Verdict, run_info: RunInfo, seconds: float) -> None:
        """Print the verdict on each rule, the whole, and what to do next."""
        told = {rule.id for rule in (*verdict.wrong, *verdict.unmet)}
        others = [r for r in verdict.rules if r.id not in told and self._is_shown(r.status)]
        is_whole = not (verdict.nothing_asked or verdict.interrupted)
        if is_whole:
            self._section("Other rules", map(_line, others))
        self.broken(verdict, run_info.aborted)
        if is_whole and (unjudged := _unjudged(verdict)):
            names = ", ".join(unjudged) if self._detail.verbose else some_of(unjudged)
            why = "In no run did they apply, or a rule that comes before them was broken: "
            self._section("Rules that could not be judged", [f"  {why}{names}"])
        self._section("Explored", _indented(run_info.explored))
        conclusion = conclude(verdict)
        if not self._detail.quiet and conclusion.exit_code is not ExitCode.NOTHING_RAN:
            self._section("Summary", _indented(_summary(verdict, run_info, seconds)))
        self._echo("")
        if run_info.aborted and not verdict.interrupted:
            self._conclude("The run ended early", "magenta", run_info.aborted)
        self._conclude(conclusion.word, conclusion.color, conclusion.reason)
        steps = [
            f"  {why:<16}{self._command(*words)}"
            for why, *words in _next_steps(verdict, self._files)
        ]
        self._section("Next", steps)

    def _faults(self, title: str, rules: Sequence[RuleResult], verdict: Verdict) -> None:
        if self._detail.quiet:
            self._section(title, map(_line, rules))
        else:
            self._section(title, ["\n\n".join(self._block(rule, verdict) for rule in rules)])

    def _block(self, rule: RuleResult, verdict: Verdict) -> str:
        verbose = self._detail.verbose
        explained = explain_rule(rule, verdict.runs, verbose=verbose, before=self._told)
        lines = [f"{rule.status.label:<5} {headline(rule)}", *_indented(explained)]
        is_usual = 2 * rule.broken > rule.judged
        if is_usual and rule.id in _BEFORE_OTHERS and (unjudged := _unjudged(verdict)):
            left = count_of(len(unjudged), "other rule")
            lines.insert(2, f"  which may be why {left} could not be judged: fix this first")
        self._told |= {run: self._told.get(run, rule.id) for run in rule.runs[:1]}
        return "\n".join(lines)

    def _is_shown(self, status: Status) -> bool:
        told_elsewhere = {Status.NOT_JUDGED, Status.NOT_RUN, Status.NOT_INSTALLED}
        usual = {Status.PASSED, Status.NOT_CLAIMED, Status.NOT_SELECTED}
        return status not in told_elsewhere and (self._detail.verbose or status not in usual)

    def _section(self, title: str, lines: Iterable[str]) -> None:
        if text := "\n".join(lines):
            self._echo(f"\n{click.style(title, bold=True)}")
            self._echo(text)

    def _conclude(self, word: str, color: str, reason: str) -> None:
        text = wrapped(f"{word}: {reason}", _width())
        self._print(text.replace(word, click.style(word, fg=color, bold=True), 1))

    def _echo(self, text: str) -> None:
        # One line for each fault is not to be wrapped.
        text = text if self._detail.quiet else wrapped(text, _width())
        # Above the line of progress, if there is one.
        with tqdm.external_write_mode(file=sys.stdout):
            self._print(_LABELS.sub(_painted, text))


def _width() -> int:
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
    return min(columns, _WIDEST)


def _painted(label: re.Match[str]) -> str:
    word = label[0].rstrip()
    return click.style(label[0], fg=_COLORS[word], bold=word != Status.PASSED.label)


def _indented(lines: Iterable[str]) -> Iterable[str]:
    return (textwrap.indent(line, "  ") for line in lines)


def _line(rule: RuleResult) -> str:
    told_elsewhere = rule.status in {Status.FAILED, Status.NOT_CERTAIN}
    runs = count_of(rule.judged, "run") if rule.judged and not told_elsewhere else ""
    runs = f"broken in {rule.broken} of {runs}" if runs and rule.broken else runs
    note = " ".join((rule.note or (rule.extent if rule.runs else "")).split())
    return f"{rule.status.label:<5} {headline(rule, runs)}" + (f": {note}" if note else "")


def _unjudged(verdict: Verdict) -> list[str]:
    return [rule.id for rule in verdict.rules if rule.status is Status.NOT_JUDGED]


def _next_steps(verdict: Verdict, files: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """What to do next: each with a label, and the words of a command."""
    code = conclude(verdict).exit_code
    fault = next(iter((*verdict.wrong, *verdict.unmet)), None)
    # With all the files of runs that there were.
    sources = dict.fromkeys(chain(*(run.source for run in verdict.runs)))
    again = ("verify", "REPORTER", *sources, *files)
    broken = [run.id for run in verdict.broken_runs if run.calls]
    if code is ExitCode.ADAPTER_ERROR and verdict.nothing_asked:
        # Without a call, it would say the same again.
        if broken:
            yield "two calls", "smoke", "REPORTER"
    elif code is ExitCode.ADAPTER_ERROR and broken:
        yield "the call", "call", "REPORTER", broken[0]
    elif fault:
        yield "the rule", "explain", fault.id
        made = next((run for run in verdict.runs if run.id in fault.runs[:1]), None)
        if made and not made.source:
            yield "the call", "call", "REPORTER", made.id
        yield "after a change", *again, "--last-failed"
    elif code is ExitCode.NOTHING_RAN:
        yield "all runs", "list", "--runs"
    elif any(run.status is Status.NOT_SELECTED for run in verdict.runs):
        yield "all runs", *again
    elif code is ExitCode.INTERRUPTED:
        yield "once more", *again
    elif code is ExitCode.CONFORMS:
        yield "the diagrams", *again, "--html=site"


def _summary(verdict: Verdict, run_info: RunInfo, seconds: float) -> Iterable[str]:
    if run_info.backend:
        yield f"ran on {run_info.backend}"
    yield f"took {seconds:.1f} s"
    if verdict.nothing_asked:
        return
    for level in Level:
        own = [rule for rule in verdict.rules if rule.level is level]
        demoted = sum(rule.binding is not level for rule in own)
        decides = "" if verdict.strict else ", which do not decide"
        unusual = f"; {demoted} in unusual runs alone{decides}" if demoted else ""
        yield f"{level.value:<12} {totals('rule', verdict.counts(level))}{unusual}"
    yield f"{'':<12} {totals('run', Counter(run.status for run in verdict.runs))}"
