"""AWS accounts: the question before they are used, and the command that deletes what is left."""

import sys
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
import cloup

from ..runner.settings import Settings
from ..verdict.verdict import ExitCode
from ..words.errors import BackendError, UsageError
from .options import Command, with_backend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..backends.leftovers import Leftover


def asking(command: Command) -> Command:
    """Ask before a command makes anything in an AWS account, and show what it costs."""

    @wraps(command)
    def asked(*context: click.Context, settings: Settings, **given: Any) -> int:
        return command(*context, settings=_agreed(settings), **given)

    return asked


@cloup.command()
@with_backend
def clean(*, settings: Settings) -> int:
    """Delete what a killed run left in an S3 API.

    A run deletes its buckets and queues, unless it is killed.  This finds them by their names and
    their tags at an endpoint or in an AWS account, lists them, and asks.  It deletes nothing that
    lacks the suite's tag.
    """
    from ..backends.registry import open_endpoint

    if settings.backend != "aws" and "://" not in settings.backend:
        raise UsageError("clean needs --backend aws, http://host:port, or https://host:port")
    # Nothing is made, so nothing has to be agreed to.
    options = replace(settings.endpoint_options, agreed=True)
    backend = open_endpoint(settings.backend, options)
    try:
        found = backend.leftovers()
        ours = [each for each in found if each.is_tagged]
        _show(f"Left by runs at {backend.name}:", ours)
        _show(
            "Named like that, but without the suite's tag or in another region, and left alone:",
            [each for each in found if not each.is_tagged],
        )
        if not ours:
            click.echo(f"Nothing to delete at {backend.name}.")
            return ExitCode.CONFORMS
        if not _is_agreed(settings, f"Delete these {len(ours)}? A run that goes on loses its own."):
            click.echo("Nothing is deleted.")
            return ExitCode.CONFORMS
        for leftover in ours:
            backend.delete_leftover(leftover)
            click.echo(f"deleted {leftover.kind} {leftover.name}")
    except BackendError as error:
        click.echo(f"Error: {error}", err=True)
        return ExitCode.ADAPTER_ERROR
    return ExitCode.CONFORMS


def _agreed(settings: Settings) -> Settings:
    if settings.backend != "aws":
        return settings
    from ..backends.amazon import open_amazon
    from ..backends.costs import plan
    from ..spec.gherkin import all_scenarios

    agreed = replace(settings, yes=True)
    agreed.check()
    backend = open_amazon(agreed.endpoint_options)
    try:
        lines = plan(backend, len(all_scenarios()))
        click.echo("\n".join(lines))
    except BackendError as error:
        raise UsageError(str(error)) from error
    if not _is_agreed(settings, "Go on?"):
        raise UsageError("nothing was run: the answer was no")
    return agreed


def _is_agreed(settings: Settings, question: str) -> bool:
    if settings.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("nobody can be asked here: add --yes to agree")
    return click.confirm(question)


def _show(title: str, leftovers: "Sequence[Leftover]") -> None:
    if leftovers:
        click.echo(title)
    for each in leftovers:
        region = f", in {each.region}" if each.region else ""
        click.echo(f"  {each.kind} {each.name}, made {each.made:%Y-%m-%d %H:%M} UTC{region}")
