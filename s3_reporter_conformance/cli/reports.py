"""The commands about conformance reports: gate, compare, docs, schema."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..reporting.outputs import write_site
from ..schemas import SCHEMAS
from ..verdict.verdict import ExitCode
from .options import folder_option

if TYPE_CHECKING:
    from ..verdict.status import Status

_A_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("report", type=_A_PATH)
@click.option(
    "--baseline",
    type=_A_PATH,
    metavar="FILE",
    required=True,
    help="The conformance report that was good enough.",
)
def gate(report: Path, baseline: Path) -> int:
    """Tell whether REPORT is as good as the baseline, and what became better.

    Ends with 1 if a requirement that passed in the baseline does not, if one is gone, or if fewer
    ran.
    """
    from ..reporting.report import read_report
    from ..runner.gate import hold_against

    return hold_against(read_report(report), read_report(baseline))


@click.command()
@click.argument("first", type=_A_PATH)
@click.argument("second", type=_A_PATH)
def compare(first: Path, second: Path) -> int:
    """Tell where two conformance reports disagree: of two backends, reporters or versions.

    Ends with 1 if they do.
    """
    from ..reporting.report import read_report
    from ..verdict.comparison import disagreements

    reports = [read_report(path) for path in (first, second)]
    for path, report in zip((first, second), reports, strict=True):
        click.echo(f"{path}: {report.title}")
    found = list(disagreements(*reports))
    for each in found:
        click.echo(
            f"  {each.requirement:<18}{_told(each.first)} / {_told(each.second)}  {each.name}"
        )
    count = len(reports[0].requirements)
    click.echo(f"{len(found)} of {count} requirements differ" if found else "they agree")
    return ExitCode.DOES_NOT_CONFORM if found else ExitCode.CONFORMS


@click.command()
@click.argument("reports", nargs=-1, required=True, type=_A_PATH)
@folder_option("--output", required=True, help="The folder to write the site to.")
def docs(reports: tuple[Path, ...], output: Path) -> int:
    """Draw REPORTS, conformance reports of one reporter or of many, as a site in a folder."""
    from ..reporting.report import read_report

    write_site([read_report(path) for path in reports], output)
    return ExitCode.CONFORMS


@click.command()
@click.argument("name", type=click.Choice(SCHEMAS), default="report")
def schema(name: str) -> int:
    """Print a JSON Schema: of the conformance report, if not told otherwise."""
    from ..schemas import read_schema

    click.echo(json.dumps(read_schema(name), indent=2))
    return ExitCode.CONFORMS


def _told(status: "Status | None") -> str:
    return status.value if status else "absent"
