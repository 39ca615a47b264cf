"""Repeating the calls of a reporter that one requirement makes."""

import click

from ..errors import UsageError
from ..reporting.console import Console, Echo
from ..spec.requirements import Requirement
from ..verdict.verdict import ExitCode
from .session import Session
from .settings import Settings


def call(settings: Settings, requirement: Requirement, echo: Echo = click.echo) -> ExitCode:
    """Repeat the calls of a reporter that a requirement makes, and show what goes to and fro.

    Args:
        settings: The reporter, and where it is to run.
        requirement: The requirement.
        echo: Takes what became of it.  The calls themselves go to standard output.

    Raises:
        UsageError: The reporter does not declare the feature that it belongs to.
    """
    settings.check()
    manifest = settings.manifest
    if requirement.feature and requirement.feature not in manifest.features:
        raise UsageError(
            f"{requirement.id} is not asked: {manifest.name} does not declare {requirement.feature}"
        )
    session = Session(settings, [requirement], Console(echo, settings.line))
    verdict = session.run(["--show-calls", "-k", requirement.id])
    if session.run_info.aborted:
        echo(session.run_info.aborted)
    return verdict.exit_code
