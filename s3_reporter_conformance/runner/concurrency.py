"""How many scenarios run at once."""

import os

from .settings import Settings

# Reporters wait: for S3, for their own backoff, for programs to start.  More scenarios than there
# are cores keep the cores busy.
_PER_CORE = 4


def automatic_workers() -> int:
    """How many processes keep this machine busy."""
    return _PER_CORE * (os.cpu_count() or 1)


def workers_for(settings: Settings) -> int:
    """How many processes share the work where nobody says: none beside a debugger's."""
    return 0 if settings.in_process else automatic_workers()
