"""What a reporter says although nothing fails, such as a banner: it is no log of a failure."""

from contextlib import suppress

from ..adapters.logs import gist
from ..words.errors import AdapterError, Nonconformance
from .world import World


def said_of_a_success(world: World) -> frozenset[str]:
    """Call a reporter where nothing fails; return the gist of what a user would notice."""
    world.configure(key_prefix="scans")
    with suppress(AdapterError, Nonconformance):
        run = world.run()
        if run.stored:
            return frozenset(map(gist, run.observation.complaints))
    return frozenset()
