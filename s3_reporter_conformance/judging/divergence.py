"""Where on its path through the diagram a reporter diverged from it."""

from ..errors import Nonconformance
from ..scenario.observation import Observation
from ..spec.requirements import Requirement
from ..spec.symptoms import ENDLESS_RETRY, Symptom

# The node that a path passes once for each attempt after the first.
_RETRY = "retry"


def diverged_at(
    requirement: Requirement, finding: Nonconformance, observation: Observation | None
) -> int | None:
    """Tell which arrow of its path a reporter did not take as it should.

    Args:
        requirement: The one that it does not meet.
        finding: What the judge found.
        observation: What was seen of the call, if there was one.

    Returns:
        The number, from 0, of the arrow that leads to a node of the first symptom that has one on
        the path; `None` where none has.
    """
    symptoms = finding.symptoms
    if observation and observation.outcome.endless:
        # Whatever is missing, it is because the reporter had to be ended.
        symptoms = (ENDLESS_RETRY, *symptoms)
    attempts = len(observation.attempts) if observation else 0
    arrows = (_arrow(requirement, symptom, attempts) for symptom in symptoms)
    return next((arrow for arrow in arrows if arrow is not None), None)


def _arrow(requirement: Requirement, symptom: Symptom, attempts: int) -> int | None:
    """The first arrow to one of the nodes behind the attempts that were seen, else the last."""
    route = requirement.route
    nodes = symptom.get(requirement.diagram or "", frozenset())
    arrows = [number for number, node in enumerate(route[1:]) if node in nodes]
    retries = [number for number, node in enumerate(route[1:]) if node == _RETRY]
    taken = retries[: max(0, attempts - 1)]
    behind = (arrow for arrow in arrows if not taken or arrow > taken[-1])
    return next(behind, arrows[-1] if arrows else None)
