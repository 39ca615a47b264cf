"""The commands about what there is: list, explain, coverage, and the manifest that init writes."""

import json
import shlex
from pathlib import Path

import click
import cloup

from ..files import write_new
from ..names import unknown
from ..verdict.verdict import ExitCode
from .options import A_FILE, LEVELS, MANIFEST


@cloup.command()
@cloup.argument("path", type=A_FILE, default=MANIFEST, help=f"[default: {MANIFEST}]")
@cloup.option("--adapter", help="How to run the reporter, as in command:./reporter.")
@cloup.option("--name", help="What the reporter is called.")
def init(path: Path, adapter: str | None, name: str | None) -> int:
    """Write a manifest with comments, to be filled in."""
    from ..adapters.registry import check_adapter
    from ..adapters.template import check_name, manifest_template

    if adapter is not None:
        check_adapter(adapter, f"--adapter {adapter!r}")
    if name is not None:
        check_name(name)
    write_new(path, manifest_template(adapter, name))
    missing = "" if adapter else " Say in it how to run your reporter."
    click.echo(f"{path} is written.{missing} Then try")
    click.echo(f"  s3-reporter-conformance smoke {shlex.quote(str(path))}")
    return ExitCode.CONFORMS


@cloup.command("list")
@cloup.option("--level", type=LEVELS, help="Only these.")
@cloup.option("--feature", metavar="FEATURE", help="Only those of an extended feature.")
@cloup.option("--diagram", metavar="DIAGRAM", help="Only those that follow a diagram.")
@cloup.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def list_requirements(
    *, level: str | None, feature: str | None, diagram: str | None, as_json: bool
) -> int:
    """List the requirements."""
    from ..spec.diagrams import all_diagrams
    from ..spec.explain import entry, listing
    from ..spec.features import extended_features
    from ..spec.gherkin import all_requirements

    if feature is not None and feature not in extended_features():
        raise unknown("feature", feature, extended_features())
    if diagram is not None and diagram not in all_diagrams():
        raise unknown("diagram", diagram, all_diagrams())
    selected = [
        requirement
        for requirement in all_requirements()
        if level in {None, requirement.level.value}
        and feature in {None, requirement.feature}
        and diagram in {None, requirement.diagram}
    ]
    if as_json:
        click.echo(json.dumps([entry(requirement) for requirement in selected], indent=2))
    else:
        for line in listing(selected):
            click.echo(line)
        click.echo(f"\n{len(selected)} requirements; explain ID tells more about one")
    return ExitCode.CONFORMS if selected else ExitCode.NOTHING_RAN


@cloup.command()
@cloup.argument("requirement_id", metavar="ID", help="A requirement, such as KEY-03.")
def explain(requirement_id: str) -> int:
    """Tell what a requirement asks for, why, and what is often wrong."""
    from ..spec.explain import explanation
    from ..spec.gherkin import requirement_called

    for line in explanation(requirement_called(requirement_id)):
        click.echo(line)
    return ExitCode.CONFORMS


@cloup.command()
@cloup.option("--details", is_flag=True, help="Name the requirements of each edge and path.")
def coverage(details: bool) -> int:  # noqa: FBT001 -- a flag
    """Tell what of the diagrams the requirements cover.

    That is which edges and which prime paths.  Ends with 1 if one is covered by none.
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
