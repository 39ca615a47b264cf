"""The command that deletes what killed runs left at an endpoint."""

import sys
from typing import TYPE_CHECKING

import click

from ..runner.settings import Settings
from ..verdict.exit_code import ExitCode
from ..words.errors import BackendError, UsageError
from .grouped import GroupedCommand
from .options import with_backend

if TYPE_CHECKING:
    from ..backends.any_endpoint import EndpointBackend


@click.command(cls=GroupedCommand)
@with_backend
def clean(*, settings: Settings) -> int:
    """Delete the buckets that a killed run left at an endpoint.

    A run deletes its buckets, unless it is killed.  This finds them by their names and their tag,
    lists them, and asks.  It deletes nothing that lacks the suite's tag.
    """
    if not settings.is_endpoint:
        raise UsageError("clean needs --backend http://host:port or https://host:port")
    from ..backends.sdk_environment import without_settings_of_the_user

    backend = settings.open_endpoint()
    try:
        with without_settings_of_the_user():
            _clean(backend, agreed=settings.yes)
    except BackendError as error:
        click.echo(f"Error: {error}", err=True)
        return ExitCode.ADAPTER_ERROR
    return ExitCode.CONFORMS


def _clean(backend: "EndpointBackend", *, agreed: bool) -> None:
    ours = []
    for each in backend.leftovers():
        alone = "" if each.has_tag else "; left alone: no tag of the suite can be seen"
        click.echo(f"bucket {each.name}, made {each.made:%Y-%m-%d %H:%M} UTC{alone}")
        ours += [each.name] * each.has_tag
    if not ours:
        click.echo(f"Nothing to delete at {backend.name}.")
    elif not (agreed or sys.stdin.isatty()):
        raise UsageError("nobody can be asked here: add --yes to agree")
    elif agreed or click.confirm(f"Delete these {len(ours)}? A run that goes on loses its own."):
        for name in ours:
            backend.delete_bucket(name)
            click.echo(f"deleted bucket {name}")
    else:
        click.echo("Nothing is deleted.")
