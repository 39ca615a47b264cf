"""The commands that run a reporter, or let it be run: verify, smoke, call, serve."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..exploring.options import Exploring
from ..reporting.outputs import Detail, Outputs
from ..runner.selection import Selection
from ..runner.settings import Gates, Settings
from .grouped import GroupedCommand, GroupedOption
from .options import (
    MANIFEST,
    Command,
    Decorator,
    names_beginning,
    with_detail,
    with_exploring,
    with_gates,
    with_outputs,
    with_selection,
    with_settings,
)

if TYPE_CHECKING:
    from ..spec.rules import Scenario

_REPORTER = (
    "The path of a manifest, such as reporter.toml; command:PROGRAM ARGUMENTS, a program in any "
    "language; python:PACKAGE.MODULE:ATTRIBUTE, a class or factory; ash:, the plugin of ASH; "
    "ash-scan:, the whole of ASH; or reference."
)

_option = partial(click.option, cls=GroupedOption, group="Run")


def _a_reporter(**more: Any) -> Decorator:
    # Of all that it can be, a shell can complete just the path of a manifest.
    return click.argument("reporter", help=_REPORTER, type=click.Path(), **more)


def _reporter_here(context: click.Context, _: click.Parameter, given: str | None) -> str:
    """Find a reporter where none is named, and print the title, for what follows takes a while."""
    is_here = MANIFEST.exists()
    reporter = given if given is not None else str(MANIFEST) if is_here else Settings.reporter
    if context.resilient_parsing:
        # A shell completes the command line: nothing may be printed.
        return reporter
    click.echo(f"s3-reporter-conformance {__version__}")
    if given is None and is_here:
        click.echo(f"No reporter is named: this is {MANIFEST} in the current folder.")
    elif given is None:
        click.echo(f"No reporter is named, and there is no {MANIFEST}: this is the reference.")
    return reporter


@click.command(cls=GroupedCommand)
@_a_reporter(required=False, callback=_reporter_here)
@with_settings
@with_selection
@_option("--fail-fast", is_flag=True, help="Stop at the first run that breaks a rule that decides.")
@_option(
    *("-n", "workers"),
    type=click.IntRange(min=0),
    metavar="N",
    help="Make N runs at a time; 0 for one by one, in this process.  "
    "[default: as many as keep the machine busy]",
)
@_option("--no-color", is_flag=True, help="Print no colors, as with NO_COLOR.")
@with_exploring
@with_detail
@with_gates
@with_outputs
@click.pass_context
def verify(  # noqa: PLR0913 -- one parameter for each kind of options
    context: click.Context,
    *,
    settings: Settings,
    selection: Selection,
    exploring: Exploring,
    detail: Detail,
    gates: Gates,
    outputs: Outputs,
    workers: int | None,
    fail_fast: bool,
    no_color: bool,
) -> int:
    """Check whether a reporter conforms.

    Without REPORTER, it verifies reporter.toml of the current folder if there is one, and otherwise
    the bundled reference.
    """
    if settings.backend == "moto":
        from ..backends.moto_process import start_moto

        # It starts while this process imports the rest.
        start_moto()
    # Late, since pytest takes longer to import than `--help` to print.
    from ..runner.verify import verify as run

    if no_color:
        context.color = False
    how: dict[str, Any] = {"workers": workers, "fail_fast": fail_fast, "detail": detail}
    return run(settings, selection, outputs, gates, exploring=exploring, **how).exit_code


@click.command(cls=GroupedCommand)
@_a_reporter(required=False, callback=_reporter_here)
@with_settings
def smoke(*, settings: Settings) -> int:
    """Check that the adapter works.

    Makes two calls, and shows the requests and replies.  Without REPORTER, it takes what verify
    takes.
    """
    from ..runner.calls import smoke as two_calls

    return two_calls(settings)


def _a_run(command: Command) -> Command:
    def complete(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
        from ..spec.gherkin import all_rules, all_scenarios

        runs, rules = all_scenarios(), all_rules()
        return names_beginning(begun, [*(run.id for run in runs), *(rule.id for rule in rules)])

    words = "A run, such as a-json-report, or a rule, such as ERR-02, for its first run."
    argument: Decorator = click.argument("run", metavar="RUN", help=words, shell_complete=complete)
    return argument(command)


def _run_called(name: str) -> "Scenario":
    """The run of a name; tells which one it is if the name is that of a rule."""
    from ..spec.gherkin import scenario_called

    run = scenario_called(name)
    rule = name.upper()
    if run.rule == rule:
        click.echo(f"The first run of {rule} is {run.id}.")
    elif run.id != name.lower():
        click.echo(f"No run stands under {rule}: this is {run.id}, the first one of its file.")
    return run


@click.command(cls=GroupedCommand)
@_a_reporter()
@_a_run
@with_settings
@click.option("--whole", is_flag=True, help="Show whole requests, headers, and bodies.")
def call(*, settings: Settings, run: str, whole: bool) -> int:
    """Repeat the calls of one run.

    Shows the requests to the reporter, its replies, and the requests that S3 saw.
    """
    from ..runner.calls import call as repeat

    return repeat(settings, _run_called(run), whole=whole)


@click.command(cls=GroupedCommand)
@_a_run
@with_settings
def serve(*, settings: Settings, run: str) -> int:
    """Set up the situation of one run, and judge each call that you make.

    Prints how to call your program by hand, such as in a debugger.  The program, the features, and
    the retries are those of reporter.toml in the current folder, if there is one.
    """
    from ..runner.serving import serve as stand

    if MANIFEST.exists():
        settings = replace(settings, reporter=str(MANIFEST))
    else:
        settings = replace(settings, features=settings.features or "")
    return stand(settings, _run_called(run))
