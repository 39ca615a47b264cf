"""The routes of runs through a diagram, for the script that plays them."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...spec.rules import Scenario
from ...verdict.runs import RunResult
from .drawing import Drawing
from .verified import Verified

# More do not fit on a screen.
_MOST_ATTEMPTS = 6


def played(drawing: Drawing, scenarios: Iterable[Scenario]) -> Mapping[str, Any]:
    """The data of the player, as JSON has it."""
    numbers: dict[Any, int] = {}
    runs = {}
    for scenario in scenarios:
        told = [_played(drawing, scenario.id, each, numbers) for each in drawing.shown]
        if any(told):
            runs[scenario.id] = told
    labels = {f"{e.source} {e.target}": e.label for e in drawing.diagram.edges if e.label}
    nodes = drawing.diagram.nodes
    return {"nodes": nodes, "labels": labels, "routes": list(numbers), "runs": runs}


def most_telling(drawing: Drawing) -> str | None:
    """The id of the run to show first: one with a fault on the diagram, and with some attempts."""

    def telling(run: RunResult) -> tuple[bool, bool, int]:
        requests = run.evidence.requests if run.evidence else ()
        attempts = sum(each.attempt is not None for each in requests)
        is_broken = any(each.diagram == drawing.diagram.name for each in run.findings)
        was_made_by_all = all(
            run.id in each.runs and each.runs[run.id].paths for each in drawing.shown
        )
        return is_broken, was_made_by_all, attempts if attempts <= _MOST_ATTEMPTS else 0

    runs = [run for each in drawing.shown for run in each.runs.values() if run.calls == 1]
    best = max(runs, key=telling, default=None)
    return best.id if best else None


def _played(
    drawing: Drawing, name: str, verified: Verified, numbers: dict[Any, int]
) -> Mapping[str, Any] | None:
    diagram = drawing.diagram.name
    run = verified.runs.get(name)
    if not run or not run.paths.get(diagram):
        return None
    broken: dict[str, list[str]] = {}
    for finding in run.findings:
        if finding.diagram == diagram and finding.node:
            broken.setdefault(finding.node, []).append(finding.rule)
    look = verified.run_look(name)
    return {
        "route": numbers.setdefault(run.paths[diagram], len(numbers)),
        "css": look.css,
        "words": f"{look.sign} {look.words}",
        "broken": broken,
    }
