"""Compares a report with an earlier one, and prints what is worse and better."""

from collections.abc import Sequence

import click

from ..reporting.console import Echo
from ..verdict.comparison import judge
from ..verdict.report import Report
from ..verdict.verdict import ExitCode
from ..words.names import count_of


def hold_against(
    report: Report, baseline: Report, echo: Echo = click.echo, *, selected_only: bool = False
) -> ExitCode:
    """Tell whether a report is as good as an earlier one; see `judge`."""
    echo(f"baseline  {baseline.title}\nreport    {report.title}")
    gate = judge(baseline, report, selected_only=selected_only)
    whole = gate.compared + gate.left_out
    left_out = "; the others were not selected" if gate.left_out else ""
    echo(
        f"compared  {gate.compared} of the {whole} rules that were judged in the baseline"
        f"{left_out}\n"
    )
    for sentence in (*gate.regressions, *gate.improvements):
        echo(f"  {sentence}")
    for sentence in gate.remarks:
        echo(f"  {sentence}; it is a recommendation")
    if gate.regressions:
        red = click.style("Red", fg="red", bold=True)
        echo(f"{red}: worse than the baseline in {_ways(gate.regressions)}")
        return ExitCode.DOES_NOT_CONFORM
    if not gate.compared:
        yellow = click.style("No verdict", fg="yellow", bold=True)
        echo(f"{yellow}: no rule that is judged now was judged in the baseline")
        return ExitCode.NOTHING_RAN
    green = click.style("Green", fg="green", bold=True)
    better = f", and better in {_ways(gate.improvements)}" if gate.improvements else ""
    echo(f"{green}: as good as the baseline{better}")
    return ExitCode.CONFORMS


def _ways(sentences: Sequence[str]) -> str:
    return count_of(len(sentences), "way")
