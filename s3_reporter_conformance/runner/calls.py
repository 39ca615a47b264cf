"""Shows single runs of a reporter with all of their calls: `call` and `smoke`."""

from collections.abc import Sequence

import click

from ..adapters.base import Call
from ..reporting.console import Console, Echo
from ..reporting.evidence import printable
from ..reporting.failure import BACKEND
from ..reporting.formats.github import commands_stopped
from ..reporting.observer import Observer
from ..reporting.transcript import call_lines
from ..reporting.wrapping import wrapped
from ..spec.gherkin import all_rules, scenario_called
from ..spec.rules import Scenario
from ..verdict.exit_code import ExitCode
from ..verdict.status import Status
from ..verdict.verdict import Verdict
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
) -> ExitCode:
    """Repeat the calls of a reporter that a run makes, and show them.

    With `whole`, requests, replies, headers, and bodies are not cut.

    Raises:
        UsageError: The reporter does not declare the feature that it belongs to.
    """
    manifest = settings.manifest
    if scenario.feature and scenario.feature not in manifest.features:
        raise UsageError(
            f"{scenario.id} is not run: {manifest.name} does not declare {scenario.feature}; add "
            f"--features {scenario.feature}"
        )
    return _exit_code(_show(settings, [scenario], _Calls(echo, whole=whole), with_kept=True))


def smoke(settings: Settings, echo: Echo = click.echo) -> ExitCode:
    """Make two runs: with nothing configured, and with everything that a reporter needs."""
    scenarios = [scenario_called("neither-region-nor-bucket"), scenario_called("a-json-report")]
    verdict = _show(settings, scenarios, _Calls(echo), with_kept=False)
    if verdict.interrupted:
        return _exit_code(verdict)
    if verdict.broken_runs:
        problem = verdict.broken_runs[0].problem.removeprefix("did not run: ")
        which = "backend" if problem.startswith((BACKEND, "backend error: ")) else "adapter"
        echo(f"\nThe {which} is broken, so there is no verdict on the reporter.")
        return ExitCode.ADAPTER_ERROR
    is_wrong = verdict.exit_code is ExitCode.DOES_NOT_CONFORM
    what = "but the reporter does not conform" if is_wrong else "and both calls went as expected"
    echo(f"\nThe adapter works, {what}. Next:\n  {settings.line('verify', 'REPORTER')}")
    return _exit_code(verdict)


def _exit_code(verdict: Verdict) -> ExitCode:
    # What so few runs cannot judge does not matter.
    has_failed = verdict.wrong or verdict.broken_runs or verdict.interrupted
    return verdict.exit_code if has_failed else ExitCode.CONFORMS


class _Calls(Observer):
    """Shows each call."""

    def __init__(self, echo: Echo, *, whole: bool = False) -> None:
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
        self.echo(printable("\n".join(call_lines(call, exchanges, whole=self._whole))))


def _show(
    settings: Settings, scenarios: Sequence[Scenario], calls: _Calls, *, with_kept: bool
) -> Verdict:
    settings.check()
    session, echo = Session(settings, all_rules(), scenarios, calls), calls.echo
    with commands_stopped(echo):
        verdict = session.run()
        console = Console(echo, settings.line)
        kept = [rule.id for rule in verdict.rules if rule.status is Status.PASSED]
        if with_kept and kept:
            echo(wrapped(f"\nkeeps {', '.join(kept)}"))
        console.broken(verdict, session.run_info.aborted)
        if session.run_info.aborted:
            echo(session.run_info.aborted)
    return verdict
