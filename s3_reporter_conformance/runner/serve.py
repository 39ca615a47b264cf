"""Sets up the situation of one run and leaves it standing, for a debugger in any language."""

import json
import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
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

Wait = Callable[[], None]
"""Returns when the user wants to start over; raises `KeyboardInterrupt` when that is the end."""


def serve(
    settings: Settings,
    scenario: Scenario,
    *,
    echo: Echo = click.echo,
    wait: Wait | None = None,
) -> ExitCode:
    """Set up the situation of a run, and wait, while the user calls the reporter.

    S3, the wire with its faults, and the credentials stand until the user starts over, or ends it.

    Args:
        settings: Where it is to run, and what the reporter declares; the suite does not run it.
        scenario: The scenario of the run.
        echo: Takes what the user needs to call the reporter.
        wait: Waits for the user.
    """
    features = {*settings.manifest.features, scenario.feature or ""} - {""}
    declared = replace(settings, features=",".join(sorted(features)))
    declared.check()
    while True:
        served = _InItsPlace(echo, wait or _for_enter)
        session = Session(declared, [], [scenario], served, adapter=served)
        verdict = session.run()
        if verdict.interrupted:
            return ExitCode.CONFORMS
        if not served.done:
            echo(session.run_info.aborted or f"{scenario.id} cannot be set up here")
            return ExitCode.ADAPTER_ERROR


class _InItsPlace(Observer):
    """An adapter that calls nothing: the user does."""

    def __init__(self, echo: Echo, wait: Wait) -> None:
        self.done = False
        self._echo = echo
        self._wait = wait
        self._title = ""

    def began(self, scenario: Scenario) -> None:
        self._title = f"{scenario.id}: {scenario.name}"

    def open(self) -> None:
        """There is nothing to load."""

    def run(self, call: Call) -> Outcome:
        """Say what a reporter would be called with, and wait."""
        if not self.done:
            self._echo(click.style(self._title, bold=True))
            self._echo("\n".join(_instructions(call)))
            self._wait()
            self.done = True
        return Outcome(ready=False)

    def called(self, call: Call, exchanges: Sequence[Exchange]) -> None:
        """Show what S3 saw meanwhile."""
        if exchanges:
            self._echo("\n".join(call_lines(call, exchanges, whole=False)))

    def interrupt(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing was started."""


def _instructions(call: Call) -> Iterator[str]:
    yield "\nThe variables of the reporter, and no others:\n"
    exports = [
        *(f"unset {name}" for name in sorted(os.environ) if _disturbs(name, call)),
        *(f"export {name}={shlex.quote(value)}" for name, value in call.environment.items()),
    ]
    yield from exports
    folder = call.scratch.with_name("served")
    folder.mkdir()
    script = folder / "environment.sh"
    script.write_text("\n".join([*exports, ""]))
    files = list(_requests(call, folder))
    yield "\nThe options, and the folder for the local copy:\n"
    shown = {"options": dict(call.options), "output_dir": str(call.output_dir)}
    yield json.dumps(shown, indent=2, ensure_ascii=False)
    yield "\nCall your program, for instance:\n"
    for file in files:
        yield f"  (. {shlex.quote(str(script))}; YOUR-PROGRAM < {shlex.quote(str(file))})"
    yield "\nEnter starts over with new buckets and faults; Ctrl-C ends it."


def _disturbs(name: str, call: Call) -> bool:
    return name.startswith(("AWS_", "ASH_")) and name not in call.environment


def _requests(call: Call, folder: Path) -> Iterator[Path]:
    operations = [Operation.SCAN] if call.source_dir else [Operation.VALIDATE, Operation.REPORT]
    for operation in operations:
        path = folder / f"{operation.value}.json"
        path.write_text(request(call, operation), encoding="utf-8")
        yield path


def _for_enter() -> None:
    try:
        input()
    except EOFError:
        # Without a terminal, until it is ended.
        Event().wait()
