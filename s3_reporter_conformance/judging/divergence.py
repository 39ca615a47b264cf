"""Where on its path through the diagram a reporter left it, as far as a sentence tells."""

from collections.abc import Callable
from typing import TypeVar

from ..spec.diagrams import Path

_T = TypeVar("_T", bound=Callable[..., None])
_NODES = "nodes_shown"
# The only node that a path passes more than once before it ends.
_RETRY = "retry"


def shows(*nodes: str) -> Callable[[_T], _T]:
    """Say of a Then sentence at which nodes of the diagrams what it judges comes about.

    Args:
        nodes: Their ids, whichever diagram they are in.
    """

    def note(step: _T) -> _T:
        setattr(step, _NODES, frozenset(nodes))
        return step

    return note


def nodes_shown(step: Callable[..., object]) -> frozenset[str]:
    """The nodes at which what a sentence judges comes about."""
    return getattr(step, _NODES, frozenset())


def divergence(route: Path, nodes: frozenset[str], attempts: int) -> int | None:
    """Tell which arrow of its path a reporter did not take as it should.

    Args:
        route: The path of the requirement.
        nodes: Those of the sentence that failed; see `shows`.
        attempts: How many attempts were seen: each retry is a way round the loop.

    Returns:
        The number, from 0, of the arrow that leads to the first of the nodes behind the attempts
        that were seen, or `None` where none of the nodes is on the path.
    """
    rounds = (
        [index for index, node in enumerate(route) if node == _RETRY] if _RETRY in nodes else []
    )
    seen = rounds[: max(0, attempts - 1)]
    for index in range(1 + (seen[-1] if seen else 0), len(route)):
        if route[index] in nodes:
            return index - 1
    return None
