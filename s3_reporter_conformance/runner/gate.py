"""Holding a report against an earlier one, and telling of it."""

import click

from ..reporting.console import Echo
from ..verdict.baseline import judge
from ..verdict.report import Report
from ..verdict.verdict import ExitCode


def hold_against(report: Report, baseline: Report, echo: Echo = click.echo) -> ExitCode:
    """Tell whether a report is as good as an earlier one.

    Args:
        report: The report to judge.
        baseline: The report that was good enough.
        echo: Takes what there is to tell.

    Raises:
        UsageError: The baseline guards nothing, since nothing passed in it.
    """
    echo(f"baseline  {baseline.title}\nreport    {report.title}\n")
    gate = judge(baseline, report)
    for sentence in (*gate.regressions, *gate.improvements):
        echo(f"  {sentence}")
    if gate.regressions:
        red = click.style("Red", fg="red", bold=True)
        echo(f"{red}: worse than the baseline in {len(gate.regressions)} ways")
        return ExitCode.DOES_NOT_CONFORM
    green = click.style("Green", fg="green", bold=True)
    echo(f"{green}: as good as the baseline, and better in {len(gate.improvements)} ways")
    return ExitCode.CONFORMS
