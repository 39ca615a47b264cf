"""Shows single runs of a reporter with all of their calls: `call`, `smoke`, and `serve`."""

import json
import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

import click

from ..adapters.base import Call, Outcome
from ..adapters.contract import Operation, request
from ..reporting.console import Console, Echo
from ..reporting.formats.github import commands_stopped
from ..reporting.observer import Observer
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
    return _show(settings, [scenario], _Calls(echo, whole=whole), with_kept=True).exit_code


def smoke(settings: Settings, echo: Echo = click.echo) -> ExitCode:
    """Make two runs: with nothing configured, and with everything that a reporter needs."""
    scenarios = [scenario_called("neither-region-nor-bucket"), scenario_called("a-json-report")]
    verdict = _show(settings, scenarios, _Calls(echo), with_kept=False)
    if verdict.broken_runs:
        echo("\nThe adapter or the backend is broken, so there is no verdict on the reporter.")
        return ExitCode.ADAPTER_ERROR
    if verdict.exit_code is ExitCode.CONFORMS:
        echo("\nThe adapter works, and both calls went as expected. Next:")
        echo(f"  {settings.line('verify', 'REPORTER')}")
    elif verdict.exit_code is ExitCode.DOES_NOT_CONFORM:
        echo("\nThe adapter works, but the reporter does not conform.")
    return verdict.exit_code


def serve(settings: Settings, scenario: Scenario, echo: Echo = click.echo) -> ExitCode:
    """Set up the situation of a run, and wait, while the user calls the reporter.

    S3, the wire with its faults, and the credentials stand until the user ends it.
    """
    features = {*settings.manifest.features, scenario.feature or ""} - {""}
    declared = replace(settings, features=",".join(sorted(features)))
    declared.check()
    kind, _, program = settings.manifest.adapter.partition(":")
    folder = shlex.quote(str(settings.manifest.folder))
    user = _User(echo, f"cd {folder}; {program}" if kind == "command" else "YOUR-PROGRAM")
    session = Session(declared, [], [scenario], user, adapter=user)
    session.run()
    if user.was_asked:
        return ExitCode.CONFORMS
    echo(session.run_info.aborted or f"{scenario.id} cannot be set up here")
    return ExitCode.ADAPTER_ERROR


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
        self.echo("\n".join(call_lines(call, exchanges, whole=self._whole)))


class _User(_Calls):
    """An adapter that asks the user to call the reporter."""

    was_asked = False

    def __init__(self, echo: Echo, program: str) -> None:
        super().__init__(echo)
        self._program = program

    def open(self) -> None:
        """There is nothing to load."""

    def run(self, call: Call) -> Outcome:
        """Show the call of a reporter, and wait."""
        if not self.was_asked:
            self.echo(click.style(self._title, bold=True))
            self.echo("\n".join(_instructions(call, self._program)))
            self.was_asked = True
            try:
                input()
            except EOFError:
                # Without a terminal, until it is ended.
                Event().wait()
        return Outcome(ready=False)

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        if exchanges:
            super().called(call, exchanges)

    def interrupt(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing was started."""


def _show(
    settings: Settings, scenarios: Sequence[Scenario], calls: _Calls, *, with_kept: bool
) -> Verdict:
    settings.check()
    session, echo = Session(settings, all_rules(), scenarios, calls), calls.echo
    with commands_stopped(echo):
        verdict = session.run()
        console = Console(echo, settings.line)
        if with_kept:
            console.kept(verdict)
        console.broken(verdict)
        if session.run_info.aborted:
            echo(session.run_info.aborted)
    return verdict


def _instructions(call: Call, program: str) -> Iterator[str]:
    exports = [
        *(f"unset {name}" for name in sorted(os.environ) if name.startswith(("AWS_", "ASH_"))),
        *(f"export {name}={shlex.quote(value)}" for name, value in call.environment.items()),
    ]
    yield "\nThe variables of the reporter, and no others:\n"
    yield from exports
    yield "\nThe options, and the folder for the local copy:\n"
    shown = {"options": dict(call.options), "output_dir": str(call.output_dir)}
    yield json.dumps(shown, indent=2, ensure_ascii=False)
    yield "\nCall your program, for instance:\n"
    folder = call.scratch.with_name("served")
    folder.mkdir()
    script = folder / "environment.sh"
    script.write_text("\n".join([*exports, ""]))
    operations = [Operation.SCAN] if call.source_dir else [Operation.VALIDATE, Operation.REPORT]
    for operation in operations:
        file = folder / f"{operation.value}.json"
        file.write_text(request(call, operation), encoding="utf-8")
        yield f"  (. {shlex.quote(str(script))}; {program} < {shlex.quote(str(file))})"
    yield "\nEnter shows the requests that S3 saw, and ends it."
