"""Shows single runs of a reporter with all of their calls: `call` and `smoke`."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from ..adapters.base import Call
from ..reporting.console import Console, Echo
from ..reporting.formats.github import commands_stopped
from ..reporting.observer import Observer
from ..reporting.outputs import Detail
from ..reporting.transcript import call_lines
from ..spec.gherkin import all_rules, scenario_called
from ..spec.rules import Scenario
from ..verdict.verdict import ExitCode, Verdict
from ..wire.exchange import Exchange
from ..words.errors import UsageError
from .session import Session
from .settings import Settings


def call(
    settings: Settings,
    scenario: Scenario,
    echo: Echo = click.echo,
    *,
    whole: bool = False,
    keep: bool = False,
) -> ExitCode:
    """Repeat the calls of a reporter that a run makes, and show them.

    With `whole`, requests, replies, headers, and bodies are not cut.  With `keep`, a copy of each
    call's folder is left: requests and replies, HOME, the output.

    Raises:
        UsageError: The reporter does not declare the feature that it belongs to.
    """
    manifest = settings.manifest
    if scenario.feature and scenario.feature not in manifest.features:
        raise UsageError(
            f"{scenario.id} is not run: {manifest.name} does not declare {scenario.feature}; add "
            f"--features {scenario.feature}"
        )
    kept = Path(tempfile.mkdtemp(prefix="s3-reporter-conformance-kept-")) if keep else None
    return _show(settings, [scenario], _Calls(echo, kept, whole=whole), Detail()).exit_code


def smoke(settings: Settings, echo: Echo = click.echo) -> ExitCode:
    """Make two runs: with nothing configured, and with everything that a reporter needs."""
    scenarios = [scenario_called("neither-region-nor-bucket"), scenario_called("a-json-report")]
    verdict = _show(settings, scenarios, _Calls(echo), Detail(quiet=True))
    if verdict.broken_runs:
        echo("\nThe adapter or the backend is broken, so there is no verdict on the reporter.")
        return ExitCode.ADAPTER_ERROR
    if verdict.exit_code is ExitCode.CONFORMS:
        echo("\nThe adapter works, and both calls went as expected. Next:")
        echo(f"  {settings.line('verify', 'REPORTER')}")
    elif verdict.exit_code is ExitCode.DOES_NOT_CONFORM:
        echo("\nThe adapter works, but the reporter does not conform.")
    return verdict.exit_code


class _Calls(Observer):
    """Shows each call, and keeps its folder if wanted."""

    def __init__(self, echo: Echo, kept: Path | None = None, *, whole: bool = False) -> None:
        self.kept = kept
        self.echo = echo
        self._whole = whole
        self._title = ""
        self._calls = 0

    def began(self, scenario: Scenario) -> None:
        self._title = f"{scenario.id}: {scenario.name}"
        self._calls = 0

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        self._calls += 1
        self.echo(click.style(f"\n{self._title}, call {self._calls}", bold=True))
        self.echo("\n".join(call_lines(call, exchanges, whole=self._whole)))
        if self.kept:
            folder = self.kept / str(sum(1 for _ in self.kept.iterdir()) + 1)
            # Links as they are: a reporter may have made one that leads nowhere.
            shutil.copytree(call.scratch.parent, folder, symlinks=True)
            self.echo(f"  {'kept in':<12}{folder}")


def _show(
    settings: Settings, scenarios: Sequence[Scenario], calls: _Calls, detail: Detail
) -> Verdict:
    settings.check()
    session, echo = Session(settings, all_rules(), scenarios, calls), calls.echo
    with commands_stopped(echo):
        verdict = session.run()
        Console(echo, settings.line, detail).judged(verdict)
        if session.run_info.aborted:
            echo(session.run_info.aborted)
    if calls.kept:
        again = settings.line("call", "REPORTER", scenarios[0].id)
        echo(f"To repeat it with the same names and keys: {again} --seed={session.run_info.seed}")
    return verdict
