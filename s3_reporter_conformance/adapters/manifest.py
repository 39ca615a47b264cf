"""What is known of a reporter before it runs."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Jitter(Enum):
    """How a reporter randomizes its waits.

    AWS Architecture Blog, "Exponential Backoff And Jitter".
    """

    NONE = "none"
    EQUAL = "equal"
    FULL = "full"

    @property
    def least(self) -> float:
        """The smallest fraction of the full wait."""
        return {Jitter.NONE: 1.0, Jitter.EQUAL: 0.5, Jitter.FULL: 0.0}[self]


@dataclass(frozen=True)
class Manifest:
    """A reporter's name, how to reach it, and what it claims.

    Attributes:
        name: The display name.
        adapter: A scheme of `ADAPTERS` and a target, such as `command:node reporter.mjs`.
        folder: Where commands run and modules are found.
        version: The version of the reporter; empty if unknown.
        url: The home page; empty if unknown.
        features: The extended features that it declares.
        max_retries: Its default number of retries.
        jitter: Its jitter.
    """

    name: str
    adapter: str
    folder: Path = field(default_factory=Path.cwd)
    version: str = ""
    url: str = ""
    features: frozenset[str] = frozenset()
    max_retries: int = 3
    jitter: Jitter = Jitter.NONE
