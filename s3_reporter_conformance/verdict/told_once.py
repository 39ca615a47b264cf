"""Takes from runs what is told by another rule: it is the same fault, whichever runs show it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..spec.rules import Rule
from .runs import RunResult
from .status import Status


def told_once(runs: Sequence[RunResult], rules: Iterable[Rule]) -> tuple[RunResult, ...]:
    """The runs without the rules that no run judges, since one breaks a rule in their `unless`."""
    broken = {finding.rule for run in runs for finding in run.findings}
    untold = {rule.id for rule in rules if rule.unless & broken}
    return tuple(_without(untold, run) for run in runs)


def _without(rules: set[str], run: RunResult) -> RunResult:
    if not rules & {*run.judged, *run.uncertain}:
        return run
    findings = tuple(each for each in run.findings if each.rule not in rules)
    is_kept = run.status is Status.FAILED and not findings
    return replace(
        run,
        status=Status.PASSED if is_kept else run.status,
        kept=tuple(each for each in run.kept if each not in rules),
        uncertain=tuple(each for each in run.uncertain if each not in rules),
        findings=findings,
    )
