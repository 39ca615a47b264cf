"""How many scenarios run at once."""

import os

# Reporters wait for S3, for their own backoff and for their own programs to start, so that more
# scenarios than there are cores keep the cores busy.
_PER_CORE = 4


def automatic_workers() -> int:
    """How many processes share the work where nobody says."""
    return _PER_CORE * (os.cpu_count() or 1)
