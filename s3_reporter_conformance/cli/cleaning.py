"""The command that deletes what killed runs left at an endpoint."""

import sys
from typing import TYPE_CHECKING

import click
import cloup

from ..runner.settings import Settings
from ..verdict.verdict import ExitCode
from ..words.errors import BackendError, UsageError
from .options import with_backend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..backends.buckets import Leftover


_QUESTION = "Delete the first ones? A run that goes on loses its own."


@cloup.command()
@with_backend
def clean(*, settings: Settings) -> int:
    """Delete the buckets that a killed run left at an endpoint.

    A run deletes its buckets, unless it is killed.  This finds them by their names and their tag,
    lists them, and asks.  It deletes nothing that lacks the suite's tag.
    """
    if not settings.is_endpoint:
        raise UsageError("clean needs --backend http://host:port or https://host:port")
    backend = settings.open_endpoint()
    try:
        found = backend.leftovers()
        ours = [each for each in found if each.owner]
        _show(f"Left by runs at {backend.name}:", ours)
        _show(
            "Named like that, but without the suite's tag or in another region, and left alone:",
            [each for each in found if not each.owner],
        )
        if not ours:
            click.echo(f"Nothing to delete at {backend.name}.")
        elif not (settings.yes or sys.stdin.isatty()):
            raise UsageError("nobody can be asked here: add --yes to agree")
        elif settings.yes or click.confirm(
            f"Delete these {len(ours)}? A run that goes on loses its own."
        ):
            for leftover in ours:
                backend.delete_leftover(leftover)
                click.echo(f"deleted bucket {leftover.name}")
        else:
            click.echo("Nothing is deleted.")
    except BackendError as error:
        click.echo(f"Error: {error}", err=True)
        return ExitCode.ADAPTER_ERROR
    return ExitCode.CONFORMS


def _show(title: str, leftovers: "Sequence[Leftover]") -> None:
    if leftovers:
        click.echo(title)
    for each in leftovers:
        click.echo(f"  bucket {each.name}, made {each.made:%Y-%m-%d %H:%M} UTC")
