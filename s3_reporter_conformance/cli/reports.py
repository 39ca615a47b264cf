"""The commands about conformance reports: gate, compare, docs, schema."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import cloup

from ..reporting.outputs import write_site
from ..schemas import SCHEMAS
from ..verdict.verdict import ExitCode
from .options import A_FILE, folder_option

if TYPE_CHECKING:
    from ..verdict.report import Report
    from ..verdict.status import Status


@cloup.command()
@cloup.argument("report", type=A_FILE, help="A conformance report, JSON.")
@cloup.option(
    "--baseline",
    type=A_FILE,
    metavar="FILE",
    required=True,
    help="The earlier report to compare with.",
)
def gate(report: Path, baseline: Path) -> int:
    """Check that a conformance report is no worse than a baseline.

    Lists what became worse and what became better.  Exits with 1 if a requirement that passed in
    the baseline does not pass, if one is gone, or if fewer ran.
    """
    from ..reporting.formats.github import commands_stopped
    from ..reporting.report import read_report
    from ..runner.gate import hold_against

    with commands_stopped(click.echo):
        return hold_against(read_report(report), read_report(baseline))


@cloup.command()
@cloup.argument("first", type=A_FILE, help="A conformance report, JSON.")
@cloup.argument("second", type=A_FILE, help="Another conformance report, JSON.")
def compare(first: Path, second: Path) -> int:
    """Show where two conformance reports differ.

    They may be of two backends, of two reporters, or of two versions.  Exits with 1 if they differ.
    """
    from ..reporting.formats.github import commands_stopped
    from ..reporting.report import read_report

    with commands_stopped(click.echo):
        return _compare([(path, read_report(path)) for path in (first, second)])


def _compare(read: Sequence[tuple[Path, "Report"]]) -> int:
    from ..verdict.comparison import disagreements

    reports = [report for _, report in read]
    for path, report in read:
        click.echo(f"{path}: {report.title}")
    found = list(disagreements(*reports))
    for each in found:
        click.echo(
            f"  {each.requirement:<18}{_told(each.first)} / {_told(each.second)}  {each.name}"
        )
    count = len(reports[0].requirements)
    click.echo(f"{len(found)} of {count} requirements differ" if found else "they agree")
    return ExitCode.DOES_NOT_CONFORM if found else ExitCode.CONFORMS


@cloup.command()
@cloup.argument("reports", nargs=-1, required=True, type=A_FILE, help="Conformance reports, JSON.")
@folder_option("--output", required=True, help="The folder for the site.")
def docs(reports: tuple[Path, ...], output: Path) -> int:
    """Build a site from conformance reports.

    The reports may be of one reporter or of many, in one version or in several.
    """
    from ..reporting.report import read_report

    write_site([read_report(path) for path in reports], output)
    return ExitCode.CONFORMS


@cloup.command()
@cloup.argument(
    "name",
    type=click.Choice(SCHEMAS),
    default="report",
    metavar="[NAME]",
    help=f"One of {', '.join(SCHEMAS)}.  [default: report]",
)
def schema(name: str) -> int:
    """Print the JSON Schema of a file or of a message."""
    from ..schemas import read_schema

    click.echo(json.dumps(read_schema(name), indent=2))
    return ExitCode.CONFORMS


def _told(status: "Status | None") -> str:
    return status.value if status else "absent"
