"""The commands about what there is: list, explain, coverage, and the manifest that init writes."""

import json
import shlex
from pathlib import Path

import click
import cloup

from ..files import write_new
from ..names import count_of, unknown
from ..verdict.verdict import ExitCode
from . import completing
from .options import A_FILE, LEVELS, MANIFEST


@cloup.command()
@cloup.argument("path", type=A_FILE, default=MANIFEST, help=f"[default: {MANIFEST}]")
@cloup.option("--adapter", help="How to run the reporter, such as command:./reporter.")
@cloup.option("--name", help="The display name of the reporter.")
def init(path: Path, adapter: str | None, name: str | None) -> int:
    """Write a manifest with comments to fill in."""
    from ..adapters.registry import check_adapter
    from ..adapters.template import check_name, manifest_template

    if adapter is not None:
        check_adapter(adapter, f"--adapter {adapter!r}")
    if name is not None:
        check_name(name)
    write_new(path, manifest_template(adapter, name))
    missing = "" if adapter else " Enter in it how to run your reporter, then check that it runs"
    click.echo(f"Wrote {path}.{missing or ' Check that the reporter runs'}:")
    click.echo(f"  s3-reporter-conformance smoke {shlex.quote(str(path))}")
    return ExitCode.CONFORMS


@cloup.command("list")
@cloup.option("--level", type=LEVELS, help="List only this level.")
@cloup.option(
    "--feature",
    metavar="FEATURE",
    help="List only those of this extended feature.",
    shell_complete=completing.features,
)
@cloup.option(
    "--diagram",
    metavar="DIAGRAM",
    help="List only those on this diagram.",
    shell_complete=completing.diagrams,
)
@cloup.option("--json", "as_json", is_flag=True, help="Print JSON.")
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
        click.echo(f"\n{count_of(len(selected), 'requirement')}; 'explain ID' explains one")
    return ExitCode.CONFORMS if selected else ExitCode.NOTHING_RAN


@cloup.command()
@cloup.argument(
    "name",
    metavar="ID",
    help="A requirement or a feature: KEY-03, retry-options.",
    shell_complete=completing.requirements_or_features,
)
def explain(name: str) -> int:
    """Explain a requirement, or what a feature asks for.

    Of a requirement, shows its scenario, its path, its interpretations, and common mistakes.
    """
    from ..spec.explain import explanation, feature_explanation
    from ..spec.features import extended_features
    from ..spec.gherkin import all_requirements

    by_id = {requirement.id: requirement for requirement in all_requirements()}
    feature = name.lower().replace("_", "-")
    if feature in extended_features():
        lines = feature_explanation(feature)
    elif requirement := by_id.get(name.upper()):
        lines = explanation(requirement)
    else:
        raise unknown("requirement or feature", name, {*by_id, *extended_features()})
    for line in lines:
        click.echo(line)
    return ExitCode.CONFORMS


@cloup.command()
@cloup.option("--details", is_flag=True, help="List the requirements of each edge and path.")
def coverage(details: bool) -> int:  # noqa: FBT001 -- a flag
    """Show how much of the diagrams the requirements cover.

    Exits with 1 if no requirement covers an edge or a prime path.
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
