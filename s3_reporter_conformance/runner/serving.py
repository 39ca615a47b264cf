"""Sets up the situation of one run, again and again, for a program that its user calls: `serve`."""

import json
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from select import select
from typing import Any

import click

from ..adapters.base import Call, Outcome
from ..adapters.command import files_of, outcome_of
from ..adapters.contract import Operation, read_reply, request
from ..reporting.console import Echo
from ..reporting.evidence import printable, requests_of
from ..reporting.failure import explain_findings
from ..reporting.observer import Observer
from ..reporting.transcript import timeline
from ..reporting.wrapping import wrapped
from ..spec.gherkin import all_rules
from ..spec.rules import Scenario
from ..verdict.exit_code import ExitCode
from ..verdict.runs import RunResult
from ..wire.exchange import Exchange
from ..words.errors import AdapterError, UsageError
from .session import Session
from .settings import Settings

# How soon, in seconds, the end of a call is noticed.
_POLL = 0.05
_SCRIPT, _ENDED = "call.sh", "ended"
_READY = '"ready"[[:space:]]*:[[:space:]]*true'
# Standard error goes to the terminal, too; the exit code is not that of `tee`.
_ASK = """\
ask() {
    { (eval "$PROGRAM") <"$1" >"$3"; echo $? >"$3.code"; } 2>&1 | tee "$2" >&2
    cat "$3"; echo
}"""


def serve(settings: Settings, scenario: Scenario, echo: Echo = click.echo) -> ExitCode:
    """Set up the situation of a run, and judge each call that the user makes of a program.

    S3, the wire with its faults, and the credentials stand until the user ends it, at the same
    addresses, and are as new for each call.

    Raises:
        UsageError: The reporter is no program.
    """
    manifest = settings.manifest
    kind, _, program = manifest.adapter.partition(":")
    if settings.reporter == Settings.reporter:
        program = ""
    elif kind != "command":
        debug = settings.line("verify", "REPORTER", "-k", scenario.id, "--in-process")
        raise UsageError(
            f"serve is for a program (command:), and {manifest.name} is {kind}:. To debug it, put "
            f"breakpoint() into it, and run: {debug}"
        )
    features = {*manifest.features, scenario.feature or ""} - {""}
    declared = replace(settings, features=",".join(sorted(features)))
    declared.check()
    user = _User(echo, program, manifest.folder)
    session = Session(declared, all_rules(), [scenario], user, adapter=user, endless=True)
    session.run()
    if user.was_asked:
        return ExitCode.CONFORMS
    echo(session.run_info.aborted or f"{scenario.id} cannot be set up here")
    return ExitCode.ADAPTER_ERROR


class _User(Observer):
    """An adapter that has the user call the program, and tells what came of it."""

    was_asked = False

    def __init__(self, echo: Echo, program: str, folder: Path) -> None:
        self._echo = echo
        self._program = program
        self._folder = folder
        self._requests: Sequence[str] = ()

    def began(self, scenario: Scenario) -> None:
        if not self.was_asked:
            self._echo(click.style(f"{scenario.id}: {scenario.name}", bold=True))

    def open(self) -> None:
        """There is nothing to load."""

    def run(self, call: Call) -> Outcome:
        """Wait until the user has called the program, and read what it replied."""
        script = call.scratch / _SCRIPT
        script.write_text("\n".join([*self._script(call), ""]), encoding="utf-8")
        if not self.was_asked:
            program = "" if self._program else "PROGRAM='…' "
            self._echo("\n".join(_instructions(call, f"{program}sh {shlex.quote(str(script))}")))
        self.was_asked = True
        self._echo("\nReady for a call.")
        _wait(call.scratch / _ENDED)
        return outcome_of(call, lambda operation: _reply(call, operation))

    def called(self, _: Call, exchanges: Sequence[Exchange]) -> None:
        self._requests = list(timeline(requests_of(exchanges, printable)))

    def ran(self, run: RunResult) -> None:
        """Tell what S3 saw, and how the rules judge it."""
        kept = [] if run.problem else [f"keeps {', '.join(run.kept)}"]
        told = ["\nS3 saw", *(self._requests or ["no request"]), "", *explain_findings(run), *kept]
        self._echo(wrapped("\n".join(told)))

    def interrupt(self) -> None:
        """The user ends the program."""

    def close(self) -> None:
        """Nothing was started."""

    def _script(self, call: Call) -> Iterator[str]:
        """A call as ASH Core makes it, in the shell; PROGRAM may be another one."""
        yield f'[ "$PROGRAM" ] || PROGRAM={shlex.quote(self._program)}'
        yield ': "${PROGRAM:?is the command that runs your program: set it}"'
        # An earlier call may still be judged.
        folder, script = (
            shlex.quote(str(each)) for each in (call.scratch.parent, call.scratch / _SCRIPT)
        )
        yield f"while [ -d {folder} ] && {{ [ -e {_end(call)} ] || [ ! -e {script} ]; }}"
        yield "do sleep 0.1; done"
        yield from _variables(call)
        yield f"cd {shlex.quote(str(self._folder))}"
        yield _ASK
        for operation in _operations(call):
            files = files_of(call, operation)
            files[0].write_text(request(call, operation), encoding="utf-8")
            yield shlex.join(["ask", *map(str, files)])
            if operation is Operation.VALIDATE and not call.report_anyway:
                yield f"grep -Eq '{_READY}' {shlex.quote(str(files[-1]))} ||"
                yield f"    {{ : >{_end(call)}; exit; }}"
        yield f": >{_end(call)}"


def _operations(call: Call) -> Sequence[Operation]:
    return [Operation.SCAN] if call.source_dir else [Operation.VALIDATE, Operation.REPORT]


def _end(call: Call) -> str:
    """The file that appears when a call has ended, for the shell."""
    return shlex.quote(str(call.scratch / _ENDED))


def _variables(call: Call) -> Iterator[str]:
    """Lines of the shell that give a program its environment."""
    for name in sorted(os.environ):
        if name.startswith(("AWS_", "ASH_")):
            yield f"unset {name}"
    for name, value in call.environment.items():
        yield f"export {name}={shlex.quote(value)}"


def _instructions(call: Call, line: str) -> Iterator[str]:
    yield "\nThe variables of the program, and no others:\n"
    yield from _variables(call)
    yield "\nThe options, and the folder for the local copy:\n"
    shown = {"options": dict(call.options), "output_dir": str(call.output_dir)}
    yield json.dumps(shown, indent=2, ensure_ascii=False)
    yield "\nThey stay the same.  Call your program as often as you like, in another terminal:\n"
    yield f"  {line}"
    yield "\nEach call is judged as it ends.  PROGRAM='…' before it runs another command, such as"
    yield "one with a debugger.  Enter shows what S3 saw of any other call.  Ctrl-C ends it."


def _wait(end: Path) -> None:
    """Wait until a call has ended, or the user presses Enter."""
    listening = [sys.stdin]
    while not end.exists():
        if select(listening, [], [], _POLL)[0]:
            if sys.stdin.readline():
                return
            # Without a terminal, nobody can.
            listening = []


def _reply(call: Call, operation: Operation) -> Any:
    """Read the reply to an operation.

    Raises:
        AdapterError: There is none, or it is none.
    """
    *_, reply = files_of(call, operation)
    code = reply.with_name(f"{reply.name}.code")
    if not code.exists():
        raise AdapterError(f"no verdict: {_SCRIPT} did not run, so the reply is not known")
    if number := int(code.read_text()):
        raise AdapterError(
            f"the program ended with exit code {number}; expected 0, even on failure"
        )
    return read_reply(reply.read_bytes(), operation)
