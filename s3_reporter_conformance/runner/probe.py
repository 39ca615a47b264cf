"""Finding out which extended features a reporter could declare."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
import tomlkit

from ..adapters.registry import OF_TOOLS
from ..reporting.console import Echo
from ..spec.features import extended_features
from ..spec.gherkin import all_rules, all_scenarios
from ..spec.rules import Rule
from ..verdict.status import Status
from ..verdict.verdict import ExitCode, Verdict
from ..words.errors import UsageError
from .session import Session
from .settings import Settings
from .workers import workers_for

_UNTOLD = (Status.ADAPTER_ERROR, Status.NOT_RUN, Status.NOT_INSTALLED, Status.NOT_JUDGED)


def probe_features(
    settings: Settings, *, workers: int | None = None, write: bool = False, echo: Echo = click.echo
) -> ExitCode:
    """Ask a reporter for each feature that it does not declare, one feature after the other.

    Args:
        settings: The reporter, and where it is to run.
        workers: How many processes share the work; `None` for as many as keep the machine busy.
        write: Declare in the manifest what passes.
        echo: Takes what was found.

    Raises:
        UsageError: There is no manifest to write to.
    """
    settings.check()
    manifest = Path(settings.reporter)
    if write and not manifest.is_file():
        raise UsageError(f"--write-features needs a manifest: {settings.reporter} is none")
    declared = settings.manifest.features
    # Whether a program scans is nothing to find out: calling one that does not makes no sense.
    features = sorted(extended_features() - declared - OF_TOOLS)
    workers = workers_for(settings) if workers is None else workers
    found = []
    for feature in features:
        asked = [rule for rule in all_rules() if rule.feature == feature]
        claiming = replace(settings, features=",".join([*declared, feature]))
        scenarios = [each for each in all_scenarios() if each.feature == feature]
        session = Session(claiming, asked, scenarios)
        verdict = session.run(workers)
        if verdict.interrupted:
            return ExitCode.INTERRUPTED
        if session.run_info.aborted:
            echo(session.run_info.aborted)
            return ExitCode.ADAPTER_ERROR
        passed = verdict.exit_code is ExitCode.CONFORMS and verdict.counts[Status.PASSED] > 0
        found += [feature] * passed
        echo(f"  {feature:<24} {'; '.join(_words(verdict, asked, passed=passed))}")
    echo("\n" + _conclusion(found, features))
    if unasked := sorted(OF_TOOLS - declared):
        echo(f"Not asked, since only a whole tool can have it: {', '.join(unasked)}")
    if write and found:
        _declare(manifest, sorted({*declared, *found}))
        echo(f"{manifest} declares them now.")
    elif found and manifest.is_file():
        again = settings.line("verify", "REPORTER", "--probe-features", "--write-features")
        echo(f"To declare them: {again}")
    return ExitCode.CONFORMS


def _words(verdict: Verdict, asked: Sequence[Rule], *, passed: bool) -> Iterator[str]:
    if passed:
        yield "could be declared"
    names = {rule.id for rule in asked}
    for status in (Status.FAILED, *_UNTOLD):
        if ids := [r.id for r in verdict.rules if r.id in names and r.status is status]:
            yield f"{status.words}: {', '.join(ids)}"


def _conclusion(found: Sequence[str], features: Sequence[str]) -> str:
    if not features:
        return "Every feature is declared."
    if not found:
        return "No undeclared feature passes."
    return f"{len(found)} of {len(features)} undeclared features pass: {', '.join(found)}"


def _declare(path: Path, features: Sequence[str]) -> None:
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    document["features"] = list(features)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
