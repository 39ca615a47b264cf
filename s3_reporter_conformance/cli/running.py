"""The commands that run a reporter: verify, smoke, call."""

from pathlib import Path

import click

from ..reporting.outputs import Outputs
from ..runner.concurrency import automatic_workers
from ..runner.selection import Selection
from ..runner.settings import Settings
from .options import file_option, with_outputs, with_selection, with_settings


def _number_of_workers(_: click.Context, __: click.Parameter, given: str | None) -> int | None:
    if given is None:
        return None
    if given == "auto":
        return automatic_workers()
    if given.isdecimal():
        return int(given)
    raise click.BadParameter(f"{given} is neither a number of processes nor auto")


@click.command()
@click.argument("reporter", default=Settings.reporter)
@with_settings
@with_selection
@click.option("--fail-fast", is_flag=True, help="Stop at the first requirement that fails.")
@click.option(
    "-n",
    "workers",
    metavar="N",
    callback=_number_of_workers,
    help="Share the work among so many processes; 0 for this one alone.  [default: auto]",
)
@click.option("--quiet", is_flag=True, help="Say nothing of what passes.")
@click.option("--no-color", is_flag=True, help="Print no colors, as with NO_COLOR.")
@file_option("--known-deviations", help="What the reporter is known to miss, TOML.")
@click.option(
    "--update-known-deviations",
    "update",
    is_flag=True,
    help="Add what failed to that file, and take out what passed.",
)
@file_option(
    "--baseline", help="An earlier report; end with 1 only if something is worse than in it."
)
@with_outputs
@click.pass_context
def verify(  # noqa: PLR0913 -- one parameter for each flag
    context: click.Context,
    *,
    settings: Settings,
    selection: Selection,
    outputs: Outputs,
    known_deviations: Path | None,
    update: bool,
    baseline: Path | None,
    workers: int | None,
    fail_fast: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Run the suite against REPORTER and say whether it conforms.

    REPORTER is `reference`, the default; `python:package.module:Attribute`, a class or factory;
    `command:program arguments`, a program in any language; `ash:`, the plugin of ASH; or the path
    of a manifest, such as reporter.toml.
    """
    # Late, since pytest takes longer to import than `--help` to print.
    from ..runner.verify import Gates
    from ..runner.verify import verify as run

    if no_color:
        context.color = False
    done = run(
        settings,
        selection,
        outputs,
        Gates(known_deviations, update, baseline),
        workers=workers,
        fail_fast=fail_fast,
        quiet=quiet,
    )
    return done.exit_code


@click.command()
@click.argument("reporter")
@with_settings
def smoke(*, settings: Settings) -> int:
    """Tell whether REPORTER can be asked at all: two calls, with what was sent and what came."""
    from ..runner.smoke import smoke as two_calls

    return two_calls(settings)


@click.command()
@click.argument("reporter")
@click.argument("requirement_id", metavar="ID")
@with_settings
def call(*, settings: Settings, requirement_id: str) -> int:
    """Repeat the calls of REPORTER that the requirement ID makes, and show what went to and fro."""
    from ..runner.call import call as repeat
    from ..spec.gherkin import requirement_called

    return repeat(settings, requirement_called(requirement_id))
