"""Two runs that tell a broken adapter from a reporter that does not conform."""

from collections.abc import Sequence

import click

from ..adapters.base import Call
from ..reporting.console import Echo
from ..reporting.formats.github import commands_stopped
from ..reporting.observer import Observer
from ..reporting.printable import printable
from ..reporting.transcript import call_lines
from ..spec.gherkin import all_rules, scenario_called
from ..spec.rules import Scenario
from ..verdict.runs import RunResult
from ..verdict.status import Status
from ..verdict.verdict import ExitCode
from ..wire.exchange import Exchange
from .session import Session
from .settings import Settings

_RUNS = {
    "neither-region-nor-bucket": "Nothing is configured. The reporter should not be ready.",
    "a-json-report": "Region and bucket are configured. The reporter should upload a report.",
}


def smoke(settings: Settings, echo: Echo = click.echo) -> ExitCode:
    """Make two runs: with nothing configured, and with everything that a reporter needs.

    Args:
        settings: The reporter, and where it is to run.
        echo: Takes the output.

    Returns:
        Whether the reporter answered as expected, did not, or could not be asked.

    Raises:
        UsageError: The settings make no sense.
    """
    settings.check()
    with commands_stopped(echo):
        return _smoke(settings, echo)


def _smoke(settings: Settings, echo: Echo) -> ExitCode:
    scenarios = [scenario_called(name) for name in _RUNS]
    session = Session(settings, all_rules(), scenarios, _Calls(echo))
    verdict = session.run()
    if broken := verdict.broken_runs:
        echo(
            "\nThe adapter or the backend is broken, so there is no verdict on the reporter:\n"
            f"{printable(broken[0].problem)}"
        )
        return ExitCode.ADAPTER_ERROR
    if verdict.exit_code is ExitCode.CONFORMS:
        echo("\nThe adapter works, and both calls went as expected. Next:")
        echo(f"  {settings.line('verify', 'REPORTER')}")
    elif verdict.exit_code is ExitCode.DOES_NOT_CONFORM:
        echo("\nThe adapter works, but the reporter does not conform.")
    return verdict.exit_code


class _Calls(Observer):
    """Shows each call, and its verdict."""

    def __init__(self, echo: Echo) -> None:
        self._echo = echo
        self._number = 0

    def began(self, scenario: Scenario) -> None:
        self._number += 1
        self._echo(f"{self._number}. {_RUNS[scenario.id]}")

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        self._echo("\n".join(call_lines(call, exchanges, whole=False)))

    def ran(self, run: RunResult) -> None:
        if run.status is Status.PASSED:
            self._echo("  -> as expected")
        for finding in run.findings:
            self._echo(printable(f"  -> {finding.rule}: expected {finding.expected}"))
            self._echo(printable(f"     seen {finding.seen}"))
