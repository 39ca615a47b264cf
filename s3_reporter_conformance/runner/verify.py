"""Verifying a reporter: the whole of a run, from the settings to the files that it writes."""

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from time import monotonic

import click

from ..adapters.manifest import Manifest
from ..exploring.options import Exploring
from ..reporting.console import Console, Echo
from ..reporting.formats.github import commands_stopped
from ..reporting.outputs import Detail, Outputs
from ..reporting.report_files import read_report, report_of
from ..spec.gherkin import all_rules, all_scenarios
from ..verdict.comparison import judge
from ..verdict.exit_code import ExitCode
from ..verdict.known_deviations import (
    KnownDeviations,
    read_known_deviations,
    update_known_deviations,
)
from ..verdict.last_failed import last_failed, remember_failed
from ..verdict.report import Report
from ..verdict.status import Status
from ..verdict.verdict import Verdict
from ..words.errors import UsageError
from ..words.names import count_of
from .selection import Selection
from .session import Session
from .settings import Gates, Settings
from .workers import workers_for


@dataclass(frozen=True)
class Completed:
    """The results of a verification."""

    verdict: Verdict
    report: Report
    exit_code: ExitCode


def verify(  # noqa: PLR0913 -- each is something else that a user can say
    settings: Settings,
    selection: Selection = Selection(),
    outputs: Outputs = Outputs(),
    gates: Gates = Gates(),
    *,
    exploring: Exploring = Exploring(),
    workers: int | None = None,
    fail_fast: bool = False,
    detail: Detail = Detail(),
    echo: Echo = click.echo,
) -> Completed:
    """Run the suite against a reporter, tell of it, and write what is wanted.

    It can be called as often as one likes, one call at a time, and leaves the process as it was.

    Without `workers`, as many processes share the work as keep the machine busy.

    Raises:
        UsageError: What is asked for makes no sense; nothing was run.
    """
    settings.check()
    read = {
        "REPORTER": Path(settings.reporter),
        "--known-deviations": gates.known_deviations,
        "--baseline": gates.baseline,
        "--explore-examples": exploring.explore_examples,
    }
    outputs.check(read)
    manifest = settings.manifest
    exploring.check()
    selection.check(exploring.examples)
    deviations = _known_deviations(gates, manifest)
    baseline = read_report(gates.baseline) if gates.baseline else None
    outputs.prepare()
    console = Console(echo, settings.line, detail, gates.words())
    with commands_stopped(echo):
        console.start(manifest, settings.backend)
        failed = last_failed(settings.reporter) if selection.last_failed else ()
        if selection.last_failed and not failed:
            echo("Nothing is known to have failed the last time: all that is selected is run.")
        selected = selection.scenarios(failed, exploring.examples)
        if not selected:
            echo("The options together select no run.")
        session = Session(
            settings,
            selection.rules(),
            (*exploring.examples, *all_scenarios()),
            console,
            deviations,
            selected=selected,
            fail_fast=fail_fast,
            exploring=exploring,
        )
        started, began = datetime.now(timezone.utc), monotonic()
        workers = workers_for(settings) if workers is None else workers
        verdict = session.run(workers)
        console.summary(verdict, session.run_info, monotonic() - began)
        if gates.update_known_deviations:
            changes = update_known_deviations(deviations, verdict)
            echo("\n  ".join((f"\n{deviations.path}:", *(changes or ["nothing to change"]))))
    exploring.keep([run.gherkin for run in verdict.runs if run.gherkin])
    remember_failed(settings.reporter, verdict)
    report = report_of(verdict, manifest, session.run_info, started)
    outputs.write(report, echo, settings.reporter)
    exit_code = verdict.exit_code
    if exit_code is ExitCode.CONFORMS and not selection.is_judged(verdict):
        echo(f"\nNo run of these could judge {selection.keyword}: make all runs")
        exit_code = ExitCode.NOTHING_RAN
    if baseline is not None and not verdict.interrupted:
        echo("")
        compared = hold_against(report, baseline, echo, selected_only=True)
        # A failure that is not new does not count, but an entry that has to go does.
        is_stale = any(rule.status is Status.UNEXPECTEDLY_PASSED for rule in verdict.rules)
        is_failed = exit_code is ExitCode.DOES_NOT_CONFORM and not is_stale
        if compared is not ExitCode.CONFORMS or is_failed:
            exit_code = compared
    return Completed(verdict, report, exit_code)


def _known_deviations(gates: Gates, manifest: Manifest) -> KnownDeviations:
    path = gates.known_deviations
    if path is None:
        if gates.update_known_deviations:
            raise UsageError("--update-known-deviations needs --known-deviations FILE")
        return KnownDeviations()
    if gates.update_known_deviations and not path.exists():
        return KnownDeviations(path)
    return read_known_deviations(path, all_rules(), manifest)


def hold_against(
    report: Report, baseline: Report, echo: Echo = click.echo, *, selected_only: bool = False
) -> ExitCode:
    """Tell whether a report is as good as an earlier one; see `judge`."""
    echo(f"baseline  {baseline.title}\nreport    {report.title}")
    gate = judge(baseline, report, selected_only=selected_only)
    left_out = "; the others were not selected" if gate.left_out else ""
    compared = f"{gate.compared} of the {gate.compared + gate.left_out} rules"
    echo(f"compared  {compared} that were judged in the baseline{left_out}\n")
    for sentence in (*gate.regressions, *gate.improvements):
        echo(f"  {sentence}")
    for sentence in gate.remarks:
        echo(f"  {sentence}; it is a recommendation")
    if gate.regressions:
        red = click.style("Red", fg="red", bold=True)
        echo(f"{red}: worse than the baseline in {count_of(len(gate.regressions), 'way')}")
        return ExitCode.DOES_NOT_CONFORM
    if not gate.compared:
        yellow = click.style("No verdict", fg="yellow", bold=True)
        echo(f"{yellow}: no rule that is judged now was judged in the baseline")
        return ExitCode.NOTHING_RAN
    green = click.style("Green", fg="green", bold=True)
    ways = count_of(len(gate.improvements), "way")
    better = f", and better in {ways}" if gate.improvements else ""
    echo(f"{green}: as good as the baseline{better}")
    return ExitCode.CONFORMS
