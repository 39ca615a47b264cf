"""Marks the containers of a run, and removes those whose run was killed."""

import logging
from collections.abc import Callable
from typing import Any

from .owners import was_killed

LABEL = "s3-reporter-conformance.owner"
"""The label of a container that a run started; its value is what `new_owner` gives."""


def remove_containers(engine: Any, owner: str) -> None:
    """Remove the containers of an owner, running or not.

    Args:
        engine: A client of Docker.
        owner: What `new_owner` gave.
    """
    _remove(engine, lambda other: other == owner)


def remove_abandoned(engine: Any) -> None:
    """Remove the containers whose runs were killed on this machine.

    Args:
        engine: A client of Docker.
    """
    _remove(engine, was_killed)


def _remove(engine: Any, owned: Callable[[str], bool]) -> None:
    for container in engine.containers.list(
        all=True, filters={"label": LABEL}, ignore_removed=True
    ):
        if owned(container.labels[LABEL]):
            try:
                container.remove(force=True, v=True)
            except Exception as error:  # noqa: BLE001 -- another run may be removing it
                logging.getLogger(__name__).debug("not removed: %s", error)
