"""The commands about what there is: list, explain, coverage, and the manifest that init writes."""

import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from ..disk.files import write
from ..reporting.wrapping import wrapped
from ..spec.feature_files import extended_features
from ..verdict.exit_code import ExitCode
from ..words.names import count_of, unknown
from .grouped import GroupedCommand
from .options import A_FILE, MANIFEST, names_beginning

# The rules that judge by words whether a text names the cause of an error.
_NAMING_CAUSES = {"ERR-09", "ERR-12"}


@click.command(cls=GroupedCommand)
@click.argument("path", type=A_FILE, default=MANIFEST, help=f"[default: {MANIFEST}]")
@click.option("--adapter", help="How to run the reporter, such as command:./reporter.")
@click.option("--name", help="The display name of the reporter.")
def init(path: Path, adapter: str | None, name: str | None) -> int:
    """Write a manifest with comments to fill in."""
    from ..adapters.manifest_template import manifest_template
    from ..adapters.registry import check_adapter

    if adapter is not None:
        check_adapter(adapter, f"--adapter {adapter!r}")
    write(path, manifest_template(adapter, name), "x")
    missing = "" if adapter else " Enter in it how to run your reporter, then check that it runs"
    click.echo(f"Wrote {path}.{missing or ' Check that the reporter runs'}:")
    click.echo(f"  s3-reporter-conformance smoke {shlex.quote(str(path))}")
    return ExitCode.CONFORMS


@click.command("list", cls=GroupedCommand)
@click.option("--runs", is_flag=True, help="List the runs instead.")
def list_rules(*, runs: bool) -> int:
    """List the rules, or the runs."""
    from ..spec.explain import listing
    from ..spec.gherkin import all_rules, all_scenarios

    parts = all_scenarios() if runs else all_rules()
    hint = "'call REPORTER RUN' makes one" if runs else "'explain ID' explains one"
    click.echo("\n".join(listing(parts)))
    click.echo(f"\n{count_of(len(parts), 'run' if runs else 'rule')}; {hint}")
    return ExitCode.CONFORMS


def _print(lines: Iterable[str]) -> None:
    click.echo(wrapped("\n".join(lines)))


def _explained() -> list[str]:
    from ..spec.gherkin import all_rules, all_scenarios

    rules, runs = ([each.id for each in parts] for parts in (all_rules(), all_scenarios()))
    return [*sorted(extended_features()), *rules, *runs]


@click.command(cls=GroupedCommand)
@click.argument(
    "name",
    metavar="ID",
    help="A rule, a feature, or a run: KEY-03, retry-options, pair-05.",
    shell_complete=lambda *typed: names_beginning(typed[-1], _explained()),
)
def explain(name: str) -> int:
    """Explain a rule, a feature, or a run.

    Prints a rule as it stands in its feature file, with its node, its interpretations, and its
    runs.
    """
    from ..spec.explain import explanation, feature_explanation, run_explanation
    from ..spec.gherkin import rule_called, scenario_called

    found = {each.lower(): each for each in _explained()}.get(name.lower())
    if found is None:
        raise unknown("rule, feature, or run", name, _explained())
    if found in extended_features():
        lines = [*feature_explanation(found)]
    elif found.isupper():
        lines = [*explanation(rule_called(found))]
    else:
        lines = [*run_explanation(scenario_called(found))]
    *most, last = lines
    _print(most)
    if found in _NAMING_CAUSES:
        from ..judging.error_wording import accepted

        # To be copied, so in one piece each.
        click.echo("\n".join(accepted()))
    _print([last])
    return ExitCode.CONFORMS


@click.command(cls=GroupedCommand)
@click.argument(
    "report",
    type=A_FILE,
    required=False,
    help="A conformance report.  [default: that of the reference]",
)
@click.option("--details", is_flag=True, help="List the runs of each edge and path.")
def coverage(report: Path | None, *, details: bool) -> int:
    """Show how much of the diagrams the runs of a reporter cover.

    Exits with 1 if no run takes an edge or a prime path.
    """
    from ..spec.coverage import RunRoutes, walks_of_the_reference
    from ..spec.coverage import coverage as coverage_of
    from ..spec.explain import coverage_lines

    runs: RunRoutes
    if report:
        from ..reporting.report_files import read_report

        runs = {run.id: run.paths for run in read_report(report).runs}
    else:
        runs = walks_of_the_reference()
    covered = coverage_of(runs)
    _print(coverage_lines(covered, details=details))
    complete = all(each.complete for each in covered)
    click.echo("\nEvery edge and every prime path is covered." if complete else "\nNot complete.")
    return ExitCode.CONFORMS if complete else ExitCode.DOES_NOT_CONFORM
