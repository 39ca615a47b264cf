"""The routes of runs through a diagram, for the script that plays them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...spec.diagrams import Diagram
from ...spec.rules import Scenario
from .reporters import Verified


def playable(
    diagram: Diagram, scenarios: Sequence[Scenario], shown: Sequence[Verified]
) -> tuple[list[Scenario], list[Scenario]]:
    """The runs that pass through a diagram.

    Returns:
        The first run of each route, and all other runs.
    """
    firsts: dict[tuple[object, ...], Scenario] = {}
    others = []
    for scenario in scenarios:
        runs = [each.runs.get(scenario.id) for each in shown]
        routes = tuple(run.paths.get(diagram.name, ()) if run else () for run in runs)
        if any(routes) and firsts.setdefault(routes, scenario) is not scenario:
            others.append(scenario)
    return list(firsts.values()), others


def played(
    diagram: Diagram, scenarios: Sequence[Scenario], shown: Sequence[Verified]
) -> Mapping[str, Any]:
    """Everything that the player has to know, as JSON has it.

    Args:
        diagram: The diagram.
        scenarios: The runs that pass through it.
        shown: The reporters.

    Returns:
        The texts of the nodes, the labels of the arrows, the routes, and for each run what each
            reporter did.  A route is a list of steps; a step has the node before, or `None`, and
            the node.
    """
    routes: dict[Any, int] = {}

    def did(verified: Verified, name: str) -> Mapping[str, Any] | None:
        run = verified.runs.get(name)
        taken = run.paths.get(diagram.name) if run else None
        if not run or not taken:
            return None
        look = verified.run_look(name)
        broken: dict[str, list[str]] = {}
        for finding in run.findings:
            if finding.diagram == diagram.name and finding.node:
                broken.setdefault(finding.node, []).append(finding.rule)
        return {
            "route": routes.setdefault(taken, len(routes)),
            "css": look.css,
            "words": f"{look.sign} {look.words}",
            "broken": broken,
        }

    runs = {scenario.id: [did(each, scenario.id) for each in shown] for scenario in scenarios}
    return {
        "nodes": diagram.nodes,
        "labels": {f"{e.source} {e.target}": e.label for e in diagram.edges if e.label},
        "routes": [
            [step for route in taken for step in pairwise((None, *route))] for taken in routes
        ],
        "runs": runs,
    }
