"""The commands about what there is: list, explain, coverage, and the manifest that init writes."""

import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from ..errors import UsageError
from ..files import write_new
from ..verdict.verdict import ExitCode
from .options import A_FILE, LEVELS


@click.command()
@click.argument("path", type=A_FILE, default=Path("reporter.toml"))
def init(path: Path) -> int:
    """Write a manifest with comments to PATH, reporter.toml if none is given."""
    from ..adapters.template import manifest_template

    write_new(path, manifest_template())
    click.echo(f"{path} is written: say in it how to run your reporter, then try")
    click.echo(f"  s3-reporter-conformance smoke {shlex.quote(str(path))}")
    return ExitCode.CONFORMS


@click.command("list")
@click.option("--level", type=LEVELS, help="Only these.")
@click.option("--feature", metavar="FEATURE", help="Only those of an extended feature.")
@click.option("--diagram", metavar="DIAGRAM", help="Only those that follow a diagram.")
def list_requirements(level: str | None, feature: str | None, diagram: str | None) -> int:
    """List the requirements."""
    from ..spec.diagrams import all_diagrams
    from ..spec.explain import listing
    from ..spec.features import extended_features
    from ..spec.gherkin import all_requirements

    _expect_known("feature", feature, extended_features())
    _expect_known("diagram", diagram, all_diagrams())
    selected = [
        requirement
        for requirement in all_requirements()
        if level in {None, requirement.level.value}
        and feature in {None, requirement.feature}
        and diagram in {None, requirement.diagram}
    ]
    for line in listing(selected):
        click.echo(line)
    click.echo(f"\n{len(selected)} requirements; explain ID tells more about one")
    return ExitCode.CONFORMS if selected else ExitCode.NOTHING_RAN


@click.command()
@click.argument("requirement_id", metavar="ID")
def explain(requirement_id: str) -> int:
    """Tell what a requirement asks for, why, and what is often wrong."""
    from ..spec.explain import explanation
    from ..spec.gherkin import requirement_called

    for line in explanation(requirement_called(requirement_id)):
        click.echo(line)
    return ExitCode.CONFORMS


@click.command()
@click.option("--details", is_flag=True, help="Name the requirements of each edge and path.")
def coverage(details: bool) -> int:  # noqa: FBT001 -- a flag
    """Tell which edges and prime paths of the diagrams the requirements cover.

    Ends with 1 if one is covered by none.
    """
    from ..spec.coverage import coverage as coverage_of
    from ..spec.explain import coverage_lines
    from ..spec.gherkin import all_requirements

    covered = coverage_of(all_requirements())
    for line in coverage_lines(covered, details=details):
        click.echo(line)
    complete = all(each.complete for each in covered)
    click.echo("\nEvery edge and every prime path is covered." if complete else "\nNot complete.")
    return ExitCode.CONFORMS if complete else ExitCode.DOES_NOT_CONFORM


def _expect_known(what: str, name: str | None, known: Iterable[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(f"there is no {what} {name}: there are {', '.join(sorted(known))}")
