"""The command line."""

import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from . import __version__
from .errors import UsageError
from .reporters import DEFAULT_TIMEOUT
from .reporters.manifest import EXTENDED_FEATURES, Jitter, Manifest, find_reporter
from .verdict import ExitCode


class _Group(click.Group):
    """Ends with this suite's own exit codes where click or Python would end with theirs."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run, and say in a sentence why it could not."""
        try:
            sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}))
        except click.ClickException as error:
            error.show()
            sys.exit(ExitCode.USAGE_ERROR)
        except UsageError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(ExitCode.USAGE_ERROR)
        except click.Abort:
            click.echo("Interrupted: nothing can be said of the reporter.", err=True)
            sys.exit(ExitCode.ADAPTER_ERROR)
        except Exception as error:  # noqa: BLE001 -- a crash must not look like a verdict: exit code 1
            frame = traceback.extract_tb(error.__traceback__)[-1]
            click.echo(
                "Error: the suite itself failed, which says nothing of the reporter; please report "
                f"this: {type(error).__name__}: {error} ({frame.filename}, line {frame.lineno})",
                err=True,
            )
            sys.exit(ExitCode.ADAPTER_ERROR)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="s3-reporter-conformance")
def main() -> None:
    r"""Tell whether an S3 reporter does what the diagrams say.

    \b
    Exit codes:
      0  the reporter conforms
      1  it does not
      3  the adapter or the backend broke: nothing can be said
      4  the command line is wrong
      5  nothing was run
    """


@main.command()
@click.argument("reporter", default="reference")
@click.option("--backend", default="moto", show_default=True, help="Where the S3 API comes from.")
@click.option("--features", metavar="A,B", help="The extended features that the reporter declares.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="How long one call of the reporter may take.",
)
@click.option(
    "--max-retries",
    type=click.IntRange(min=0),
    default=Manifest.max_retries,
    show_default=True,
    help="How often the reporter retries where nothing is configured.",
)
@click.option(
    "--jitter",
    type=click.Choice([each.value for each in Jitter]),
    default=Jitter.NONE.value,
    show_default=True,
    help="How the reporter spreads its waits between retries.",
)
@click.option("-k", "keyword", metavar="EXPRESSION", help="Run only matching ids, as pytest's -k.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the conformance report, JSON, to this file.",
)
def verify(  # noqa: PLR0913, PLR0917 -- one parameter for each flag
    reporter: str,
    backend: str,
    features: str | None,
    timeout: float,
    max_retries: int,
    jitter: str,
    keyword: str | None,
    report_file: Path | None,
) -> int:
    """Run the suite against REPORTER and say whether it conforms.

    REPORTER is `reference`, the default, or `python:package.module:Attribute`: a class or factory,
    called with the options and the output folder, whose objects have `validate()` and
    `report(results)`.
    """
    # Late, since pytest takes longer to import than `--help` to print.
    from .backends import check_backend
    from .console import Console
    from .report import check_writable, report_of, write_report
    from .requirements import all_requirements
    from .session import Session

    manifest = find_reporter(reporter, features, max_retries, jitter)
    check_backend(backend)
    if report_file:
        check_writable(report_file)
    requirements = all_requirements()
    console = Console(requirements)
    console.start(manifest, backend)
    session = Session(requirements, console.result)
    arguments = [
        f"--reporter={reporter}",
        f"--backend={backend}",
        f"--reporter-timeout={timeout}",
        f"--max-retries={max_retries}",
        f"--jitter={jitter}",
    ]
    if features is not None:
        arguments.append(f"--reporter-features={features}")
    if keyword:
        arguments += ["-k", keyword]
    verdict = session.run(arguments)
    console.summary(verdict, session.breakdown, session.backend)
    if report_file:
        write_report(report_of(verdict, manifest, session.backend or backend), report_file)
    return verdict.exit_code


@main.command("list")
@click.option("--level", type=click.Choice(["core", "extended"]), help="Only these.")
@click.option("--feature", metavar="FEATURE", help="Only those of an extended feature.")
@click.option("--diagram", metavar="DIAGRAM", help="Only those that follow a diagram.")
def list_requirements(level: str | None, feature: str | None, diagram: str | None) -> int:
    """List the requirements."""
    from .diagrams import all_diagrams
    from .explanation import listing
    from .requirements import all_requirements

    _expect_known("feature", feature, EXTENDED_FEATURES)
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


@main.command()
@click.argument("requirement_id", metavar="ID")
def explain(requirement_id: str) -> int:
    """Tell what a requirement asks for, why, and what is often wrong."""
    from .explanation import explanation
    from .requirements import all_requirements

    requirements = {requirement.id: requirement for requirement in all_requirements()}
    name = requirement_id.upper()
    if name not in requirements:
        raise UsageError(f"there is no requirement {requirement_id}: 'list' shows those there are")
    for line in explanation(requirements[name]):
        click.echo(line)
    return ExitCode.CONFORMS


@main.command("coverage")
@click.option("--details", is_flag=True, help="Name the requirements of each edge and path.")
def show_coverage(details: bool) -> int:  # noqa: FBT001 -- a flag
    """Tell which edges and prime paths of the diagrams the requirements cover.

    Ends with 1 if one is covered by none.
    """
    from .coverage import coverage
    from .explanation import coverage_lines
    from .requirements import all_requirements

    covered = coverage(all_requirements())
    for line in coverage_lines(covered, details=details):
        click.echo(line)
    complete = all(each.complete for each in covered)
    click.echo("\nEvery edge and every prime path is covered." if complete else "\nNot complete.")
    return ExitCode.CONFORMS if complete else ExitCode.DOES_NOT_CONFORM


def _expect_known(what: str, name: str | None, known: Iterable[str]) -> None:
    if name is not None and name not in known:
        raise UsageError(f"there is no {what} {name}: there are {', '.join(sorted(known))}")
