"""Finds the arrow of a diagram at which a reporter first diverged from its path."""

from collections.abc import Callable
from typing import TypeVar

from ..spec.diagrams import Path

_T = TypeVar("_T", bound=Callable[..., None])
_NODES = "nodes_shown"
# The only node that a path passes more than once before it ends.
_RETRY = "retry"


def shows(*nodes: str) -> Callable[[_T], _T]:
    """Declare the nodes at which the behavior that a Then step judges occurs.

    Args:
        nodes: Their ids, in any diagram.
    """

    def note(step: _T) -> _T:
        setattr(step, _NODES, frozenset(nodes))
        return step

    return note


def nodes_shown(step: Callable[..., object]) -> frozenset[str]:
    """The nodes that a step declares with `shows`."""
    return getattr(step, _NODES, frozenset())


def divergence(route: Path, nodes: frozenset[str], attempts: int) -> int | None:
    """Find the first arrow of the path that a reporter did not follow.

    Args:
        route: The path of the requirement.
        nodes: The nodes of the step that failed; see `shows`.
        attempts: The number of observed attempts; each retry is one round of the loop.

    Returns:
        The index of the arrow that leads to the first of the nodes after the observed attempts;
        `None` if none of the nodes is on the path.
    """
    rounds = (
        [index for index, node in enumerate(route) if node == _RETRY] if _RETRY in nodes else []
    )
    seen = rounds[: max(0, attempts - 1)]
    for index in range(1 + (seen[-1] if seen else 0), len(route)):
        if route[index] in nodes:
            return index - 1
    return None
