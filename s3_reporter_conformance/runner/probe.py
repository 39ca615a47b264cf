"""Finds extended features that a reporter could declare."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import tomlkit

from ..adapters.registry import OF_TOOLS
from ..reporting.console import Echo
from ..spec.features import extended_features
from ..spec.gherkin import all_rules, all_scenarios
from ..verdict.status import Status
from ..verdict.verdict import ExitCode, Verdict
from ..words.errors import UsageError
from .session import Session
from .settings import Settings
from .workers import workers_for

_UNDECIDED = (Status.ADAPTER_ERROR, Status.NOT_RUN, Status.NOT_INSTALLED, Status.NOT_JUDGED)


def probe_features(
    settings: Settings, *, workers: int | None = None, write: bool = False, echo: Echo = click.echo
) -> ExitCode:
    """Judge a reporter by the rules of each feature that it does not declare.

    With `write`, declare in the manifest what passes.

    Raises:
        UsageError: There is no manifest to write to.
    """
    settings.check()
    manifest = Path(settings.reporter)
    if write and not manifest.is_file():
        raise UsageError(f"--write-features needs a manifest: {settings.reporter} is none")
    declared = settings.manifest.features
    workers = workers_for(settings) if workers is None else workers
    # Whether a program scans is nothing to find out: calling one that does not makes no sense.
    features = sorted(extended_features() - declared - OF_TOOLS)
    found = []
    for feature in features:
        session = Session(
            replace(settings, features=",".join([*declared, feature])),
            [rule for rule in all_rules() if rule.feature == feature],
            [scenario for scenario in all_scenarios() if scenario.feature == feature],
        )
        verdict = session.run(workers)
        if verdict.interrupted:
            return ExitCode.INTERRUPTED
        if session.run_info.aborted:
            echo(session.run_info.aborted)
            return ExitCode.ADAPTER_ERROR
        if verdict.exit_code is ExitCode.CONFORMS and verdict.counts[Status.PASSED]:
            found.append(feature)
            echo(f"  {feature:<24} could be declared")
        else:
            echo(f"  {feature:<24} {'; '.join(_reasons(verdict, feature))}")
    names = ", ".join(found) or "none"
    echo(f"\n{len(found)} of {len(features)} undeclared features pass: {names}")
    if write and found:
        document = tomlkit.parse(manifest.read_text(encoding="utf-8"))
        document["features"] = sorted({*declared, *found})
        manifest.write_text(tomlkit.dumps(document), encoding="utf-8")
        echo(f"{manifest} declares them now.")
    elif found and manifest.is_file():
        again = settings.line("verify", "REPORTER", "--probe-features", "--write-features")
        echo(f"To declare them: {again}")
    return ExitCode.CONFORMS


def _reasons(verdict: Verdict, feature: str) -> Iterator[str]:
    for status in (Status.FAILED, *_UNDECIDED):
        rules = [each for each in verdict.rules if each.feature == feature]
        if ids := [rule.id for rule in rules if rule.status is status]:
            yield f"{status.words}: {', '.join(ids)}"
