"""Runs through a diagram, for the script that plays them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...spec.diagrams import Diagram
from ...spec.requirements import Requirement
from ...verdict.example import Evidence, Example
from ...verdict.report import ReportedRequirement
from .results import Verified, as_shown
from .timeline import timeline_of

SENDING: Mapping[str, frozenset[str]] = {
    "architecture": frozenset({"api"}),
    "error_handling": frozenset({"begin", "retry"}),
    "format_conversion": frozenset({"api"}),
    "integrations": frozenset({"s3"}),
    "local_output": frozenset({"upload"}),
    "report_sequence": frozenset({"api_call"}),
}
"""The nodes of each diagram at which a reporter sends an upload to S3."""


def runs(
    diagram: Diagram, requirements: Iterable[Requirement], shown: Sequence[Verified]
) -> dict[str, Any]:
    """Everything that a player of runs has to know, as JSON has it.

    Args:
        diagram: The diagram.
        requirements: The requirements whose paths lead through it.
        shown: Who was asked.

    Returns:
        The texts of the nodes, the labels of the arrows, and for each requirement its route with
            what each reporter did.  The requests of a run have the number of the step at which
            they were sent.
    """
    return {
        "nodes": diagram.nodes,
        "labels": {f"{e.source} {e.target}": e.label for e in diagram.edges if e.label},
        "runs": {
            each.id: {
                "route": each.route,
                "did": [_did(each, of.requirements.get(each.id)) for of in shown],
            }
            for each in requirements
        },
    }


def _did(requirement: Requirement, reported: ReportedRequirement | None) -> dict[str, Any]:
    status = as_shown(reported.status if reported else None)
    told: dict[str, Any] = {"css": status.css, "words": f"{status.sign} {status.words}"}
    example = _decisive(reported.examples) if reported else None
    if reported is None or example is None:
        return told
    told["values"] = ", ".join(f"{name} {value}" for name, value in example.values.items())
    if reported.status.deviates or reported.status.failed:
        told["expected"], told["seen"] = reported.expected, reported.observed
    if reported.diverged_at and _still_there(requirement, reported):
        told["left"] = reported.diverged_at.number + 1
    if example.evidence:
        told["requests"] = list(_requests(requirement, example.evidence))
    return told


def _decisive(examples: Sequence[Example]) -> Example | None:
    """The first example that did not pass, or else the first."""
    wrong = (each for each in examples if each.status.deviates or each.status.failed)
    return next(wrong, examples[0] if examples else None)


def _still_there(requirement: Requirement, reported: ReportedRequirement) -> bool:
    """Whether the arrow of an older report is on the path as it is now."""
    left = reported.diverged_at
    ends = [(arrow.source, arrow.target) for arrow in requirement.arrows]
    return left is not None and ends[left.number : left.number + 1] == [(left.source, left.target)]


def _requests(requirement: Requirement, evidence: Evidence) -> Iterator[tuple[int, str]]:
    """The requests in words, and at which step of the route each was sent."""
    sending = SENDING.get(requirement.diagram or "", frozenset())
    steps = [step for step, node in enumerate(requirement.route) if node in sending]
    # Where the diagram does not tell, they belong to its end.
    steps = steps or [len(requirement.route) - 1]
    uploads = 0
    for request, row in zip(evidence.requests, timeline_of(evidence).rows, strict=True):
        # What goes before an upload belongs to it, and a diagram may have fewer steps than uploads.
        yield steps[min(uploads, len(steps) - 1)], f"{row.name}, {row.answer}"
        uploads += request.attempt is not None
