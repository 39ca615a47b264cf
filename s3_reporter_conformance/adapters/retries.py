"""The retries of a reporter, as its manifest describes them."""

from enum import Enum

MAX_RETRIES = 3
"""The number of retries of a reporter whose manifest names none."""

MOST_RETRIES = 1000
"""The largest number that a reporter may state."""


class Jitter(Enum):
    """The randomness of waits (AWS Architecture Blog, "Exponential Backoff And Jitter")."""

    NONE = "none"
    EQUAL = "equal"
    FULL = "full"

    @property
    def least(self) -> float:
        """The smallest fraction of the full wait."""
        return {Jitter.NONE: 1.0, Jitter.EQUAL: 0.5, Jitter.FULL: 0.0}[self]
