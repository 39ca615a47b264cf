"""The routes of runs through a diagram, for the script that plays them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ...verdict.runs import RunResult
from .drawing import Drawing
from .verified import Verified

# More do not fit on a screen.
_MOST_ATTEMPTS = 6


def played(drawing: Drawing, names: Iterable[str]) -> Mapping[str, Any]:
    """The data of the player, as JSON has it, for some runs."""
    told = {name: [_played(drawing, name, each) for each in drawing.shown] for name in names}
    labels = {f"{e.source} {e.target}": e.label for e in drawing.diagram.edges if e.label}
    runs = {name: each for name, each in told.items() if any(each)}
    return {"nodes": drawing.diagram.nodes, "labels": labels, "runs": runs}


def most_telling(drawing: Drawing, names: Collection[str]) -> Sequence[str]:
    """The run to show first, if there is one: with a fault on the diagram, and some attempts."""

    def telling(run: RunResult) -> tuple[bool, bool, bool, int, int]:
        requests = run.evidence.requests if run.evidence else ()
        attempts = sum(each.attempt is not None for each in requests)
        broken = [each.rule for each in run.findings if each.diagram == drawing.diagram.name]
        was_made_by_all = all(
            run.id in each.runs and each.runs[run.id].paths for each in drawing.shown
        )
        # The name of one that stands under no rule tells nothing.
        is_plain = run.rule is not None and not run.unusual
        shown = attempts if attempts <= _MOST_ATTEMPTS else 0
        return not wrong.isdisjoint(broken), was_made_by_all, is_plain, shown, -len(run.findings)

    wrong = {rule.id for each in drawing.shown for rule in each.report.verdict.wrong}
    runs = [run for each in drawing.shown for run in each.runs.values() if run.calls == 1]
    best = max((run for run in runs if run.id in names), key=telling, default=None)
    return [best.id] if best else []


def _played(drawing: Drawing, name: str, verified: Verified) -> Mapping[str, Any] | None:
    diagram = drawing.diagram.name
    run = verified.runs.get(name)
    if not run or not run.paths.get(diagram):
        return None
    broken: dict[str, list[str]] = {}
    for finding in run.findings:
        if finding.diagram == diagram and finding.node:
            broken.setdefault(finding.node, []).append(finding.rule)
    look = verified.run_look(name)
    words = f"{look.sign} {look.words}"
    return {"route": run.paths[diagram], "css": look.css, "words": words, "broken": broken}
