"""The routes of runs through a diagram, for the script that plays them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...spec.rules import Scenario
from .drawing import Drawing

_FIRSTS, _OTHERS = "One run of each route", "Other runs"


def played(
    drawing: Drawing, scenarios: Iterable[Scenario]
) -> tuple[Mapping[str, Any], Mapping[str, Sequence[Scenario]]]:
    """The data of the player, as JSON has it, and the runs to choose from, under headings."""
    name = drawing.diagram.name
    numbers: dict[Any, int] = {}
    runs: dict[str, Any] = {}
    known: set[tuple[int | None, ...]] = set()
    groups: dict[str, list[Scenario]] = {_FIRSTS: [], _OTHERS: []}
    for scenario in scenarios:
        told: list[Mapping[str, Any] | None] = []
        for each in drawing.shown:
            run = each.runs.get(scenario.id)
            if not run or not run.paths.get(name):
                told.append(None)
                continue
            broken: dict[str, list[str]] = {}
            for finding in run.findings:
                if finding.diagram == name and finding.node:
                    broken.setdefault(finding.node, []).append(finding.rule)
            look = each.run_look(run.id)
            told.append(
                {
                    "route": numbers.setdefault(run.paths[name], len(numbers)),
                    "css": look.css,
                    "words": f"{look.sign} {look.words}",
                    "broken": broken,
                }
            )
        if not any(told):
            continue
        runs[scenario.id] = told
        taken = tuple(each["route"] if each else None for each in told)
        groups[_OTHERS if taken in known else _FIRSTS].append(scenario)
        known.add(taken)
    labels = {f"{e.source} {e.target}": e.label for e in drawing.diagram.edges if e.label}
    nodes = drawing.diagram.nodes
    return {"nodes": nodes, "labels": labels, "routes": list(numbers), "runs": runs}, groups
