"""The commands about conformance reports: gate, compare, docs, schema."""

import json
from pathlib import Path

import click

from ..disk.schemas import SCHEMAS, read_schema
from ..reporting.outputs import check_site
from ..verdict.exit_code import ExitCode
from ..words.errors import UsageError
from .grouped import GroupedCommand
from .options import A_FILE, A_FOLDER


@click.command(cls=GroupedCommand)
@click.argument("report", type=A_FILE, help="A conformance report, JSON.")
@click.option("--baseline", type=A_FILE, required=True, help="The earlier report to compare with.")
def gate(report: Path, baseline: Path) -> int:
    """Check that a conformance report is no worse than a baseline.

    Compares rule by rule and run by run, and lists what became worse and what became better.  Exits
    with 1 if a rule that passed in the baseline does not pass, if a run breaks a rule that it kept,
    if a rule or a run is gone, or if fewer runs were judged.  Recommendations count if the report
    was made with --strict.
    """
    from ..reporting.formats.github import commands_stopped
    from ..reporting.report_files import read_report
    from ..runner.verify import hold_against

    with commands_stopped(click.echo):
        return hold_against(read_report(report), read_report(baseline))


@click.command(cls=GroupedCommand)
@click.argument("reports", nargs=-1, required=True, type=A_FILE, help="Conformance reports, JSON.")
def compare(reports: tuple[Path, ...]) -> int:
    """Show where conformance reports differ from the first, rule by rule.

    They may be of several backends, reporters, or versions.  Exits with 1 if they differ.
    """
    from ..reporting.formats.github import commands_stopped
    from ..reporting.report_files import read_report
    from ..reporting.side_by_side import lines
    from ..verdict.comparison import compare as differences

    if len(reports) == 1:
        raise UsageError(f"{reports[0]} is the only report: name at least two")
    read = [read_report(path) for path in reports]
    with commands_stopped(click.echo):
        click.echo("\n".join(lines(read, reports)))
    return ExitCode.DOES_NOT_CONFORM if differences(read) else ExitCode.CONFORMS


@click.command(cls=GroupedCommand)
@click.argument("reports", nargs=-1, required=True, type=A_FILE, help="Conformance reports, JSON.")
@click.option("--output", type=A_FOLDER, required=True, help="The folder for the site.")
def docs(reports: tuple[Path, ...], output: Path) -> int:
    """Build a site from conformance reports.

    The reports may be of one reporter or of many, in one version or in several.
    """
    from ..reporting.html.site import build_site
    from ..reporting.report_files import read_report

    check_site(output)
    click.echo(build_site([read_report(path) for path in reports], output))
    return ExitCode.CONFORMS


@click.command(cls=GroupedCommand)
@click.argument(
    "name",
    type=click.Choice(SCHEMAS),
    default="report",
    metavar="[NAME]",
    help=f"One of {', '.join(SCHEMAS)}.  [default: report]",
)
def schema(name: str) -> int:
    """Print the JSON Schema of a file or of a message."""
    click.echo(json.dumps(read_schema(name), indent=2))
    return ExitCode.CONFORMS
