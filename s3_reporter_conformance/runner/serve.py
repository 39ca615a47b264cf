"""Sets up the situation of one run and leaves it standing, for a debugger in any language."""

import json
import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

import click

from ..adapters.base import Call, Outcome
from ..adapters.contract import Operation, request
from ..reporting.console import Echo
from ..reporting.observer import Observer
from ..reporting.transcript import call_lines
from ..spec.rules import Scenario
from ..verdict.verdict import ExitCode
from ..wire.exchange import Exchange
from .session import Session
from .settings import Settings


def serve(settings: Settings, scenario: Scenario, echo: Echo = click.echo) -> ExitCode:
    """Set up the situation of a run, and wait, while the user calls the reporter.

    S3, the wire with its faults, and the credentials stand until the user starts over, or ends it.
    """
    features = {*settings.manifest.features, scenario.feature or ""} - {""}
    declared = replace(settings, features=",".join(sorted(features)))
    declared.check()
    while True:
        user = _User(scenario, echo)
        session = Session(declared, [], [scenario], user, adapter=user)
        verdict = session.run()
        if verdict.interrupted:
            return ExitCode.CONFORMS
        if not user.was_asked:
            echo(session.run_info.aborted or f"{scenario.id} cannot be set up here")
            return ExitCode.ADAPTER_ERROR


class _User(Observer):
    """An adapter that asks the user to call the reporter."""

    def __init__(self, scenario: Scenario, echo: Echo) -> None:
        self.was_asked = False
        self._scenario = scenario
        self._echo = echo

    def open(self) -> None:
        """There is nothing to load."""

    def run(self, call: Call) -> Outcome:
        """Show the call of a reporter, and wait."""
        if not self.was_asked:
            title = f"{self._scenario.id}: {self._scenario.name}"
            self._echo("\n".join([click.style(title, bold=True), *_instructions(call)]))
            _wait_for_enter()
            self.was_asked = True
        return Outcome(ready=False)

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        if exchanges:
            self._echo("\n".join(call_lines(call, exchanges, whole=False)))

    def interrupt(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing was started."""


def _instructions(call: Call) -> Iterator[str]:
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
        yield f"  (. {shlex.quote(str(script))}; YOUR-PROGRAM < {shlex.quote(str(file))})"
    yield "\nEnter starts over with new buckets and faults; Ctrl-C ends it."


def _wait_for_enter() -> None:
    try:
        input()
    except EOFError:
        # Without a terminal, until it is ended.
        Event().wait()
