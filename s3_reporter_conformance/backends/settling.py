"""Waiting for a backend that shows late what it did."""

import time
from collections.abc import Iterator
from itertools import chain, repeat

# How long to wait between two looks, and for how long to look, in seconds.
_PAUSES = (0.05, 0.1, 0.2, 0.5)
_LONGEST = 1.0
_SECONDS = 10


def settling() -> Iterator[None]:
    """Yield at once, then after pauses, until it has taken too long.

    A loop over this looks again and again for what the backend does not show yet.
    """
    deadline = time.monotonic() + _SECONDS
    yield
    for pause in chain(_PAUSES, repeat(_LONGEST)):
        if time.monotonic() + pause > deadline:
            return
        time.sleep(pause)
        yield
